"""The council of a commune: what is asked of the communes, and what is sent to their councillors,
is for the bodies of an intercommunality."""

from odoo import api, fields, models


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    is_municipal = fields.Boolean(
        string="Municipal council", compute="_compute_is_municipal", help="Council of a commune."
    )

    @api.depends("kind", "place_id.is_commune")
    def _compute_is_municipal(self):
        for committee in self:
            committee.is_municipal = committee.kind == "council" and committee.place_is_commune
