"""Entry points of the visit card: the screen, also on a phone, and the printed document."""

from odoo import models

from ...core.window_actions import open_action


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_open_card(self):
        """The visit card of a commune, on the screen."""
        self.ensure_one()
        self.env["commune.card"]._check_reader(self)
        return open_action(self, "commune_card_action", context={"active_id": self.id})

    def action_print_card(self):
        """The visit card of each current commune, as PDF."""
        self.env["commune.card"]._check_reader(self)
        return self.env.ref("commune_relations.commune_card_report").report_action(self)
