"""The facts of early warnings, read from what the service already keeps: five searches."""

from datetime import timedelta

from odoo import api, fields, models

from ....engine.early_warning import Fact

# Older facts do not describe the current situation.
KEPT_DAYS = 365
MIDDLE = 2.5  # of a grid from 1 to 4
SHORT_DAYS = 2  # between the cancellation and the first half-day


class CommuneReplacementAlert(models.Model):
    _inherit = "commune.replacement.alert"

    @api.model
    def _collect_facts(self):
        """All the facts of a year (engine.early_warning.Fact), as superuser."""
        since = self.env.company._get_today() - timedelta(days=KEPT_DAYS)
        return [
            *self._collect_evaluations(since),
            *self._collect_hours(since),
            *self._collect_refusals(since),
            *self._collect_ends(since),
        ]

    @api.model
    def _make_fact(self, kind, record, day, mission=None):
        place = mission or record
        return Fact(
            fields.Date.to_date(day),
            kind,
            f"{record._name},{record.id}",
            place.employee_id.id,
            place.commune_id.id,
            f"{mission._name},{mission.id}" if mission else "",
        )

    @api.model
    def _collect_evaluations(self, since):
        found = self.env["commune.replacement.evaluation"].search(
            [
                ("state", "=", "answered"),
                ("answered_date", ">=", since),
                "|",
                ("again", "=", "no"),
                ("mean", "<", MIDDLE),
            ]
        )
        for one in found:
            kind = "not_again" if one.again == "no" else "low_score"
            yield self._make_fact(kind, one, one.answered_date, one.mission_id)

    @api.model
    def _collect_hours(self, since):
        """One fact for each week with a line contested, now or settled since."""
        lines = self.env["commune.replacement.timesheet.line"].search(
            [("contest_reason", "!=", False), ("date", ">=", since)]
        )
        for sheet in lines.sheet_id:
            yield self._make_fact("contested", sheet, sheet.week_start, sheet.mission_id)

    @api.model
    def _collect_refusals(self, since):
        """A commune that no longer has a need refuses nobody."""
        found = self.env["commune.replacement.proposal"].search(
            [
                ("state", "in", ("declined_agent", "declined_commune")),
                ("decline_reason", "not in", ("no_need", "unavailable")),
                "|",
                ("answer_agent_date", ">=", since),
                ("answer_commune_date", ">=", since),
            ]
        )
        for one in found:
            yield self._make_fact("refusal", one, one.answer_commune_date or one.answer_agent_date)

    @api.model
    def _collect_ends(self, since):
        """Missions ended early, or cancelled at the last moment."""
        found = self.env["commune.replacement.mission"].search(
            [("state", "in", ("ended_early", "cancelled")), ("date_end", ">=", since)]
        )
        for mission in found:
            if mission.state == "ended_early":
                yield self._make_fact("early_end", mission, mission.date_end, mission)
            elif self._is_short(mission):
                yield self._make_fact("short_notice", mission, mission.date_start, mission)

    @api.model
    def _is_short(self, mission):
        moments = [moment for moment in mission.slot_ids.mapped("cancelled_date") if moment]
        last = moments and self.env.company._get_organisation_date(max(moments))
        return bool(last) and mission.date_start - last <= timedelta(days=SHORT_DAYS)
