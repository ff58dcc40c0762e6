"""Lists that follow an audience: what mass_mailing_list_dynamic would forget is kept."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.inside import is_inside


class MailingList(models.Model):
    _inherit = "mailing.list"

    audience_ids = fields.One2many(
        "commune.audience",
        "mailing_list_id",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )

    # Kept with the columns that Odoo reads anyway: what others send to their lists asks no more.
    follows_audience = fields.Boolean(
        string="Follows an audience of the communes",
        compute="_compute_follows_audience",
        store=True,
    )

    @api.depends("audience_ids")
    def _compute_follows_audience(self):
        for one in self.with_context(active_test=False):
            one.follows_audience = bool(one.audience_ids)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._drop_followed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._drop_followed(vals))

    @api.model
    def _drop_followed(self, vals):
        """Noted by the software alone: a letter to communes would else leave unread."""
        return {name: value for name, value in vals.items() if name != "follows_audience"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_followed(self):
        if not self.env.su and self.filtered("follows_audience"):
            raise UserError(
                self.env._("This list follows an audience of the communes: it is not deleted.")
            )

    def action_sync(self):
        """The standard way drops a subscription, and the refusal with it, when a person
        leaves: a list of an audience follows the audience."""
        self.check_access("write")
        managed = self.sudo().filtered("audience_ids")  # audiences are no matter of lists
        managed.with_context(active_test=False).audience_ids._sync_lists()
        return super(MailingList, self - managed).action_sync()


class MailingSubscription(models.Model):
    _inherit = "mailing.subscription"

    def write(self, vals):
        """A refusal made on the standard page, or by staff on the list, becomes a preference."""
        result = super().write(vals)
        if {"opt_out", "opt_out_reason_id"} & vals.keys():
            if not is_inside(self.env, "audience_refreshing"):
                self.sudo()._sync_preference()
        return result

    def _leave(self):
        """Take the persons out of these lists; an address that is in no list is not kept."""
        contacts = self.contact_id
        self.unlink()
        contacts.invalidate_recordset(["list_ids", "subscription_ids"])
        elsewhere = self.search_fetch([("contact_id", "in", contacts.ids)], ["contact_id"])
        (contacts - elsewhere.contact_id).unlink()

    def _sync_preference(self):
        for subscription in self:
            audience = subscription.list_id.with_context(active_test=False).audience_ids[:1]
            person = subscription.contact_id.partner_id
            if audience and person:
                self.env["commune.contact.preference"]._set_preference(
                    person,
                    subscription.opt_out,
                    audience=audience,
                    reason=subscription.opt_out_reason_id.name or "",
                )
                if not subscription.opt_out:
                    self.env["commune.contact.preference"]._narrow_general_refusal(person, audience)

    @api.constrains("contact_id", "list_id")
    def _check_contact_id_partner_id_list_id(self):
        """The rule of mass_mailing_partner (a person once in a list), in one query about the
        current users
        : its own reads the whole list for each line."""
        lines = self.search_fetch(
            [
                ("list_id", "in", self.list_id.ids),
                ("contact_id.partner_id", "in", self.contact_id.partner_id.ids),
            ],
            ["list_id", "contact_id"],
        )
        lines.contact_id.fetch(["partner_id"])
        counts = Counter(
            (line.list_id, line.contact_id.partner_id)
            for line in lines
            if line.contact_id.partner_id
        )
        if any(
            counts[line.list_id, line.contact_id.partner_id] > 1
            for line in self
            if line.contact_id.partner_id
        ):
            raise ValidationError(self.env._("A person cannot be several times in the same list."))


class CommuneContactPreference(models.Model):
    _inherit = "commune.contact.preference"

    def _narrow_general_refusal(self, person, audience):
        """Who refused everything and now takes one list goes on refusing the others."""
        person.ensure_one()
        general = person.contact_preference_ids.filtered(
            lambda p: p.opt_out and not (p.theme_id or p.audience_id or p.mail_group_id)
        )
        if general:
            others = self.env["commune.audience"].search([("partner_ids", "in", person.ids)])
            for other in others - audience:
                self._set_preference(person, True, audience=other, reason=general.reason or "")
            general.opt_out = False
