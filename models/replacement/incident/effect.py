"""Effects of a measure on mission, plan, exclusions and agreement, and their undoing.

What third parties read of it (versions of a mission, reason of a suspension) reveals nothing of the
incident.
"""

from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

LIVE_SLOTS = ("held", "filled")


class CommuneReplacementIncidentMeasure(models.Model):
    _inherit = "commune.replacement.incident.measure"

    def _apply(self):
        """:return: what undoes it, ready for JSON"""
        self.ensure_one()
        return getattr(self, f"_apply_{self.kind}")()

    def _revert(self, before):
        self.ensure_one()
        getattr(self, f"_revert_{self.kind}")(before)

    def _get_mission(self):
        mission = self.incident_id.mission_id
        if not mission:
            raise UserError(self.env._("This measure is about a mission: the case names none."))
        return mission

    # tasks, tutor

    def _apply_tasks(self):
        return self._change_mission("tasks", self.tasks)

    def _apply_tutor(self):
        return self._change_mission("tutor_id", self.tutor_id.id)

    def _change_mission(self, name, value):
        mission = self._get_mission()
        mission.check_access("write")
        mission._check_live()
        before = mission._fields[name].convert_to_write(mission[name], mission)
        mission[name] = value
        return {"value": before}

    def _revert_tasks(self, before):
        """What was decided since for other reasons stays."""
        mission = self._get_mission()
        if mission.tasks == self.tasks:
            mission.tasks = before.get("value")

    def _revert_tutor(self, before):
        mission = self._get_mission()
        if mission.tutor_id == self.tutor_id:
            mission.tutor_id = before.get("value")

    # another agent, early end

    def _apply_replaced(self):
        """The half-days from a day on are open again, for somebody else."""
        mission = self._get_mission()
        slots = mission._get_live_slots().filtered(lambda s: s.date >= self.date_start)
        if not slots:
            raise UserError(self.env._("The mission has no half-day from this day on."))
        state, opened = mission.state, mission._lend(slots)
        mission.request_id._refresh_state()
        return {"cancelled": slots.ids, "opened": opened.ids, "state": state}

    def _apply_early_end(self):
        """The day of the measure is the last one."""
        mission = self._get_mission()
        state = mission.state
        slots = mission._get_live_slots().filtered(lambda s: s.date > self.date_start)
        mission._end_early(self.date_start, "service", self.env._("Decision of the service"))
        return {"cancelled": slots.ids, "state": state}

    def _revert_replaced(self, before):
        slots = self.env["commune.replacement.slot"].sudo()
        opened = slots.browse(before["opened"]).exists()
        if any(slot.state != "open" for slot in opened):
            raise UserError(
                self.env._(
                    "Somebody else was already asked for these half-days: withdraw the proposal, or"
                    " end the other mission, first."
                )
            )
        opened._drop()
        self._give_back(before)
        self._resume(before)

    def _revert_early_end(self, before):
        """Revert an early end: the mission continues without its closing evaluation."""
        self._give_back(before)
        self._resume(before)
        mission = self._get_mission()
        ends = mission.sudo().evaluation_ids.filtered(lambda one: one.moment == "end")
        ends.filtered(lambda one: one.state != "answered").unlink()

    def _resume(self, before):
        """The mission is at the step where the measure found it."""
        ended = ("ended_by", "end_reason", "end_cause")
        self._get_mission()._set({"state": before["state"], **dict.fromkeys(ended, False)})

    def _give_back(self, before):
        """Give the half-days back to the agent."""
        mission = self._get_mission()
        days = mission._get_days()
        slots = self.env["commune.replacement.slot"].sudo().browse(before["cancelled"]).exists()
        slots.flush_model()
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                slots.write({"state": "filled", "cancelled_date": False, "cancelled_by": False})
                slots.flush_recordset()
        except UniqueViolation:
            raise UserError(
                self.env._("The agent or the request has another half-day there since.")
            ) from None
        today = self.env.company._get_today()
        mission._open_version("days", today, self.env._("Half-days given back"), days)
        request = mission.request_id
        if request.state == "cancelled":  # it had ended with its last half-day
            request._set({"state": "searching", "closed_date": False})
        request._refresh_state()

    # exclusions, agreement

    def _apply_exclusion(self):
        case = self.incident_id
        if not (case.employee_id and case.commune_id):
            raise UserError(self.env._("Name the agent and the commune of the case first."))
        exclusion = self.env["commune.exclusion"].create(
            {
                "employee_id": case.employee_id.id,
                "commune_id": case.commune_id.id,
                "side": "both",
                "reason": self.env._("Case %s", case.name),
                "date_start": self.date_start,
                "date_end": self.date_end,
            }
        )
        exclusion.flush_recordset()
        return {"exclusion": exclusion.id}

    def _revert_exclusion(self, before):
        self.env["commune.exclusion"].sudo().browse(before["exclusion"]).exists().unlink()

    def _get_agreement(self):
        """The one in force today: a mission goes on under the one that follows its own."""
        case = self.incident_id
        own = case.mission_id.agreement_id
        current = case.commune_id._get_replacement_agreements(self.env.company._get_today())
        found = (current & own or current[:1]).with_env(self.env) or own
        if not found:
            raise UserError(self.env._("No convention of replacement is in force there."))
        return found

    def _get_who_suspends(self):
        """The sentence that names who may decide this measure; empty for these persons."""
        if self.kind != "suspension" or self._get_agreement().has_access("write"):
            return ""
        return self.env._(
            "Suspending a convention is decided by those who keep the conventions: %s.",
            ", ".join(self.incident_id._get_managers().mapped("name")),
        )

    def _apply_suspension(self):
        """Suspend with the rights of the user, who must manage agreements."""
        if sentence := self._get_who_suspends():
            raise UserError(sentence)
        agreement = self._get_agreement()
        before = agreement.suspension_reason
        agreement.suspension_reason = self.env._("Decision of the service")
        agreement.action_suspend()
        return {"agreement": agreement.id, "reason": before}

    def _revert_suspension(self, before):
        if sentence := self._get_who_suspends():
            raise UserError(sentence)
        agreement = self.env["agreement"].browse(before["agreement"])
        agreement.action_resume()
        agreement.suspension_reason = before["reason"]

    def _count_agreed(self):
        """Half-days to come that this measure makes a question of."""
        case = self.incident_id
        if self.kind not in ("exclusion", "suspension") or not case.commune_id:
            return 0
        domain = [
            ("commune_id", "=", case.commune_id.id),
            ("date", ">=", self.date_start),
            ("state", "in", LIVE_SLOTS),
        ]
        if self.kind == "exclusion":
            domain += [("employee_id", "=", case.employee_id.id)]
            domain += [("date", "<=", self.date_end)] if self.date_end else []
        return self.env["commune.replacement.slot"].search_count(domain)
