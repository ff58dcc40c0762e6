"""Early warning: facts of a pair, with their links; put aside, they do not come back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_replacement_evaluation import COMMUNE, EvaluationCase


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00:00")
class TestReplacementAlert(EvaluationCase):
    def setUp(self):
        super().setUp()
        self.alerts = self.env["commune.replacement.alert"].with_user(self.coordinator)

    def _run(self):
        with freeze_time("2027-02-10 06:00:00"):
            self.env["commune.replacement.alert"]._cron_warn()
        return self.alerts.search([("state", "=", "open")])

    def _contest(self, mission):
        sheet = self._sheet(mission)
        self._sign(sheet, {1: "Partie à 11 h"})

    def test_facts_add_up_and_each_leads_to_its_record(self):
        """Low evaluation 2, contested week 2: nothing; “not again” 4 and 2: a warning of 6."""
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
            self._contest(mission)
            self.assertFalse(self._run())
            one = self._of(mission, "commune")
            one._answer({**COMMUNE, "again": "no"})
        alert = self._run()
        self.assertEqual(
            (alert.employee_id, alert.commune_id, alert.score),
            (self.nadia, self.commune_a, 6),
        )
        self.assertEqual(alert.fact_ids.mapped("kind"), ["contested", "not_again"])
        opened = alert.fact_ids[1].action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), (one._name, one.id))
        self._run()
        self.assertEqual(self.alerts.search([]), alert)

    def test_a_second_mission_is_a_fact_that_opens_it(self):
        """Two low evaluations, 2 each: with the second mission, 2, a warning of 6."""
        with freeze_time("2027-02-01 08:00:00"):
            missions = self._finished()
            missions += self._finished(date_start="2027-02-08", date_end="2027-02-12")
            for mission in missions:
                low = {name: "2" if name.startswith("score") else "yes" for name in COMMUNE}
                self._of(mission, "commune")._answer(low)
        alert = self._run()
        self.assertEqual(alert.score, 6)
        again = alert.fact_ids.filtered(lambda fact: fact.kind == "pair_again")
        opened = again.action_open()
        self.assertEqual((opened["res_model"], opened["res_id"]), (missions._name, missions[1].id))
        alert.reason = "Vu avec la maire"
        alert.action_dismiss()
        self.assertFalse(self._run())

    def test_put_aside_with_a_reason_it_comes_back_for_another_fact_alone(self):
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
            self._contest(mission)
            self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})
        alert = self._run()
        with self.assertRaises(UserError):
            alert.action_dismiss()
        alert.reason = "Erreur de saisie"
        alert.action_dismiss()
        self.assertFalse(self._run())
        with freeze_time("2027-02-02 08:00:00"):
            self._of(mission, "agent")._answer(
                {
                    "score_welcome": "1",
                    "score_workload": "1",
                    "score_elected": "1",
                    "score_handover": "1",
                    "again": "yes",
                }
            )
        again = self._run()
        self.assertEqual((again.score, len(again.fact_ids)), (8, 3))

    def test_nothing_follows_by_itself_and_a_case_is_opened_by_hand(self):
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
            self._contest(mission)
            self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})
        cases = self.env["commune.replacement.incident"]
        before = cases.search([])
        exclusions = self.env["commune.exclusion"].search([])
        alert = self._run()
        self.assertEqual(self.env["commune.exclusion"].search([]), exclusions)
        self.assertEqual(cases.search([]), before)
        alert.action_open_case()
        self.assertEqual(alert.state, "case")
        self.assertEqual(alert.incident_id.user_id, self.coordinator)
        self.assertEqual(alert.incident_id.source, "alert")
        self.assertEqual(alert.incident_id.mission_id, mission)

    def test_the_persons_of_the_facts_are_proposed_and_added_by_hand(self):
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
            self._contest(mission)
            one = self._of(mission, "commune")
            one._answer({**COMMUNE, "again": "no"})
        alert = self._run()
        alert.action_open_case()
        case = alert.incident_id
        self.assertFalse(case.party_ids)
        # The agent, who answered the evaluation, who signed the week.
        agent = self.nadia.user_id.partner_id or self.nadia.work_contact_id
        self.assertTrue(one.person_id)
        wanted = agent | one.person_id | self._sheet(mission).sign_partner_id
        self.assertEqual(case.proposed_partner_ids, wanted)
        for hidden_from in (self.officer, self.portal_a):
            with self.assertRaises(AccessError):
                case.with_user(hidden_from).read(["proposed_partner_ids"])
        case.action_add_people()
        self.assertEqual(case.party_ids.partner_id, wanted)
        self.assertEqual(set(case.party_ids.mapped("role")), {"concerned"})
        self.assertFalse(case.party_ids.filtered("notified_date"))
        self.assertFalse(case.proposed_partner_ids)

    def test_today_counts_warnings_and_late_cases_for_the_coordination(self):
        with freeze_time("2027-02-01 08:00:00"):
            mission = self._finished()
            self._contest(mission)
            self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})
        alert = self._run()
        Today = self.env["commune.replacement.today"]
        case = self.env["commune.replacement.incident"].search([("source", "=", "evaluation")])
        with freeze_time("2027-02-01 09:00:00"):
            screen = Today.with_user(self.coordinator).create({})
            self.assertEqual((screen.alert_count, screen.late_case_count), (1, 0))
        with freeze_time("2027-06-01 09:00:00"):
            screen = Today.with_user(self.coordinator).create({})
            self.assertEqual(screen.late_case_count, len(case))
            self.assertTrue(case)
            for name, found in (("alert", alert), ("late_case", case)):
                action = screen.with_context(list_name=name).action_open()
                self.assertEqual(self.env[action["res_model"]].search(action["domain"]), found)
        for who in (self.reader, self.officer):
            screen = Today.with_user(who).create({})
            self.assertGreaterEqual(screen.mission_count, 0)
            with self.assertRaises(AccessError):
                screen.read(["late_case_count"])

    def test_the_coordination_alone_reads_the_warnings(self):
        for who in ("reader", "officer", "employee", "portal_a", "agent_user", "public"):
            for model in ("commune.replacement.alert", "commune.replacement.alert.fact"):
                with self.subTest(who=who, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(getattr(self, who)).search([])

    def test_the_cost_does_not_grow_with_the_pairs(self):
        alerts = self.env["commune.replacement.alert"]
        with freeze_time("2027-02-01 08:00:00"):
            for agent in (self.nadia, self.karim):
                mission = self._finished(needs=(("ACC", "1"),)) if agent == self.nadia else None
                if mission:
                    self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            list(alerts.sudo()._collect_facts())
            return self.env.cr.sql_log_count - before

        few = count()
        with freeze_time("2027-02-01 08:00:00"):
            for week in ("2027-02-08", "2027-02-15", "2027-02-22"):
                mission = self._finished(date_start=week, date_end=f"{week[:8]}{int(week[8:]) + 4}")
                self._of(mission, "commune")._answer({**COMMUNE, "again": "no"})
        self.assertEqual(count(), few)
