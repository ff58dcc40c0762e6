"""Banner for the staff on the addon's screens, while the sender is not confirmed."""

from odoo import api, models
from odoo.exceptions import AccessError

from ..mail_delivery.delivery import HELD

STAFF = "commune_relations.group_reader,commune_relations.group_referent"
NOTICE_GROUPS = "commune_relations.group_manager,base.group_system"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _add_sender_notice(self, info):
        """No notice once the sender is confirmed."""
        if self.env.user.has_groups(STAFF):
            info["commune_sender_waits"] = self.env.company._holds_letters()


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def get_sender_notice(self):
        """Text of the banner, for the staff of the addon.

        False when the sender is confirmed, and in a company that is not the organisation.
        """
        if not self.env.user.has_groups(STAFF):
            raise AccessError(self.env._("This is for the staff of the intercommunality."))
        company = self.env.company
        if not company._holds_letters():
            return False
        return {
            "waiting": company._count_held_letters(),
            "is_manager": self.env.user.has_groups(NOTICE_GROUPS),
        }

    def _count_held_letters(self):
        deliveries = self.env["commune.letter.delivery"].sudo()
        return deliveries.search_count([("state", "=", HELD), ("company_id", "in", self.ids)])
