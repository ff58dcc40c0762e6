"""Users who can be notified: active internal users with an e-mail address."""

from odoo import SUPERUSER_ID, api, models

STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class ResUsers(models.Model):
    _inherit = "res.users"

    def _filter_notifiable(self):
        """Those who can be told. The account that set the software up has no e-mail address:
        what is left to it is read by nobody."""
        return self.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.id != SUPERUSER_ID
                and user.partner_id.email_normalized
            )
        )

    def _comes_for_communes(self):
        """Whether this person works with us; for whom else our pages are, the territory says."""
        self.ensure_one()
        return self.has_groups(STAFF)

    def _uses_organisation_pages(self):
        """Whether any page that this account opens is one of the organisation: those of the
        communes, the pillars say who else. Nothing is asked of the staff nor of visitors."""
        return False

    @api.model
    def _get_organisation_managers(self):
        """Managers, as superuser: those who can be told, the last one named first; when none can,
        those who log in."""
        # Not `env.ref`, which asks PostgreSQL each time whether the record still exists.
        group = self.env["ir.model.data"]._xmlid_to_res_id("commune_relations.group_manager")
        named = self.env["res.groups"].sudo().browse(group).all_user_ids
        robot = self.sudo().browse(SUPERUSER_ID)
        people = named._filter_notifiable() or named.filtered("active") - robot
        return people.sorted("id", reverse=True)

    @api.model
    def _get_organisation_manager(self):
        """Whom something is left to when nobody else is there: the last manager named, else the
        administrator."""
        return self._get_organisation_managers()[:1] or self.env.ref("base.user_admin")
