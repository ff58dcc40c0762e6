"""When an evaluation is asked: at the end of a mission, and in the middle of one that lasts."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

OVER = ("done", "evaluated", "invoiced", "ended_early")
# Beyond, a mission has an evaluation on the way.
LONG_DAYS = 28
# A mission that ended before is not asked about any more: nobody remembers it.
ASKED_WITHIN_DAYS = 30
MOST_REMINDERS = 2
DAYS_BETWEEN_LETTERS = 7


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    evaluation_ids = fields.One2many(
        "commune.replacement.evaluation",
        "mission_id",
        groups="commune_relations.group_replacement_coordinator",
    )

    def action_finish(self):
        result = super().action_finish()
        self._ask_evaluations("end")
        return result

    def _end_early(self, last_day, by, reason, cause=False):
        version = super()._end_early(last_day, by, reason, cause)
        if self.half_day_count:
            self._ask_evaluations("end")
        return version

    def _ask_evaluations(self, moment):
        """Both sides are asked, each once, as superuser: who may end a mission asks.

        :param moment: `mid` or `end`
        """
        self = self.sudo()
        Evaluation = self.env["commune.replacement.evaluation"]
        known = Evaluation.search([("mission_id", "in", self.ids), ("moment", "=", moment)])
        asked = {(one.mission_id.id, one.side) for one in known}
        days = self.env.company.evaluation_answer_days
        today = self.env.company._get_today()
        evaluations = Evaluation.create(
            [
                {
                    "mission_id": mission.id,
                    "side": side,
                    "moment": moment,
                    "person_id": person.id,
                    "expiry_date": today + timedelta(days=days),
                    "last_letter_date": today,
                }
                for mission, persons in self._get_evaluators().items()
                for side, person in persons.items()
                if (mission.id, side) not in asked
            ]
        )
        evaluations._send_letters("mail_template_replacement_evaluation")
        return evaluations

    def _refresh_evaluated(self):
        """A mission is evaluated once a side has answered at the end and no other is waited for; if
        it was invoiced before, it remembers the step. Called as superuser."""
        for mission in self:
            ends = mission.evaluation_ids.filtered(lambda one: one.moment == "end")
            states = set(ends.mapped("state"))
            if "asked" in states or "answered" not in states:
                continue
            if mission.state == "done":
                mission.state = "evaluated"
            elif mission.step_before_invoice == "done":
                mission.step_before_invoice = "evaluated"

    def _get_evaluators(self):
        """{mission: {side: who is written to (res.partner)}}."""
        pairs = {mission: (mission.commune_id, mission.contact_id) for mission in self}
        contacts = self.env["res.partner"]._get_contact_persons(pairs.values())
        return {
            mission: {
                "commune": (
                    mission.commune_id
                    if mission.employee_id._is_person(contacts[pair])
                    else contacts[pair]
                ),
                "agent": mission.employee_id.work_contact_id,
            }
            for mission, pair in pairs.items()
        }

    def _is_halfway(self, today):
        """Whether this mission lasts more than four weeks and half of it is behind."""
        self.ensure_one()
        length = self.date_end - self.date_start
        return length.days >= LONG_DAYS and today >= self.date_start + length / 2


class CommuneReplacementEvaluation(models.Model):
    _inherit = "commune.replacement.evaluation"

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_follow(self):
        """Each day: who is to be asked is asked, reminded, and no longer waited for."""
        today = self.env.company._get_today()
        missions = self.env["commune.replacement.mission"]
        missions.search(self._get_over_domain(today))._ask_evaluations("end")
        lasting = missions.search([("state", "=", "running"), ("date_start", "<", today)])
        lasting.filtered(lambda one: one._is_halfway(today))._ask_evaluations("mid")
        waiting = Domain("state", "=", "asked")
        expired = self.search(waiting & Domain("expiry_date", "<", today))
        expired.state = "expired"
        expired.mission_id._refresh_evaluated()
        self.search(
            waiting
            & Domain("reminder_count", "<", MOST_REMINDERS)
            & Domain("last_letter_date", "<=", today - timedelta(days=DAYS_BETWEEN_LETTERS))
        )._remind(today)

    @api.model
    def _get_over_domain(self, today):
        """Missions that ended lately and about which nobody was asked yet."""
        return (
            Domain("state", "in", OVER)
            & Domain("date_end", "<=", today)
            & Domain("date_end", ">=", today - timedelta(days=ASKED_WITHIN_DAYS))
            & Domain("evaluation_ids", "not any", [("moment", "=", "end")])
        )

    def _remind(self, today):
        for count, same in self.sudo().grouped("reminder_count").items():
            same.write({"reminder_count": count + 1, "last_letter_date": today})
        self._send_letters("mail_template_replacement_evaluation")
