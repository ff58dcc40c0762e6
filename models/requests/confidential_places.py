"""Places whose confidential requests the current user reads (“mayor and head of administration”):
see models/territory/partner/accessible_places.py."""

from odoo import api, fields, models

from ..territory.partner.accessible_places import ASKED

# Functions to which a request marked “mayor and head of administration” is open.
HEADS = ("mayor", "dgs", "town_hall_secretary", "president")


class ResPartner(models.Model):
    _inherit = "res.partner"

    has_confidential_access = fields.Boolean(
        string="Headed by the person at hand",
        compute="_compute_headed_by_me",
        search="_search_headed_by_me",
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _get_my_heading_mandates(self):
        held = self._get_my_opening_mandates("full")
        return held.filtered(lambda one: one.function_id.code in HEADS)

    @api.depends("mandate_ids.function_id.code", *ASKED)
    @api.depends_context("uid")
    def _compute_headed_by_me(self):
        headed = self._get_my_heading_mandates().commune_id
        for place in self:
            place.has_confidential_access = place._origin in headed

    def _search_headed_by_me(self, operator, value):
        return self._search_by_mandates(operator, self._get_my_heading_mandates())
