"""A mission follows its money: invoiced once all its hours are in statements that were issued, and
back at the step before when one of these is cancelled."""

from datetime import timedelta

from odoo import fields, models

OVER = ("done", "evaluated")


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    step_before_invoice = fields.Char(readonly=True, copy=False)

    def action_finish(self):
        result = super().action_finish()
        self.sudo()._refresh_invoiced()
        return result

    def _refresh_invoiced(self):
        """Called as superuser, after each step that counts: hours, statements, end of the mission.

        A mission that ended early or was cancelled keeps that state, which is more precise.
        """
        for mission in self:
            billed = mission._is_billed()
            if billed and mission.state in OVER:
                mission.write({"step_before_invoice": mission.state, "state": "invoiced"})
            elif not billed and mission.state == "invoiced":
                before = mission.step_before_invoice or OVER[0]
                mission.write({"step_before_invoice": False, "state": before})

    def _is_billed(self):
        """Each half-day was sent by the agent, and what is due of it is in an issued statement."""
        self.ensure_one()
        worked = self.slot_ids.filtered(lambda slot: slot.state == "filled")
        weeks = {slot.date - timedelta(days=slot.date.weekday()) for slot in worked}
        sheets = self.timesheet_ids
        return (
            weeks <= set(sheets.mapped("week_start"))
            and "billed" in sheets.mapped("state")
            and all(sheet._is_settled() for sheet in sheets)
        )


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    def _is_settled(self):
        """Billed, or checked and without anything to bill: nothing was worked."""
        self.ensure_one()
        return self.state == "billed" or (
            self.state == "checked" and set(self.line_ids.mapped("state")) <= {"dropped"}
        )

    def _refresh_billed(self):
        result = super()._refresh_billed()
        self.mission_id._refresh_invoiced()
        return result
