"""Change a mission: other days, a prolongation, an early end, a cancellation."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.replacement.mission.mission import END_CAUSES
from ...models.replacement.week_grid import HALF_DAYS


class CommuneReplacementMissionChange(models.TransientModel):
    _name = "commune.replacement.mission.change"
    _inherit = ["commune.week.grid"]
    _description = "Change a mission"

    mission_id = fields.Many2one("commune.replacement.mission", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("days", "Change the days or prolong"),
            ("one", "Move or cancel one half-day"),
            ("early_end", "End early"),
            ("cancellation", "Cancel before the start"),
            ("initiator", "State who asked for what was taken away"),
        ],
        string="What changes",
        required=True,
        default="days",
    )
    slot_id = fields.Many2one(
        "commune.replacement.slot",
        string="Half-day",
        domain="[('mission_id', '=', mission_id), ('state', '=', 'filled')]",
    )
    new_date = fields.Date(string="Moved to", help="Empty: the half-day is cancelled.")
    new_half_day = fields.Selection(HALF_DAYS, string="In the", default="am")
    date_effect = fields.Date(string="From the", default=lambda self: self.env.company._get_today())
    date_end = fields.Date(string="Until")
    last_day = fields.Date(string="Last day of work")
    by = fields.Selection(
        [("commune", "The commune"), ("agent", "The agent"), ("service", "The service")],
        string="At the wish of",
        help="What the commune takes away late is due: nobody is assumed to have asked for it.",
    )
    cause = fields.Selection(
        END_CAUSES, help="For the indicators: the coordination alone reads it."
    )
    reason = fields.Text()

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        mission = self.env["commune.replacement.mission"].browse(values.get("mission_id"))
        if mission:
            slots = mission._get_live_slots()
            week = {(slot.date.weekday(), slot.half_day) for slot in slots}
            values.update(self._prepare_week(week))
            values["date_end"] = mission.date_end
        return {name: value for name, value in values.items() if name in fields}

    def action_change(self):
        self.ensure_one()
        mission = self.mission_id
        mission.check_access("write")
        if not self.by:
            raise UserError(
                self.env._("Choose at whose wish: what the commune takes away late is due.")
            )
        if self.kind == "initiator":
            mission._explain_removal(self.by)
            return {"type": "ir.actions.act_window_close"}
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write the reason: it stands in the document."))
        if self.kind == "days":
            if not self.date_effect or not self.date_end:
                raise UserError(self.env._("Say from when, and until when."))
            week = self._get_week()
            mission._amend(week, self.date_effect, self.date_end, self.reason, self.by)
        elif self.kind == "one":
            if not self.slot_id:
                raise UserError(self.env._("Choose the half-day."))
            new = (self.new_date, self.new_half_day) if self.new_date else None
            mission._change_one(self.slot_id, new, self.by, self.reason)
        elif self.kind == "early_end":
            if not self.last_day:
                raise UserError(self.env._("Say which is the last day of work."))
            mission._end_early(self.last_day, self.by, self.reason, self.cause)
        else:
            mission._cancel(self.by, self.reason)
        return {"type": "ir.actions.act_window_close"}
