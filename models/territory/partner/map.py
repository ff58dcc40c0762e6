"""The map of the communes: their contours, coloured by a measure, with the same figures in a table.

The client action `commune_relations.commune_map` draws what `get_commune_map` returns and
computes nothing but totals. A pillar adds its own measures by extending `_get_map_measures` of
`commune.map`, which is in map_figures.py with the measures of this pillar."""

from functools import lru_cache

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.opendata.geometry import project
from ....engine.opendata.messages import ReferenceDataError
from ....engine.opendata.reference import reference
from ...core.collation import collate, collate_place

MAP_WIDTH = 1000  # units of the drawing; the client scales it


@lru_cache(maxsize=16)
def project_contours(insee_codes):
    """The contours of these communes side by side; they never change while Odoo runs.

    :param insee_codes: tuple of codes, sorted so that the same set is the same key
    :return: engine.opendata.geometry.Projected; a commune without contour is not in it
    """
    return project(reference().contours(insee_codes), MAP_WIDTH)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    @api.readonly
    def get_commune_map(self, epci_id=None, measure=None):
        """What the map shows, for the web client and for integrations.

        The number of queries does not depend on the number of communes.

        :param epci_id: id of an intercommunality (res.partner); by default that of the company
        :param measure: code of one of `later`, to be worked out as well
        :return: dict with

            - `epci`: {id, name} or None when there is nothing to draw yet;
            - `epcis`: [{id, name}] to choose from; `can_set_up`: whether this user may open the
              set-up wizard;
            - `sources`: one sentence per source of data, with its vintage;
            - `width`, `height`: size of the drawing, in its own units;
            - `communes`: [{id, name, order (to sort by), insee_code, sector, path (SVG; False
              without contour), x, y (where to write the name), values {measure: number, code or
              None}, class_indexes {measure: position in `classes`}, dates {measure: ISO date}}];
            - `measures`: see MapMeasure._describe; `later`: [{code, label}] of those that cost too
              much to be worked out before somebody asks.
        :raise AccessError: for anyone who is not reader or referent
        :raise UserError: when the intercommunality does not exist
        """
        return self.env["commune.map"]._get_map(epci_id, measure)


class CommuneMap(models.AbstractModel):
    _inherit = "commune.map"

    @api.model
    def _get_map(self, epci_id, measure):
        """The map of an intercommunality: see `get_commune_map`."""
        self._check_map_access()
        epcis = self._get_map_epcis()
        epci = self._get_map_epci(epci_id, epcis)
        communes = epci._get_members() if epci else self.env["res.partner"]
        communes = communes.with_context(map_measure=measure)
        figures = self.with_env(communes.env)
        measures = figures._get_map_measures(communes) if communes else []
        drawing = self._project_contours(communes)
        classified = {measure.code: measure._classify(communes) for measure in measures}
        return {
            "epci": epci and self._get_map_name(epci) or None,
            "epcis": [{"id": place.id, "name": self._get_public_name(place)} for place in epcis],
            "can_set_up": self.env.user.has_group("commune_relations.group_manager"),
            "sources": figures._get_map_sources(communes) if communes else [],
            "width": drawing.width,
            "height": drawing.height,
            "communes": [
                self._get_map_commune(commune, drawing, measures, classified)
                for commune in communes
            ],
            "measures": [
                measure._describe(self.env, classified[measure.code]) for measure in measures
            ],
            "later": figures._get_map_later() if communes else [],
        }

    def _project_contours(self, communes):
        try:
            return project_contours(tuple(sorted(communes.mapped("insee_code"))))
        except ReferenceDataError as error:
            raise UserError(str(error)) from error

    @api.model
    def _check_map_access(self):
        if self.env.su or self.env.user.has_groups(
            "commune_relations.group_reader,commune_relations.group_referent"
        ):
            return
        raise AccessError(
            self.env._(
                "The map of the communes is for the staff of the intercommunality: ask an"
                " administrator for the access “Reader” or “Department referent”."
            )
        )

    @api.model
    def _get_map_epcis(self):
        """The intercommunalities that have communes in the database, in order of name."""
        groups = self.env["res.partner"]._read_group(
            [("is_commune", "=", True), ("epci_id", "!=", False)], ["epci_id"]
        )
        epcis = self.env["res.partner"].union(*(epci for (epci,) in groups))
        return epcis.sorted(lambda epci: collate(epci.name))

    @api.model
    def _get_map_epci(self, epci_id, epcis):
        """The intercommunality asked for, or else that of the company; empty without either."""
        if not epci_id:
            return self.env.company.epci_id
        if epci_id not in epcis.ids:
            raise UserError(
                self.env._(
                    "There is no intercommunality number %s with communes here: choose one in"
                    " the list above the map.",
                    epci_id,
                )
            )
        return self.env["res.partner"].browse(epci_id)

    def _get_map_name(self, epci):
        of_name = epci._of_place(public=True)
        return {"id": epci.id, "name": self._get_public_name(epci), "of_name": of_name}

    def _get_public_name(self, epci):
        epci.ensure_one()
        return epci.brand_name or epci.name

    def _get_map_sources(self, communes):
        """One sentence for each source of the figures and the contours."""
        years = {str(year) for year in communes.mapped("population_year") if year}
        sources = [
            self.env._(
                "Contours: IGN, Admin Express COG %s, simplified, Licence Ouverte 2.0.",
                reference().vintage,
            )
        ]
        if years:
            sources.append(
                self.env._("Population: INSEE, municipal population %s.", ", ".join(sorted(years)))
            )
        sources.append(
            self.env._(
                "Other figures: this directory, on %s.",
                format_date(self.env, self.env.company._get_today()),
            )
        )
        return sources

    def _get_map_commune(self, commune, drawing, measures, classified):
        """One commune as the client draws it.

        :param classified: measure code -> what MapMeasure._classify returned
        """
        commune.ensure_one()
        x, y = drawing.centres.get(commune.insee_code, (None, None))
        return {
            "id": commune.id,
            "name": commune.name,
            "order": collate_place(commune.name)[0],
            "insee_code": commune.insee_code,
            "sector": commune.sector_id.name,
            "path": drawing.paths.get(commune.insee_code, False),
            "x": x,
            "y": y,
            "values": {measure.code: measure.values.get(commune.id) for measure in measures},
            "class_indexes": {
                code: indexes[commune.id] for code, (_classes, indexes) in classified.items()
            },
            "dates": {
                measure.code: measure.dates[commune.id].isoformat()
                for measure in measures
                if measure.dates.get(commune.id)
            },
        }
