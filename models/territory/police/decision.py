"""The decision of a place about a power of police: transferred to it, or kept by its mayor."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommunePoliceDecision(models.Model):
    _name = "commune.police.decision"
    _description = "Transfer of a power of police, or opposition to it"
    _order = "power_id, place_id, date_start desc, id"

    power_id = fields.Many2one(
        "commune.police.power", required=True, index=True, ondelete="cascade"
    )
    place_id = fields.Many2one(
        "res.partner",
        string="Intercommunality or commune",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('is_epci', '=', True), ('is_commune', '=', True)]",
        help="An intercommunality: its president holds the power. A commune: its mayor keeps it.",
    )
    date_start = fields.Date(
        string="Since",
        required=True,
        default=lambda self: self.env.company._get_today(),
        help="Day of the transfer, or on which the mayor notified the opposition.",
    )
    date_end = fields.Date(
        string="Until", help="Last day, when the mayors took the power back or the mayor gave way."
    )
    reference = fields.Char(help="Order, letter or deliberation that says so.")
    is_in_force = fields.Boolean(compute="_compute_is_in_force")
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A transfer or an opposition cannot end before it starts.",
    )
    _one_at_a_time_excl = models.Constraint(
        "EXCLUDE USING gist (power_id WITH =, place_id WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&)",
        "This place already has a decision about this power over that period.",
    )

    @api.depends("date_start", "date_end")
    def _compute_is_in_force(self):
        today = self.env.company._get_today()
        for decision in self:
            begun = decision.date_start and decision.date_start <= today
            decision.is_in_force = begun and not (decision.date_end and decision.date_end < today)

    @api.constrains("place_id")
    def _check_place(self):
        for decision in self:
            if not (decision.place_id.is_epci or decision.place_id.is_commune):
                raise ValidationError(
                    self.env._(
                        "%s is neither a commune nor an intercommunality.",
                        decision.place_id.display_name,
                    )
                )
