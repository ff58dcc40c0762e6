"""The sheet of a commune: all that one needs to know before calling it, on one page."""

import base64
from bisect import bisect
from xml.sax.saxutils import quoteattr

from odoo import api, models
from odoo.exceptions import UserError

from ...engine import contrast
from ...engine.opendata.reference import reference
from ...models.territory.partner.map import project_contours

# Lines of persons above which a sheet is set tighter: densities 1, 2 and 3.
LINES_PER_DENSITY = (17, 24, 31)


class CommuneSheet(models.AbstractModel):
    _name = "report.commune_relations.commune_sheet"
    _description = "Sheet of a commune (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Records printed together are read together.
        prefetch = self.env.context.get("document_prefetch_ids") or docids
        communes = self.env["res.partner"].browse(docids).with_prefetch(prefetch)
        if others := communes.filtered(lambda partner: not partner.is_commune):
            raise UserError(
                self.env._(
                    "%(name)s is not a commune: only communes have a sheet.",
                    name=others[0].display_name,
                )
            )
        directory = self.env["commune.directory"]
        commune = directory._get_directory_rows(communes[:1])[0]
        split = directory._split_persons(commune["persons"])
        place = self._get_epci_name(communes[:1])
        return {
            "docs": communes,
            "title": self.env._("Commune sheet – %(name)s", name=commune["name"]),
            "heading": commune["name"],
            "kind": self.env._("Commune sheet"),
            "subtitle": self._get_subtitle(commune, place),
            "commune": commune | split,
            "siren": self._format_siren(commune["siren"]),
            "locator": self._render_locator(communes[:1]),
            "density": self._guess_density(split),
            "confirmation": self._get_confirmation(commune),
            "sources": self._get_sources(commune),
        }

    @api.model
    def _guess_density(self, split):
        """How tightly to set the sheet at first, by its number of lines (see document.css)."""
        lines = 1.2 * (len(split["executive"]) + len(split["staff"]))
        lines += len(split["councillors"]) / 4
        return bisect(LINES_PER_DENSITY, lines)

    @api.model
    def _get_epci_name(self, commune):
        epci = commune.epci_id.sudo()
        return epci.brand_name or epci.name or ""

    @api.model
    def _get_subtitle(self, commune, place):
        parts = [commune["brand_name"], place, commune["sector"]]
        return " · ".join(part for part in parts if part)

    @api.model
    def _format_siren(self, siren):
        """215704636 -> 215 704 636, with spaces that do not break."""
        return "\N{NO-BREAK SPACE}".join(siren[i : i + 3] for i in range(0, len(siren), 3))

    @api.model
    def _render_locator(self, commune):
        """A small map, as the address of an image: its neighbours, and itself filled."""
        codes = commune.epci_id.member_ids.mapped("insee_code")
        drawing = project_contours(tuple(sorted({*codes, commune.insee_code} - {False})))
        if commune.insee_code not in drawing.paths:
            return ""
        colors = self.env.company._get_document_colors()
        light = contrast.mix(colors["primary"], contrast.WHITE, 0.16)
        paths = [
            f"<path d={quoteattr(path)} fill={quoteattr(light)}/>"
            for code, path in drawing.paths.items()
            if code != commune.insee_code
        ]
        own = drawing.paths[commune.insee_code]
        paths.append(f"<path d={quoteattr(own)} fill={quoteattr(colors['primary'])}/>")
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width}'
            f' {drawing.height}" fill-rule="evenodd" stroke="#ffffff" stroke-width="4"'
            f' stroke-linejoin="round">{"".join(paths)}</svg>'
        )
        return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()

    @api.model
    def _get_confirmation(self, commune):
        if not commune["confirmed_date"]:
            return self.env._("Contact data not confirmed by the commune yet.")
        return self.env._(
            "Contact data confirmed by the commune on %(date)s.",
            date=self.env.company._format_document_date(commune["confirmed_date"]),
        )

    @api.model
    def _get_sources(self, commune):
        """Where the data come from, with their dates."""
        vintage = commune["vintage"] or reference().vintage
        parts = [
            self.env._(
                "Communes: INSEE, DGCL; town halls: DILA; contours: IGN (open data, vintage"
                " %(vintage)s)",
                vintage=vintage,
            )
        ]
        dates = [
            row["source_date"]
            for row in commune["persons"]
            if row["source"] == "rne" and row["source_date"]
        ]
        if dates:
            parts.append(
                self.env._(
                    "elected officials: national directory (RNE), read on %(date)s",
                    date=self.env.company._format_document_date(max(dates)),
                )
            )
        return self.env._("Sources: %(sources)s.", sources="; ".join(parts))
