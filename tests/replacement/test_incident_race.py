"""Two coordinators on one case at the same moment, and a process killed amid a decision."""

from unittest.mock import patch

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..race_case import QUIET, RaceCase

CASES = "commune.replacement.incident"
CLOSING = {"closing_result": "solved", "closing_note": "Essai terminé."}


@tagged("post_install", "-at_install")
class TestIncidentRace(RaceCase):
    def setUp(self):
        super().setUp()
        self._in_transaction(self._prepare)

    def _prepare(self, env):
        """A case acknowledged, and a measure that was looked at: never together again."""
        group = env.ref("commune_relations.group_replacement_coordinator")
        users = env["res.users"].create(
            [
                {"name": f"Course {n}", "login": f"case_race_{n}", "group_ids": [(4, group.id)]}
                for n in range(2)
            ]
        )
        commune = env["res.partner"].create(
            {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "57995"}
        )
        agent = env["hr.employee"].create({"name": "Agent COURSE", "is_replacement_agent": True})
        case = env[CASES].create(
            {
                "kind": "tension",
                "commune_id": commune.id,
                "employee_id": agent.id,
                "user_id": users[0].id,
                "measure_ids": [(0, 0, {"kind": "exclusion", "date_start": "2027-02-01"})],
            }
        )
        case.action_acknowledge()
        case.measure_ids.action_look()
        self.users, self.case, self.agent = users.ids, case.id, agent.id
        self.addCleanup(self._in_transaction, self._forget)
        self._keep(users, users.partner_id | commune)

    def _forget(self, env):
        """A case is never deleted by the software: its rows go in SQL, the agent as usual."""
        agent = env["hr.employee"].browse(self.agent)
        for table in ("commune_exclusion", "commune_replacement_incident"):
            query = "DELETE FROM %s WHERE employee_id = %s"
            env.cr.execute(SQL(query, SQL.identifier(table), self.agent))
        env.invalidate_all()
        agent.unlink()

    def _read(self, get):
        return self._in_transaction(lambda env: get(env[CASES].browse(self.case)))

    def _press(self, action):
        """Both coordinators do the same thing, having looked before."""

        def look(env):
            self.assertTrue(env[CASES].browse(self.case).step)
            self.assertTrue(env[CASES].browse(self.case).measure_ids.mapped("state"))

        def press(number):
            return lambda env: action(
                env(user=self.users[number], su=False)[CASES].browse(self.case)
            )

        return self._at_once(look, press(0), press(1))

    def _count_lines(self, kind, text):
        def count(case):
            return len(
                case.event_ids.filtered(lambda e: e.kind == kind and e.text.startswith(text))
            )

        return self._read(count)

    def _assert_refusal_shown(self, outcome, words):
        """One was begun again, and read a sentence."""
        begun, errors = outcome
        self.assertEqual(begun, 3)
        self.assertEqual([type(error) for error in errors], [UserError])
        self.assertIn(words, str(errors[0]))

    def test_the_same_step_is_made_once(self):
        self._assert_refusal_shown(
            self._press(lambda case: case.action_separate()), "Separate interviews"
        )
        self.assertEqual(self._read(lambda case: case.step), "separate")
        self.assertEqual(self._count_lines("step", "Separate interviews"), 1)

    def test_a_case_closed_by_two_is_closed_once(self):
        def plan(case):
            case.action_plan()
            case.write(CLOSING)

        self._read(plan)
        self._assert_refusal_shown(self._press(lambda case: case.action_close()), "Case closed")
        self.assertEqual(self._read(lambda case: (case.step, case.reopen_count)), ("closed", 0))
        self.assertEqual(self._count_lines("step", "Case closed"), 1)

    def test_a_closed_case_is_opened_again_once(self):
        def end(case):
            case.action_plan()
            case.write(CLOSING)
            case.action_close()

        self._read(end)
        self._assert_refusal_shown(self._press(lambda case: case.action_reopen()), "Acknowledged")
        self.assertEqual(self._read(lambda case: case.reopen_count), 1)

    def _list_exclusions(self):
        def read(case):
            return case.env["commune.exclusion"].search_count([("employee_id", "=", self.agent)])

        return self._read(read)

    def test_a_measure_decided_by_two_acts_once(self):
        answers = self._press(lambda case: case.measure_ids.action_decide())
        self._assert_refusal_shown(answers, "no longer at that step")
        self.assertEqual(self._list_exclusions(), 1)
        self.assertEqual(self._count_lines("measure", "Decided"), 1)

    def test_a_measure_undone_by_two_is_undone_once(self):
        self._read(lambda case: case.measure_ids.action_decide())
        answers = self._press(lambda case: case.measure_ids.action_undo())
        self._assert_refusal_shown(answers, "no longer at that step")
        self.assertEqual(self._list_exclusions(), 0)
        self.assertEqual(self._count_lines("measure", "Undone"), 1)

    def _kill_amid(self, action):
        """The server dies after the effect, as the line of the case is about to be noted."""
        measures = self.registry["commune.replacement.incident.measure"]

        def die(measure, _text):
            measure.env.flush_all()
            measure.env.cr.execute("SELECT pg_backend_pid()")
            [pid] = measure.env.cr.fetchone()
            with self.registry.cursor() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [pid])
            measure.env.cr.execute("SELECT 1")

        with (
            patch.object(measures, "_note", die),
            mute_logger("odoo.sql_db", "odoo.service.model"),
            self.assertRaises(OperationalError),
            self.registry.cursor() as cr,
        ):
            action(api.Environment(cr, SUPERUSER_ID, QUIET)[CASES].browse(self.case))

    def test_killed_between_the_effect_and_its_note(self):
        self._kill_amid(lambda case: case.measure_ids.action_decide())
        self.assertEqual(self._list_exclusions(), 0)
        self.assertEqual(self._count_lines("measure", "Decided"), 0)
        self.assertEqual(self._read(lambda case: case.measure_ids.state), "draft")
        # And what was not done can be done.
        self._read(lambda case: case.measure_ids.action_decide())
        self.assertEqual(self._list_exclusions(), 1)

    def test_killed_between_the_undoing_and_its_note(self):
        self._read(lambda case: case.measure_ids.action_decide())
        self._kill_amid(lambda case: case.measure_ids.action_undo())
        self.assertEqual(self._list_exclusions(), 1)
        self.assertEqual(self._read(lambda case: case.measure_ids.state), "decided")
