"""Measures: what they cost is shown, what they do is done, undone they leave no trace."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .incident_case import IncidentCase
from .replacement_case import MONDAY


@tagged("post_install", "-at_install")
class TestIncidentMeasure(IncidentCase):
    def setUp(self):
        super().setUp()
        self.mission = self._mission()
        self.mission.sudo().state = "running"
        self.mission.tasks = "Accueil"
        self.case = self._open_case(mission_id=self.mission.id, source="mission")

    def _measure(self, kind, **values):
        return (
            self.env["commune.replacement.incident.measure"]
            .with_user(self.coordinator)
            .create({"incident_id": self.case.id, "kind": kind, "date_start": MONDAY, **values})
        )

    def _get_plan(self):
        """All that the plan, the agents and the communes see of it, as PostgreSQL has it."""
        self.env.flush_all()
        rows = {}
        for table, columns in (
            (
                "commune_replacement_slot",
                "id, request_id, employee_id, mission_id, proposal_id, date, half_day, state,"
                " cancelled_date, cancelled_by, taken_by_id",
            ),
            (
                "commune_replacement_mission",
                "id, state, tasks, tutor_id, ended_by, end_reason, end_cause,"
                " date_start, date_end, half_day_count",
            ),
            ("commune_replacement_request", "id, state"),
            ("commune_exclusion", "id, employee_id, commune_id, date_start, date_end"),
            ("agreement", "id, state, suspension_reason"),
            ("commune_replacement_evaluation", "id, mission_id, side, moment, state"),
        ):
            self.env.cr.execute(f"SELECT {columns} FROM {table} ORDER BY id")
            rows[table] = self.env.cr.fetchall()
        return rows

    def _try_out(self, measure, user=None):
        """Looked at, decided, undone: nothing stays but in the case."""
        before = self._get_plan()
        measure.action_look()
        self.assertEqual(self._get_plan(), before)
        measure.action_decide()
        decided = self._get_plan()
        self.assertNotEqual(decided, before)
        measure.action_undo()
        self.assertEqual(self._get_plan(), before)
        self.assertEqual(measure.state, "undone")
        return decided

    def test_other_tasks_then_a_tutor(self):
        self._try_out(self._measure("tasks", tasks="Accueil, sans ménage"))
        measure = self._measure("tutor", tutor_id=self.karim.id)
        self._try_out(measure)
        self.assertEqual(measure.cost_count, 0)

    def test_another_agent_says_who_could_before(self):
        """Four half-days; from 18 January on, two are left, and Karim is free."""
        measure = self._measure("replaced", date_start=date(2027, 1, 18))
        measure.action_look()
        self.assertEqual(measure.cost_count, 2)
        self.assertIn("Karim B. (2)", measure.cost_text)
        self.assertNotIn("Nadia", measure.cost_text)
        self.karim.active = False
        measure.action_look()
        self.assertNotIn("Karim", measure.cost_text)
        self.karim.active = True
        self._try_out(measure)

    def test_what_somebody_else_has_taken_is_not_taken_back(self):
        measure = self._measure("replaced", date_start=date(2027, 1, 18))
        measure.action_look()
        measure.action_decide()
        opened = self.mission.request_id._get_open_slots()
        self.assertEqual(opened.mapped("date"), [date(2027, 1, 18), date(2027, 1, 19)])
        self.mission.request_id._assign(self.karim, opened)
        with self.assertRaises(UserError):
            measure.action_undo()

    def test_an_early_end(self):
        measure = self._measure("early_end", date_start=date(2027, 1, 12))
        self._try_out(measure)
        self.assertEqual(measure.cost_count, 2)

    def test_what_was_decided_since_for_another_reason_stays(self):
        measure = self._measure("tasks", tasks="Accueil, sans ménage")
        measure.action_look()
        measure.action_decide()
        self.mission.tasks = "Accueil et état civil"
        measure.action_undo()
        self.assertEqual(self.mission.tasks, "Accueil et état civil")

    def test_not_together_until_a_date(self):
        measure = self._measure("exclusion", date_end=date(2027, 6, 30))
        self._try_out(measure)
        self.assertEqual(measure.cost_count, 4)
        again = self._measure("exclusion", date_end=date(2027, 6, 30))
        again.action_look()
        again.action_decide()
        demand = self._request(date_start=date(2027, 3, 1), date_end=date(2027, 3, 5))
        found = {one["agent"]: one["eligible"] for one in demand._get_candidates()}
        self.assertEqual((found[self.nadia], found[self.karim]), (False, True))

    def test_a_convention_is_suspended_by_those_who_keep_it(self):
        measure = self._measure("suspension")
        own = measure.with_user(self.coordinator)
        before = self._get_plan()
        own.action_look()
        self.assertEqual(own.cost_count, 4)
        self.assertIn(self.manager.name, own.cost_text)
        with self.assertRaises(UserError) as refusal:
            own.action_decide()
        self.assertIn(self.manager.name, str(refusal.exception))
        self.assertEqual((self._get_plan(), own.state), (before, "draft"))
        managed = measure.with_user(self.manager)
        self._try_out(managed)
        self.assertNotIn(self.manager.name, managed.cost_text)
        again = self._measure("suspension")
        again.with_user(self.manager).action_look()
        again.with_user(self.manager).action_decide()
        with self.assertRaises(UserError) as refusal:
            again.with_user(self.coordinator).action_undo()
        self.assertIn(self.manager.name, str(refusal.exception))

    def test_it_is_looked_at_before_it_is_decided_and_not_changed_after(self):
        measure = self._measure("exclusion")
        with self.assertRaises(UserError):
            measure.action_decide()
        measure.action_look()
        measure.action_decide()
        with self.assertRaises(UserError):
            measure.write({"date_end": date(2027, 6, 30)})
        with self.assertRaises(UserError):
            measure.write({"state": "undone"})

    def test_whom_it_concerns_reads_it_once_decided(self):
        party = self.case.party_ids.filtered(lambda one: one.role == "concerned")
        measure = self._measure(
            "exclusion", party_ids=party.ids, party_text="Une autre commune pour vous"
        )
        model = self.env["commune.replacement.incident.measure"]
        self.assertFalse(model.with_user(self.agent_user).search([]))
        measure.action_look()
        measure.action_decide()
        self.assertEqual(model.with_user(self.agent_user).search([]), measure)
        self.assertEqual(model.with_user(self.employee).search([]), measure)
        for who in self.outsiders:
            if who != "public":
                self.assertFalse(model.with_user(getattr(self, who)).search([]))
        own = measure.with_user(self.agent_user)
        with self.assertRaises(AccessError):
            own.read(["cost_text"])
        self.assertEqual(own.read(["party_text"])[0]["party_text"], "Une autre commune pour vous")
        pages = self.case.party_ids.with_user(self.agent_user).search([])._get_own_pages()
        self.assertEqual(pages[0]["measures"], ["Une autre commune pour vous"])
