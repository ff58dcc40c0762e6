"""What if an agent is away: looked at first, applied when chosen."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .replacement_case import MONDAY, ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementAbsence(ReplacementCase):
    """Nadia holds the Mondays and Tuesdays of 11 to 19 January in Aubrive; Karim is free."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._request()
        cls.proposal = cls.request._assign(cls.nadia, cls.request.slot_ids)

    def _look(self, end=4, **values):
        wizard = (
            self.env["commune.replacement.absence"]
            .with_user(self.coordinator)
            .create(
                {
                    "employee_id": self.nadia.id,
                    "date_start": MONDAY,
                    "date_end": MONDAY + timedelta(days=end),
                    **values,
                }
            )
        )
        wizard.action_look()
        return wizard

    def _agree_mission(self):
        self.proposal._answer("agent", True, None)
        self.proposal._answer("commune", True, None)
        return self.proposal.mission_id

    def test_it_is_looked_at_and_nothing_changes(self):
        for solver in ("greedy", "cpsat"):
            with self.subTest(solver=solver):
                wizard = self._look(solver=solver)
                self.assertEqual((wizard.touched_count, wizard.covered_count), (2, 2))
                self.assertEqual(wizard.line_ids.employee_id, self.karim)
                self.assertEqual(wizard.line_ids.request_id, self.request)
                self.assertIn("12/01/2027", wizard.line_ids.days_text)
        self.assertEqual(self.request.slot_ids.employee_id, self.nadia)
        self.assertEqual(self.proposal.state, "draft")
        leaves = self.env["resource.calendar.leaves"]
        self.assertFalse(leaves.search([("resource_id", "=", self.nadia.resource_id.id)]))

    def test_nobody_else_can_go_and_the_reason_is_shown(self):
        self.karim.civil_registry_allowed = False
        self.request.needs_civil_registry = True
        wizard = self._look()
        self.assertFalse(wizard.line_ids.employee_id)
        self.assertEqual(wizard.covered_count, 0)
        self.assertTrue(wizard.line_ids.note)

    def test_an_agent_who_is_expected_nowhere(self):
        wizard = self._look(employee_id=self.karim.id)
        self.assertFalse(wizard.line_ids)
        self.assertIn("Karim B.", wizard.message)

    def test_a_mission_is_lent_in_a_new_version(self):
        mission = self._agree_mission()
        self._look().action_apply()
        self.assertEqual(mission.half_day_count, 2)
        self.assertEqual((mission.version, mission.amendment_ids[-1].kind), (2, "days"))
        taken = self.request.slot_ids.filtered(lambda s: s.employee_id == self.karim)
        self.assertEqual(self._days(taken), [("2027-01-11", "am"), ("2027-01-12", "am")])
        self.assertEqual(set(taken.mapped("state")), {"held"})
        gone = self.request.slot_ids.filtered(lambda s: s.state == "cancelled")
        self.assertEqual(set(gone.mapped("cancelled_by")), {"agent"})

    def test_the_absence_is_noted_without_its_reason_and_stops_the_agent(self):
        wizard = self._look()
        wizard.action_apply()
        leave = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", self.nadia.resource_id.id)]
        )
        self.assertEqual(len(leave), 1)
        other = self._request()
        with self.assertRaisesRegex(UserError, "absent"):
            other._assign(self.nadia, other.slot_ids[:1])
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_a_line_that_is_not_chosen_leaves_the_half_days_to_fill(self):
        wizard = self._look()
        wizard.line_ids.keep = False
        wizard.action_apply()
        week = self.request.slot_ids.filtered(lambda s: s.date <= MONDAY + timedelta(days=4))
        self.assertEqual(set(week.mapped("state")), {"open"})
        rest = self.request.slot_ids - week
        self.assertEqual(rest.employee_id, self.nadia)

    def test_a_proposal_that_is_empty_is_withdrawn(self):
        self._look(end=11).action_apply()
        self.assertEqual(self.proposal.state, "withdrawn")
        self.assertEqual(self.request.slot_ids.employee_id, self.karim)

    def test_a_reader_does_not_note_an_absence(self):
        wizard = self._look()
        with self.assertRaises(AccessError):
            wizard.with_user(self.reader).action_apply()
