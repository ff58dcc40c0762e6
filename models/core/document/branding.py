"""Who signs a document, and the colours of the organisation."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang, get_lang
from odoo.tools.image import image_data_uri

from ....engine import contrast, docx_export

# Used while the company has no colours of its own: a deep blue and a warm grey.
ORGANISATION_COLORS = ("#1d3c6a", "#7a5c1e")


def check_readable(record, name):
    """The colour that a field of this record holds can be read on white (RGAA, 4.5:1).

    :raise ValidationError: it is no colour, or too light
    """
    color, label = record[name], record.fields_get([name], ["string"])[name]["string"]
    if not color:
        return
    try:
        measured = contrast.ratio(color)
    except ValueError as error:
        raise ValidationError(
            record.env._(
                "%(label)s: “%(color)s” is not a colour. Write six hexadecimal digits, for"
                " example #1d3c6a.",
                label=label,
                color=color,
            )
        ) from error
    # Rounded down: a ratio of 4.49 must not be shown as 4.5.
    shown = int(measured * 10) / 10
    if measured < contrast.MINIMUM_FOR_TEXT:
        raise ValidationError(
            record.env._(
                "%(label)s: the contrast of %(color)s on white is %(measured)s to 1, and"
                " text needs at least %(minimum)s to 1 to be read by everybody. Choose a"
                " darker colour, for example %(example)s.",
                label=label,
                color=color,
                measured=formatLang(record.env, shown, digits=1),
                minimum=formatLang(record.env, contrast.MINIMUM_FOR_TEXT, digits=1),
                example=contrast.readable(color),
            )
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_document_colors(self, owner=None):
        """Values of the CSS variables of documents: two colours, and light tints of the first.

        A colour typed outside the settings of the addon, and cannot be read on white, is
        darkened for documents.

        :param owner: as `_get_document_identity`
        """
        return self._make_colors(self.primary_color, self.secondary_color)

    def _make_colors(self, *chosen):
        """:param chosen: main and second colour; empty for the usual one"""
        colors = []
        for color, default in zip(chosen, ORGANISATION_COLORS, strict=True):
            try:
                colors.append(contrast.readable(color or default))
            except ValueError:
                colors.append(default)
        primary, secondary = colors
        return {
            "primary": primary,
            "secondary": secondary,
            "tint": contrast.mix(primary, contrast.WHITE, 0.08),
            "line": contrast.mix(primary, contrast.WHITE, 0.35),
        }

    def _get_document_identity(self, owner=None):
        """Name, address and logo of the owner of a document.

        The owner is the intercommunality, unless the pages belong to another place.

        :param owner: that place (res.partner); None or empty: the organisation

        The header bears the public name; the footer bears the legal name and links both names once
        (`imprint`). An act uses `legal_within` in a sentence and `legal_head` in its heading. Under
        the name of another place comes its contact data (`contact`), and in the footer the
        organisation that provides the tool (`made_with`). Read as superuser: anyone who may print a
        document sees who made it.
        """
        company = self.sudo()
        epci = company.epci_id
        # Until a logo is chosen, Odoo stores its placeholder "Your logo".
        logo = not company.uses_default_logo and company.logo
        address = company.partner_id if company.partner_id.city else epci
        place = " ".join(filter(None, (address.zip, address.city)))
        legal = imprint = epci.name or company.name
        public = epci.brand_name or legal
        within, head = company._name_in_text(legal)
        if public != legal:
            imprint = self.env._("%(name)s, known as %(public)s", name=legal, public=public)
        return {
            "public_name": public,
            "legal_name": legal,
            "legal_within": within,
            "legal_head": head,
            "imprint": imprint,
            "address": ", ".join(filter(None, (address.street, address.street2, place))),
            "city": address.city or "",
            "logo": self._get_logo_uri(logo),
            "contact": "",
            "made_with": "",
            "printed_on": self._format_document_date(self.env.company._get_today()),
            "trial": self._get_demonstration_notice(),
        }

    def _get_demonstration_notice(self):
        """Notice on each document and workbook while demonstration persons remain, else empty.

        A reader must not take their names, votes and sums for real ones.
        """
        invented = (
            self.env["res.partner"].sudo().search_count([("is_fictitious", "=", True)], limit=1)
        )
        return self.env._("Fictitious persons: trial document") if invented else ""

    @api.model
    def _get_word_notice(self):
        """Why there is no copy for a word processor; empty when its library is there."""
        if docx_export.is_available():
            return ""
        return self.env._(
            "The Word copy needs the library “python-docx”, which this server does not have: ask"
            " its administrator for it. The PDF says the same."
        )

    def _get_logo_uri(self, logo):
        """An image (base64) as the source of an <img>; empty without one."""
        return image_data_uri(logo) if logo else ""

    def _get_provisional(self, year):
        """What is real of a year that is not over is not the last word; empty once it is."""
        today = self.env.company._get_today()
        if year < today.year:
            return ""
        day = self._format_document_date(today)
        return self.env._("Provisional: the year is not over (%s)", day)

    def _format_document_period(self, start, end):
        """Two days in full: `du 1er au 31 octobre 2026`."""
        first, last = self._format_document_date(start), self._format_document_date(end)
        if get_lang(self.env).code.startswith("fr") and start.year == end.year:
            kept = 1 if start.month == end.month else 2
            first = " ".join(first.split(" ")[:kept])
        return self.env._("from %(start)s until %(end)s", start=first, end=last)

    def _format_short_date(self, day, pattern="d MMM"):
        """A day where there is little room: `1er déc.`, and `12 déc. 2025` of another year."""
        if day.year != self._get_today().year:
            pattern = f"{pattern} y"
        if day.day == 1 and get_lang(self.env).code.startswith("fr"):
            pattern = pattern.replace("d ", "d'er' ", 1)
        return format_date(self.env, day, date_format=pattern)

    def _format_document_date(self, day):
        """A date in full: `1er décembre 2026`, `December 1, 2026`."""
        if not day:
            return ""
        if not get_lang(self.env).code.startswith("fr"):
            return format_date(self.env, day, date_format="long")
        text = format_date(self.env, day, date_format="d MMMM y")
        return f"1er{text[1:]}" if day.day == 1 else text
