"""First screen of the application: what must I do today?"""

from odoo import api, fields, models

from ..core.window_actions import open_action
from ..territory.partner.map_figures import MapMeasure
from .stage import OPEN_KINDS


class ResPartner(models.Model):
    _inherit = "res.partner"

    request_open_count = fields.Integer(
        string="Open requests", compute="_compute_request_open_count"
    )

    def _compute_request_open_count(self):
        tickets = self.env["helpdesk.ticket"]
        groups = (
            tickets._read_group(
                [("commune_id", "in", self.ids), ("stage_kind", "in", OPEN_KINDS)],
                ["commune_id"],
                ["__count"],
            )
            if tickets.has_access("read")
            else []
        )
        counts = {commune.id: count for commune, count in groups}
        for partner in self:
            partner.request_open_count = counts.get(partner.id, 0)

    @api.model
    def _sees_requests(self):
        return self.env.company._uses("requests") and self.env["helpdesk.ticket"].has_access("read")

    @api.model
    def _get_application_home_action(self):
        """The onboarding while something is to be done; then the day of the person."""
        if self.env.company._shows_onboarding():
            return self.env["commune.onboarding"]._open()
        return open_action(self, "my_day_action")

    def action_open_requests(self):
        """The requests of a commune, open ones first."""
        self.ensure_one()
        context = {"search_default_open": 1, "default_commune_id": self.id}
        return open_action(
            self, "commune_request_action", [("commune_id", "=", self.id)], context=context
        )


class CommuneMap(models.AbstractModel):
    _inherit = "commune.map"

    def _get_map_measures(self, communes):
        measures = super()._get_map_measures(communes)
        if not communes._sees_requests():
            return measures
        measure = MapMeasure(
            code="open_requests",
            label=self.env._("Open requests"),
            unit=(self.env._("request"), self.env._("requests")),
            definition=self.env._("Requests of the commune that have no final answer today."),
            values={commune.id: commune.request_open_count for commune in communes},
            additive=True,
        )
        return [*measures, measure]
