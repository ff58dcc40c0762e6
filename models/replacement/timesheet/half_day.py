"""Hours and the days of the mission: none is written for a half-day that was cancelled, for a day
to come, or for a week that the mission does not reach."""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError, ValidationError
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
        slots = lines.env["commune.replacement.slot"].search(domain)
        lock_rows(slots)  # somebody else may be cancelling it: the second starts again
        live = {s._get_half_day_key() for s in slots if s.state != "cancelled"}
        gone = {s._get_half_day_key() for s in slots if s.state == "cancelled"} - live
        billed = lines.env["commune.replacement.statement.line"]
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

    def _check_worked_days(self):
        """An evening or a Saturday that nobody planned is typed in the weeks of the mission only:
        a statement is due for what was worked under its order.

        :raise ValidationError: a day to come, or in a week before or after those of the mission
        """
        sheets = self.env["commune.replacement.timesheet"]
        today, letter = sheets._get_today(), self.env["commune.letter"]
        for line in self.sudo():
            if line.date > today:
                raise ValidationError(
                    self.env._(
                        "%s is still to come: its hours are written once it is worked.",
                        line._format_half_day(),
                    )
                )
            mission = line.mission_id
            if not mission.date_start:
                continue
            after = sheets._get_monday(mission.date_end) + timedelta(weeks=1)
            if not sheets._get_monday(mission.date_start) <= line.date < after:
                raise ValidationError(
                    self.env._(
                        "%(day)s is in a week that the mission does not reach: it goes from"
                        " %(first)s to %(last)s. If it was worked, add the half-day to the mission"
                        " first.",
                        day=line._format_half_day(),
                        first=letter._format_date(mission.date_start),
                        last=letter._format_date(mission.date_end),
                    )
                )
