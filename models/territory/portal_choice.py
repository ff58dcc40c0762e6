"""The commune that a person with several works for on the portal: chosen once, it stays."""

from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    portal_commune_id = fields.Many2one(
        "res.partner",
        string="Commune chosen on the portal",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="Last commune chosen by a person who has several. A choice that the person's"
        " mandates do not open any more is ignored.",
    )

    def _get_portal_commune(self):
        """The place that the user's pages are about, and all those that they may be about.

        :return: (place, places): res.partner, empty when no mandate opens anything
        """
        places = self.env["res.partner"]._get_portal_places()
        chosen = self.env.user.portal_commune_id.id
        return places.filtered(lambda p: p.id == chosen) or places[:1], places

    def _choose_portal_commune(self, place_id):
        """Remember the choice of the user at hand; False when the place is not the user's."""
        places = self.env["res.partner"]._get_portal_places()
        if place_id not in places.ids:
            return False
        self.env.user.sudo().portal_commune_id = place_id
        return True
