"""Places that the current user may access, for the portal record rules.

Odoo keeps the domain of a rule per user, with what it was worked out from: ids would go stale in
it. These fields are worked out at each search, from mandates already read: a page searches some
twenty times, and each time Odoo would make a plan of the conditions of a mandate.
"""

from odoo import api, fields, models

# What `_get_opening_mandates` looks at.
ASKED = (
    "mandate_ids.partner_id",
    "mandate_ids.active",
    "mandate_ids.portal_blocked",
    "mandate_ids.date_start",
    "mandate_ids.date_end",
    "mandate_ids.function_id.portal_role",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_open_to_me = fields.Boolean(
        string="Opened to the person at hand",
        compute="_compute_open_to_me",
        search="_search_open_to_me",
        groups=fields.NO_ACCESS,
    )
    is_represented_by_me = fields.Boolean(
        string="Acted for by the person at hand",
        compute="_compute_open_to_me",
        search="_search_acted_for_by_me",
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _get_my_opening_mandates(self, role=None):
        held = self.env.user.partner_id._get_opening_mandates()
        return held.filtered(lambda one: one.function_id.portal_role == role) if role else held

    @api.depends(*ASKED)
    @api.depends_context("uid")
    def _compute_open_to_me(self):
        opened = self._get_my_opening_mandates().commune_id
        acted = self._get_my_opening_mandates("full").commune_id
        for place in self:
            place.is_open_to_me = place._origin in opened
            place.is_represented_by_me = place._origin in acted

    def _search_open_to_me(self, operator, value):
        return self._search_by_mandates(operator, self._get_my_opening_mandates())

    def _search_acted_for_by_me(self, operator, value):
        return self._search_by_mandates(operator, self._get_my_opening_mandates("full"))

    def _search_by_mandates(self, operator, mandates):
        """The places of these mandates; Odoo turns the question over for the others."""
        return [("id", "in", mandates.commune_id.ids)] if operator == "in" else NotImplemented
