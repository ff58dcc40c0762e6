"""The message to the communes that an item concerns: a letter in draft, approved as any other."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..watch.origin import make_origin
from .find import TOUCHING

# Those who act in the name of a commune.
WRITTEN_TO = ("mayor", "dgs", "town_hall_secretary")


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    watch_item_id = make_origin("Item of the watch")


class CommuneAudience(models.Model):
    _inherit = "commune.audience"

    watch_item_id = make_origin("Concerned by")


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    mailing_ids = fields.One2many("mailing.mailing", "watch_item_id", string="Letters")

    def action_draft_message(self):
        """The letter of this item, made once: nothing leaves before a manager approves it."""
        self.ensure_one()
        self.check_access("write")
        known = self.mailing_ids[:1]
        return (known or self._draft_message())._get_form_action()

    def _draft_message(self):
        if self.kind not in TOUCHING:
            raise UserError(
                self.env._("Only an act that is annulled or a text that changed touches others.")
            )
        if not self.commune_count:
            raise UserError(self.env._("“%s” concerns no commune: see its criteria.", self.name))
        Mailing = self.env["mailing.mailing"]
        body = self._disarm(self._render_message())
        return Mailing.create(
            {
                **Mailing._prepare_letter("watch"),
                "subject": self._disarm(self.name),
                "body_arch": body,
                "body_html": body,
                "audience_ids": self._get_audience().ids,
                "theme_id": self.topic_ids[:1].id,
                "watch_item_id": self.id,
            }
        )

    @api.model
    def _disarm(self, text):
        """Escape double braces, which Odoo evaluates: titles come from outside."""
        return text.replace("{{", "{ {")

    def _get_audience(self):
        """Those who act in the name of the communes concerned, as they are today."""
        Audience = self.env["commune.audience"]
        functions = self.env["commune.function"].search([("code", "in", WRITTEN_TO)])
        values = {
            "commune_ids": self._get_concerned_communes().ids,
            "function_ids": functions.ids,
        }
        known = Audience.search([("watch_item_id", "=", self.id)], limit=1)
        if known:
            known.write(values)
            return known
        name = self.env._("Communes concerned: %s", self.name)
        return Audience.create({"name": name, "watch_item_id": self.id, **values})

    def _render_message(self):
        company = self.env.company
        lang = company._get_organisation_lang()
        item = self.with_context(lang=lang)
        values = {
            "color": company._get_document_colors()["primary"],
            "house": company._get_organisation_name(),
            "foot": company.with_context(lang=lang)._get_organisation_footer(),
            "item": item,
            "date_effect": item.date_effect
            and item.env.company._format_document_date(item.date_effect),
            "references": item._get_references(),
            "under_review": item._get_published_under_review(),
        }
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        return qweb._render("commune_relations.watch_message", values, lang=lang)

    def _get_published_under_review(self):
        """Names of the guides and published answers that the communes read and that are being
        reviewed."""
        names = []
        for model in ("commune.guide", "commune.published.answer"):
            things = self.review_ids.filtered(
                lambda one, model=model: one.res_model == model and not one.is_settled
            )
            if things:
                found = things._get_readable()
                names += found.filtered(lambda one: one.state == "published").mapped("display_name")
        return names
