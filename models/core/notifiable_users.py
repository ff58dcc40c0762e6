"""Users who can be notified: active internal users with an e-mail address."""

from odoo import SUPERUSER_ID, api, models

STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class ResUsers(models.Model):
    _inherit = "res.users"

    def _filter_notifiable(self):
        """Filter the users who can be notified.

        The set-up account has no e-mail address: nobody reads its notifications.
        """
        return self.filtered(
            lambda user: (
                user.active
                and not user.share
                and user.id != SUPERUSER_ID
                and user.partner_id.email_normalized
            )
        )

    def _comes_for_communes(self):
        """Whether this user works with the addon; the territory adds portal users."""
        self.ensure_one()
        return self.has_groups(STAFF)

    def _uses_organisation_pages(self):
        """Whether any page that this account opens belongs to the organisation.

        Portal accounts of communes do, and others that a pillar adds. Staff and visitors cost no
        query.
        """
        return False

    @api.model
    def _get_organisation_managers(self):
        """Managers, as superuser: those who can be notified, the last appointed first.

        When none can be, those who log in.
        """
        # Not `env.ref`, which asks PostgreSQL each time whether the record still exists.
        group = self.env["ir.model.data"]._xmlid_to_res_id("commune_relations.group_manager")
        users = self.sudo()
        named = users.env["res.groups"].browse(group).all_user_ids
        robot = users.browse(SUPERUSER_ID)
        people = named._filter_notifiable() or named.filtered("active") - robot
        return people.sorted("id", reverse=True)

    @api.model
    def _get_organisation_manager(self):
        """Whom something is left to when nobody else is there: the last manager named, else the
        administrator."""
        return self._get_organisation_managers()[:1] or self.env.ref("base.user_admin")
