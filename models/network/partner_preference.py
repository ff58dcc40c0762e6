"""Preferences of a person, and the lists that follow what the person is today."""

from odoo import fields, models
from odoo.fields import Domain

REFRESHING = {"active", "email"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    contact_preference_ids = fields.One2many(
        "commune.contact.preference",
        "partner_id",
        string="Contact preferences",
        groups="commune_relations.group_reader",
    )

    def _set_preference(
        self, opt_out, theme=None, audience=None, group=None, reason="", source="person"
    ):
        """Note what the persons at hand want or do not want; the last word counts."""
        Preference = self.env["commune.contact.preference"].sudo()
        scope = {
            "theme_id": theme.id if theme else False,
            "audience_id": audience.id if audience else False,
            "mail_group_id": group.id if group else False,
        }
        domain = Domain("partner_id", "in", self.ids)
        for name, value in scope.items():
            domain &= Domain(name, "=", value)
        known = Preference.search(domain)
        values = {"opt_out": opt_out, "source": source, **({"reason": reason} if reason else {})}
        known.filtered(lambda p: p.opt_out != opt_out or reason).write(values)
        Preference.create(
            [
                {"partner_id": partner.id, **scope, **values}
                for partner in self - known.partner_id
                if opt_out
            ]
        )

    def _refresh_audiences(self):
        """What follows the audiences (lists, groups) is brought in step for these persons.

        Called at each change of a mandate, of an address or of a preference; what changes by
        the calendar alone is seen at sending, and each night.
        """
        if self and not self.env.context.get("audience_refreshing"):
            partners = self.sudo().with_context(audience_refreshing=True)
            partners.env["commune.audience"].search(Domain.TRUE)._sync(partners)

    def write(self, vals):
        result = super().write(vals)
        if REFRESHING & vals.keys():
            self._refresh_audiences()
        return result

    def unlink(self):
        """Nothing of an erased person stays in the lists, not even the address."""
        self.sudo().mass_mailing_contact_ids.unlink()
        return super().unlink()

    def _check_email_mass_mailing_contacts(self):
        """The constraint of mass_mailing_partner would forbid to clear the address of a person
        who is in a list: here the person leaves the list."""
