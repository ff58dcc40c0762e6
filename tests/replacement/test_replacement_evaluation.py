"""Evaluations: asked of both sides, answered once by link, proposing a level to the coordinator."""

from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .hours_case import HoursCase

COMMUNE = {
    "score_punctuality": "4",
    "score_autonomy": "3",
    "score_technical": "4",
    "score_public": "4",
    "score_elected": "3",
    "score_discretion": "4",
    "score_handover": "2",
    "again": "yes",
}
AGENT = {
    "score_welcome": "2",
    "score_workload": "3",
    "score_elected": "1",
    "score_handover": "2",
    "again": "yes",
}


class EvaluationCase(HoursCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluations = cls.env["commune.replacement.evaluation"]
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.nadia.work_contact_id.email = "nadia@pool.example"

    def _finished(self, **values):
        """A mission of January 2027 that is over: both sides are asked."""
        mission = self._mission(requester_id=self.portal_a.partner_id.id, **values)
        mission.sudo().state = "running"
        mission.checklist_ids.is_done = True
        mission.action_finish()
        return mission

    def _of(self, mission, side):
        return mission.evaluation_ids.filtered(lambda one: one.side == side)


@tagged("post_install", "-at_install")
class TestReplacementEvaluation(EvaluationCase, HttpCase):
    def _path(self, evaluation):
        return f"/replacement-evaluation/{evaluation.sudo().token}"

    def _post(self, evaluation, **data):
        self.authenticate(None, None)
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(self._path(evaluation) + "/answer", data=data)

    def test_each_side_is_written_to_once_when_the_mission_ends(self):
        before = self.env["mail.mail"].search([])
        mission = self._finished()
        mails = self.env["mail.mail"].search([]) - before
        mails = mails.filtered(lambda mail: mail.model == self.evaluations._name)
        self.assertEqual(mails.recipient_ids, self.portal_a.partner_id | self.nadia.work_contact_id)
        self.assertNotIn(self._of(mission, "commune").sudo().token, "".join(mails.mapped("body")))
        mission._ask_evaluations("end")
        self.assertEqual(len(mission.evaluation_ids), 2)

    def test_an_agent_does_not_evaluate_the_own_mission_for_the_commune(self):
        mission = self._finished()
        evaluation = self._of(mission, "commune")
        self.nadia.work_contact_id.email = "Anne.Aubry@aubrive.example"
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "agent of this mission"), self.cr.savepoint():
            evaluation._answer(COMMUNE)
        self.assertEqual(evaluation.state, "asked")
        mission.evaluation_ids.sudo().unlink()
        mission._ask_evaluations("end")
        self.assertEqual(self._of(mission, "commune").person_id, self.commune_a)
        self._of(mission, "commune")._answer(COMMUNE)
        self.assertEqual(self._of(mission, "commune").state, "answered")

    def test_a_mission_is_evaluated_when_nobody_is_waited_for(self):
        mission = self._finished()
        self._of(mission, "commune")._answer(COMMUNE)
        self.assertEqual(mission.state, "done")
        agent = self._of(mission, "agent")
        with freeze_time(agent.expiry_date + timedelta(days=1)):
            self.evaluations._cron_follow()
        self.assertEqual((agent.state, mission.state), ("expired", "evaluated"))

    def test_a_mission_invoiced_first_remembers_that_it_was_evaluated(self):
        mission = self._finished()
        mission.sudo().write({"state": "invoiced", "step_before_invoice": "done"})
        for side, answer in (("commune", COMMUNE), ("agent", AGENT)):
            self._of(mission, side)._answer(answer)
        self.assertEqual(mission.state, "invoiced")
        mission.sudo()._refresh_invoiced()  # its statement was cancelled
        self.assertEqual(mission.state, "evaluated")

    def test_words_are_forgotten_five_years_after(self):
        one = self._of(self._finished(), "commune")
        one._answer(COMMUNE, "Très bien")
        cases = self.env["commune.replacement.incident"]
        for years, word, person in ((4, "Très bien", one.person_id), (6, False, one.browse())):
            with freeze_time(one.asked_date + timedelta(days=365 * years)):
                cases._cron_anonymise()
            self.assertEqual((one.comment, one.person_id.ids), (word, person.ids))
        self.assertEqual((one.score_punctuality, one.again), (4, "yes"))

    def test_the_commune_answers_by_link_once(self):
        one = self._of(self._finished(), "commune")
        self.authenticate(None, None)
        page = self.url_open(self._path(one))
        self.assertIn("Nadia F.", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(one.state, "asked")
        incomplete = self._post(one, **{**COMMUNE, "score_public": ""})
        self.assertEqual((incomplete.status_code, one.state), (422, "asked"))
        too_high = self._post(one, **{**COMMUNE, "score_public": "5"})
        self.assertEqual((too_high.status_code, one.state), (422, "asked"))
        self._post(one, **COMMUNE, comment="Très bien")
        self.assertEqual((one.state, one.again, one.comment), ("answered", "yes", "Très bien"))
        self.assertAlmostEqual(one.mean, 24 / 7, places=2)
        again = self._post(one, **{**COMMUNE, "again": "no"})
        self.assertEqual((again.status_code, one.again), (409, "yes"))
        self.assertNotIn("Très bien", self.url_open(self._path(one)).text)

    def test_the_link_is_for_its_side_and_dies_with_its_time(self):
        mission = self._finished()
        commune, agent = self._of(mission, "commune"), self._of(mission, "agent")
        self.authenticate("test_nadia", "test_nadia")
        self.assertEqual(self.url_open(self._path(commune)).status_code, 403)
        self.assertEqual(self.url_open(self._path(agent)).status_code, 200)
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertEqual(self.url_open(self._path(agent)).status_code, 403)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(self._path(agent)).status_code, 200)
        agent.sudo().expiry_date = self.today - timedelta(days=1)
        page = self.url_open(self._path(agent))
        self.assertEqual(page.status_code, 404)
        self._post(agent, **AGENT)
        self.assertEqual(agent.state, "asked")
        self.mandate_a.date_end = self.today
        self.assertEqual(self.url_open(self._path(commune)).status_code, 404)

    def test_nobody_else_than_the_coordination_reads_an_answer(self):
        one = self._of(self._finished(), "commune")
        one._answer(COMMUNE, "Confidentiel")
        for who in (
            *("reader", "referent", "officer", "employee", "portal_a", "portal_b"),
            *("portal_a_limited", "agent_user", "public"),
        ):
            with self.subTest(who=who):
                model = self.evaluations.with_user(getattr(self, who))
                with self.assertRaises(AccessError):
                    model.browse(one.id).read(["comment"])
                with self.assertRaises(AccessError):
                    model.search([("comment", "ilike", "Confidentiel")])
        mission = one.mission_id.with_user(self.agent_user)
        with self.assertRaises(AccessError):
            mission.read(["evaluation_ids"])
        with self.assertRaises(AccessError):
            mission.search([("evaluation_ids.comment", "ilike", "Confidentiel")])
        self.assertEqual(one.with_user(self.coordinator).comment, "Confidentiel")
        with self.assertRaises(UserError):
            one.with_user(self.manager).write({"comment": "Autre"})

    def test_two_reminders_then_nobody_is_waited_for(self):
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
        sent = {}
        for day in range(1, 40):
            with freeze_time(f"{date(2027, 2, 1) + timedelta(days=day)} 08:00:00"):
                before = mission.evaluation_ids.mapped("reminder_count")
                for _turn in range(3):
                    self.evaluations._cron_follow()
                if mission.evaluation_ids.mapped("reminder_count") != before:
                    sent[day] = mission.evaluation_ids.mapped("reminder_count")
        self.assertEqual(sent, {7: [1, 1], 14: [2, 2]})
        self.assertEqual(set(mission.evaluation_ids.mapped("state")), {"expired"})

    def test_a_mission_of_more_than_four_weeks_is_asked_about_halfway(self):
        mission = self._mission(date_end=date(2027, 3, 9))  # 57 days after 11 January
        short = self._mission(agent=self.karim, date_start=date(2027, 2, 1), date_end="2027-02-26")
        (mission | short).sudo().state = "running"
        with freeze_time("2027-02-07 08:00:00"):
            self.evaluations._cron_follow()
        self.assertFalse(mission.evaluation_ids)
        with freeze_time("2027-02-20 08:00:00"):
            self.evaluations._cron_follow()
        self.assertEqual(mission.evaluation_ids.mapped("moment"), ["mid", "mid"])
        self.assertFalse(short.evaluation_ids)

    def test_four_weeks_are_short_and_a_day_more_is_not(self):
        """From Monday 1 February: 28 days end on 28 February, 29 on 1 March."""
        start = date(2027, 2, 1)
        short = self._mission(date_start=start, date_end="2027-02-28")
        lasting = self._mission(agent=self.karim, date_start=start, date_end="2027-03-01")
        (short | lasting).sudo().state = "running"
        for day, moments in (("14", []), ("15", ["mid", "mid"])):  # 15: as many behind as ahead
            with freeze_time(f"2027-02-{day} 08:00:00"):
                self.evaluations._cron_follow()
            self.assertEqual(lasting.evaluation_ids.mapped("moment"), moments)
        self.assertFalse(short.evaluation_ids)

    def test_good_work_proposes_a_level_that_the_coordinator_decides(self):
        levels = self.env["commune.replacement.level"]
        one = self._of(self._finished(), "commune")
        one._answer({**COMMUNE, "score_technical": "3"})
        self.assertFalse(levels.search([]))
        second = self._of(self._finished(date_start="2027-02-01", date_end="2027-02-05"), "commune")
        second._answer({**COMMUNE, "score_technical": "4"})
        proposal = levels.search([])
        self.assertEqual(
            (proposal.employee_id, proposal.skill_id, proposal.rank, proposal.mean),
            (self.nadia, self.skills["ACC"], 3, 3.5),
        )
        self.assertEqual(self.nadia._get_skill_ranks()["ACC"], 2)
        decided = proposal.with_user(self.coordinator)
        with self.assertRaises(UserError):
            decided.action_refuse()
        decided.action_accept()
        self.nadia.invalidate_recordset()
        self.assertEqual(self.nadia._get_skill_ranks()["ACC"], 3)
        with self.assertRaises(UserError):
            decided.action_accept()

    def test_a_level_refused_does_not_come_back_for_the_same_answers(self):
        one = self._of(self._finished(), "commune")
        one._answer(COMMUNE)
        proposal = self.env["commune.replacement.level"].search([])
        proposal.note = "Encore trop tôt"
        proposal.with_user(self.coordinator).action_refuse()
        self.evaluations.flush_model()
        self.env.cr.execute(
            "UPDATE commune_replacement_evaluation SET answered_date = answered_date - interval '2"
            " days'"
        )
        one.invalidate_recordset()
        one._propose_levels()
        self.assertEqual(self.env["commune.replacement.level"].search([]), proposal)

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_an_answer_without_again(self):
        one = self._of(self._finished(), "agent")
        with self.assertRaises(IntegrityError):
            one.sudo().state = "answered"
            self.env.flush_all()
