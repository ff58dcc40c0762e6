"""Document template: a text with fields, filled for one commune and the user who downloads it.

A missing value stays in brackets, to be completed by hand: nothing is guessed.
"""

import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, formatLang

from ....engine import docx_export
from ....engine.docx_export import placeholders
from ....engine.postal.address import at_place, epci_in_full
from ....engine.text import key
from ...territory.mandate.mandate import CURRENT

_lt = LazyTranslate(__name__)

# Placeholders between braces, as typed in a text, and how each is filled for a commune.
# French, as the texts are; accents, capitals and plurals of the writer do not matter.
FIELDS = {
    "commune": _lt("Name of the commune"),
    "de commune": _lt("The commune after “of”"),
    "à commune": _lt("The commune after “at”"),
    "maire": _lt("Name of the mayor"),
    "le maire": _lt("Title of the mayor, with its article"),
    "population": _lt("Population"),
    "siren": _lt("SIREN of the commune"),
    "adresse": _lt("Address of the town hall"),
    "intercommunalité": _lt("Name of the intercommunality"),
    "assemblée": _lt("Name of its council"),
    "président": _lt("Name of the head of the intercommunality"),
    "date": _lt("Date of the day"),
    "personne": _lt("The person who downloads it"),
    "fonction": _lt("Function of the person who downloads it"),
}
MOST_LISTED = 5
NBSP = "\N{NO-BREAK SPACE}"
# “Modèle de délibération : …” is the name of the guide; what is signed is no model.
MODEL_OF = re.compile(r"^modèle d(?:e\s|['’])\s*", re.IGNORECASE)


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    preview_commune_id = fields.Many2one(
        "res.partner",
        string="Seen for",
        compute="_compute_preview_commune_id",
        readonly=False,
        domain="[('is_commune', '=', True)]",
        help="The commune for which the fields are shown here; the communes download their own.",
    )
    fields_html = fields.Html(
        string="Fields of the text", compute="_compute_fields_html", sanitize=False
    )

    @api.depends("kind")
    def _compute_preview_commune_id(self):
        """For a model document alone: the first of the territory."""
        models = self.filtered(lambda guide: guide.kind == "model")
        (self - models).preview_commune_id = False
        if models:
            models.preview_commune_id = self.env["res.partner"].search(
                [("is_commune", "=", True), ("epci_id", "=", self.env.company.epci_id.id)],
                order="name, id",
                limit=1,
            )

    @api.depends("kind", "body", "preview_commune_id")
    @api.depends_context("lang", "uid")
    def _compute_fields_html(self):
        """The list of fields with their values for one commune, then the text as it reads it."""
        for guide in self:
            if guide.kind != "model":
                guide.fields_html = False
                continue
            commune = guide.preview_commune_id._origin or guide.preview_commune_id
            words = self.with_context(lang=self.env.company._get_organisation_lang())
            values = words._get_field_values(commune, commune.mayor_id)
            guide.fields_html = self.env["ir.qweb"]._render(
                "commune_relations.guide_fields_preview",
                {
                    "rows": [
                        (name, self.env._(FIELDS[name]), values[key(name)]) for name in FIELDS
                    ],
                    "unknown": guide._get_unknown_fields(guide.body),
                    "text": Markup(placeholders.fill(guide.body, values)),  # nosec B704: sanitized
                },
            )

    # what is filled

    @api.model
    def _get_field_values(self, commune, person):
        """Value of each field for a commune, by `key` of the field.

        Read as superuser: all of it is public; the caller has checked that the commune is one of
        the person's.

        :param person: who downloads (res.partner), empty for nobody
        """
        commune = commune.with_env(self.env).sudo()
        person = person.with_env(commune.env)
        company = commune.env.company
        epci = commune.epci_id or company.epci_id
        mayor, head = self._get_head(commune, "mayor"), self._get_head(epci, "president")
        letter = self.env["commune.letter"]
        french = commune._is_in_french()
        place = commune.name or ""
        held = self.env["commune.mandate"]
        if commune and person:
            held = commune._get_portal_mandates(person)[:1]
        known = {
            "commune": place,
            "de commune": place and commune._of_place(),
            "à commune": at_place(place) if french and place else place,
            "maire": mayor and letter._name_person(mayor.partner_id),
            "le maire": mayor and self._get_mayor_words(mayor.partner_id.civility),
            "population": commune.population and formatLang(self.env, commune.population, digits=0),
            "siren": self._space_siren(commune.siren),
            "adresse": self._get_town_hall_address(commune),
            "intercommunalité": epci_in_full(epci.name) if french and epci else epci.name,
            "assemblée": epci.env["commune.place.wording"]._get_assembly_name(epci) if epci else "",
            "président": head and letter._name_person(head.partner_id),
            "date": company._format_document_date(self.env.company._get_today()),
            "personne": person and letter._name_person(person),
            "fonction": held and held.title,
        }
        return {
            key(name): known[name] or self._format_unknown(self.env._(label))
            for name, label in FIELDS.items()
        }

    @api.model
    def _get_head(self, place, function):
        """The mandate of the mayor or of the president in force; none when two are.

        :param place: as superuser, as the mandate is
        """
        mandates = place.env["commune.mandate"]
        if not place:
            return mandates
        domain = [("commune_id", "=", place.id), ("function_id.code", "=", function), *CURRENT]
        found = mandates.search(domain)
        return found if len(found) == 1 else mandates

    @api.model
    def _get_mayor_words(self, civility):
        """`le maire` or `la maire`; nothing when it is not known which."""
        words = {
            "mme": self.env._("the mayor, who is a woman"),
            "m": self.env._("the mayor, who is a man"),
        }
        return words.get(civility, "")

    @api.model
    def _space_siren(self, siren):
        """215704636 -> 215 704 636, with spaces that do not break."""
        return NBSP.join((siren or "")[start : start + 3] for start in (0, 3, 6)).strip()

    @api.model
    def _get_town_hall_address(self, commune):
        place = " ".join(filter(None, (commune.zip, commune.city)))
        parts = (commune.street, commune.street2, place)
        return ", ".join(filter(None, parts)) if place else ""

    @api.model
    def _format_unknown(self, label):
        return self.env._("[%s: to be completed]", label[:1].lower() + label[1:])

    @api.model
    def _get_unknown_fields(self, text):
        """Texts between braces that match no field, as written."""
        known = {key(name) for name in FIELDS}
        return [name for name in placeholders.find(text or "") if key(name) not in known]

    def _check_fields(self, text):
        """:raise UserError: the text holds a field that nobody fills"""
        unknown = self._get_unknown_fields(text)[:MOST_LISTED]
        if unknown:
            raise UserError(
                self.env._(
                    "“%(guide)s”: no field is called %(names)s. Choose in the list “Fields”.",
                    guide=self.name,
                    names=", ".join(f"{{{name}}}" for name in unknown),
                )
            )
        if placeholders.find_unclosed(text or ""):
            raise UserError(
                self.env._(
                    "“%s”: a brace is left alone. Type the field again at one go, without"
                    " changing its letters inside.",
                    self.name,
                )
            )

    def _take_version(self, version):
        """A field that nobody fills is not published."""
        if self.kind == "model":
            self._check_fields(version.body)
        return super()._take_version(version)

    # what a commune downloads

    def _fill_for(self, commune, person):
        """The text for a commune and a person, as HTML, in the language of the organisation."""
        self.ensure_one()
        text = self.sudo().body or ""
        if self.kind == "model":
            words = self.with_context(lang=self.env.company._get_organisation_lang())
            text = placeholders.fill(text, words._get_field_values(commune, person))
        return Markup(text)  # nosec B704: sanitized by its field; the values are texts

    def _get_document_title(self):
        """Name of the document: `Délibération : adhésion à un groupement de commandes`."""
        title = MODEL_OF.sub("", self.name or "")
        return title[:1].upper() + title[1:]

    def _fill_document(self, commune, person):
        """The text filled, under its title unless the writer gave one; without a commune, the
        placeholders stay. Asked as superuser of a guide that may be read."""
        text = self._fill_for(commune, person) if commune else self.body or Markup()
        if "<h1" in text:
            return text
        return Markup("<h1>%s</h1>") % self._get_document_title() + text

    def _get_portal_page(self, commune):
        values = super()._get_portal_page(commune)
        if self.kind != "model" or not commune.is_commune:
            return values
        filled = self._fill_for(commune, self.env.user.partner_id)
        return {**values, "guide_body": filled, "model_formats": self._get_model_formats()}

    @api.model
    def _get_model_formats(self):
        """(format, label) of what a commune downloads; the editable copy needs its library."""
        formats = [("docx", self.env._("Word"))] if docx_export.is_available() else []
        return [*formats, ("pdf", self.env._("PDF"))]

    def _make_model(self, commune, kind):
        """The document of a commune for the user who asks, who may read both.

        :param kind: `docx` or `pdf`
        :return: (name of the file, bytes, MIME type)
        :raise UserError: the server has no library for Word
        """
        self.ensure_one()
        self.check_access("read")
        commune.check_access("read")
        guide, place = self.sudo(), commune.sudo()  # a guide and a place that may be read
        name = f"{guide.name} – {place.name}"
        if kind == "pdf":
            lang = self.env.company._get_organisation_lang()
            report = self.env["ir.actions.report"].with_context(lang=lang)
            pages = report._render_qweb_pdf(
                "commune_relations.guide_template_report", self.ids, {"commune_id": commune.id}
            )[0]
            return f"{name}.pdf", pages, "application/pdf"
        company = self.env.company
        if notice := company._get_word_notice():
            raise UserError(notice)
        watermark = company._get_demonstration_notice()
        text = Markup("<p><b>%s</b></p>") % watermark if watermark else Markup()
        text += guide._fill_document(commune, self.env.user.partner_id)
        made = docx_export.from_html(text, guide._get_document_title(), place._get_commune_title())
        return f"{name}.docx", made, docx_export.MIME_TYPE

    def action_print_model(self):
        """The PDF for the commune of the preview."""
        self.ensure_one()
        self.check_access("read")
        commune = self.preview_commune_id
        if self.kind != "model" or not commune:
            raise UserError(self.env._("Choose the commune for which the document is filled."))
        report = self.env.ref("commune_relations.guide_template_report")
        data = {"commune_id": commune.id, "document_ids": self.ids}
        return report.report_action(self, data=data)
