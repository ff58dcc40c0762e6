"""Hours and the half-day of the mission: none is written for a half-day that was cancelled."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.row_lock import lock_rows
from ..week_grid import EVENING


class CommuneReplacementTimesheetLine(models.Model):
    _inherit = "commune.replacement.timesheet.line"

    def _get_half_day_key(self):
        self.ensure_one()
        return (self.mission_id.id, self.date, self.half_day)

    def _check_not_cancelled(self):
        """:raise UserError: one of these half-days was cancelled, or is billed as such"""
        lines = self.sudo()
        if not lines:
            return
        domain = Domain("mission_id", "in", lines.mission_id.ids)
        domain &= Domain("date", "in", lines.mapped("date"))
        slots = self.env["commune.replacement.slot"].sudo().search(domain)
        lock_rows(slots)  # somebody else may be cancelling it: the second starts again
        live = {s._get_half_day_key() for s in slots if s.state != "cancelled"}
        gone = {s._get_half_day_key() for s in slots if s.state == "cancelled"} - live
        billed = self.env["commune.replacement.statement.line"].sudo()
        billed = billed.search(
            domain & Domain("slot_id", "!=", False) & Domain("is_live", "=", True)
        )
        gone |= {line.slot_id._get_half_day_key() for line in billed}
        days = {key[:2] for key in live}
        gone |= {(*key[:2], EVENING) for key in gone if key[:2] not in days}
        for line in lines:
            if line._get_half_day_key() in gone:
                raise UserError(
                    self.env._(
                        "%s was cancelled: it has no hours. If it was worked after all, add the"
                        " half-day to the mission first; if it is in a statement, cancel the"
                        " statement first.",
                        line._format_half_day(),
                    )
                )
