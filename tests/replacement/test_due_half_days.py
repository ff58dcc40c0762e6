"""What is due follows what the commune asked, once: databases of before included."""

from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import migrate
from .hours_case import HoursCase
from .replacement_case import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
INDEX = "commune_replacement_statement_line_half_day_uniq"
FIELD = "field_commune_replacement_timesheet_line__has_known_overlap"


@tagged("post_install", "-at_install")
class TestDoubleBilling(HoursCase):
    """Monday and Tuesday in the morning were worked: 94.50 € and 6.40 € of travel each. Monday is
    billed as taken away too, 94.50 €, in a statement of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls._mission(cls, date_end=TUESDAY)
        cls.sheet = cls._sheet(cls, cls.mission)
        cls._sign(cls, cls.sheet)
        cls.worked = cls._billed(cls, cls.sheet)
        cls.env.flush_all()
        cls.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        (cls.index,) = cls.env.cr.fetchone()
        cls.env.cr.execute(f"DROP INDEX {INDEX}")
        cls.taken = cls.worked.copy({"line_ids": False})
        line = cls.worked.line_ids[0]
        cls.line = line.copy(
            {
                "statement_id": cls.taken.id,
                "kind": "cancellation",
                "timesheet_line_id": False,
                "slot_id": cls.mission.slot_ids.sorted("date")[0].id,
                "travel_amount": 0,
                "amount": line.work_amount,
            }
        )
        cls.env.flush_all()

    def _issue(self, statement, number):
        """As a statement of before: issued, with its PDF."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_replacement_statement SET state = 'issued', name = %s,"
            " document_sha256 = 'abc' WHERE id = %s",
            [number, statement.id],
        )
        self.env.invalidate_all()

    def _update(self):
        """The script before the tables, the index as Odoo makes it, the script after."""
        migrate(self.env, "double_billing", kind="pre")
        self.env.cr.execute(self.index)
        migrate(self.env, "double_billing", kind="post")
        return self.taken.activity_ids | self.worked.activity_ids

    def test_without_the_update_the_index_is_not_made(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env.cr.execute(self.index)

    def test_of_two_drafts_the_hours_stay(self):
        self.taken.action_check()
        activity = self._update()
        self.assertFalse(self.line.exists())
        self.assertEqual((self.taken.state, self.taken.amount_total), ("draft", 0))
        self.assertEqual((self.worked.amount_total, self.worked.half_day_total), (201.8, 2))
        self.assertEqual(activity.res_id, self.taken.id)
        for part in ("11 janvier 2027", self.mission.name, "94,50"):
            self.assertIn(part, activity.note.replace("\xa0", " "))

    def test_what_was_issued_stays_and_the_draft_gives_way(self):
        self._issue(self.taken, "EL-1")
        activity = self._update()
        self.assertTrue(self.line.is_live)
        self.assertEqual(self.worked.line_ids.mapped("date"), [TUESDAY])
        self.assertEqual(self.worked.amount_total, 100.9)
        self.assertEqual(activity.res_id, self.worked.id)
        self.assertIn("EL-1", activity.note)
        # The hours wait until the other one is cancelled, and stop nobody else's.
        self.worked.action_refresh()
        self.assertEqual(self.worked.line_ids.mapped("date"), [TUESDAY])
        self.taken._create_opposite()
        (self.taken | self.taken.cancelled_by_ids).line_ids.is_live = False
        self.worked.action_refresh()
        self.assertEqual(self.worked.line_ids.mapped("date"), [MONDAY, TUESDAY])

    def test_of_two_issued_neither_changes(self):
        self._issue(self.worked, "EL-1")
        self._issue(self.taken, "EL-2")
        fields = ("state", "amount_total", "half_day_total", "document_sha256", "name")
        before = [self.taken[name] for name in fields], self.line.read(["amount", "kind"])
        activity = self._update()
        after = [self.taken[name] for name in fields], self.line.read(["amount", "kind"])
        self.assertEqual(after, before)
        self.assertEqual(self.line.is_live, False)
        self.assertTrue(all(self.worked.line_ids.mapped("is_live")))
        self.assertEqual(activity.res_id, self.taken.id)
        self.assertIn("état contraire", activity.note)
        self.assertIn("EL-1", activity.note)
        self.assertFalse(self.statements._prepare_statements(MONDAY, TUESDAY))

    def test_a_database_without_any_is_left_alone(self):
        self.line.unlink()
        self.assertFalse(self._update())
        self.assertEqual(self.worked.amount_total, 201.8)


@tagged("post_install", "-at_install")
class TestInitiator(HoursCase):
    """Tuesday 12 January is taken away the day before at 4 pm, 16.5 hours before: 94.50 €."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls._mission(cls, date_end=TUESDAY)
        cls.mission.user_id = cls.coordinator

    def _amend(self, by):
        self.mission._amend({(0, "am")}, MONDAY, MONDAY, "x", by)
        self._cancelled(self.mission, self._moment(2027, 1, 11, 15))

    def _get_due(self):
        statement = self.statements._prepare_statements(MONDAY, date(2027, 1, 31))
        total = statement.amount_total
        statement.line_ids.unlink()
        statement.unlink()
        return total

    def _explain(self, **values):
        wizard = self.env["commune.replacement.mission.change"].with_user(self.coordinator)
        wizard.create(
            {"mission_id": self.mission.id, "kind": "initiator", **values}
        ).action_change()

    def test_nobody_is_assumed_to_have_asked(self):
        wizard = self.env["commune.replacement.mission.change"].with_user(self.coordinator)
        for kind in ("days", "one", "early_end", "cancellation", "initiator"):
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "at whose wish"):
                change = wizard.create({"mission_id": self.mission.id, "kind": kind, "reason": "x"})
                change.action_change()

    def test_what_nobody_knows_is_due_once_it_is_stated(self):
        self._amend(False)
        self.assertEqual(self._get_due(), 0)
        self.assertIn("12 janvier 2027", self.mission.unexplained_text)
        self._explain(by="commune")
        self.assertEqual(self._get_due(), 94.5)
        self.assertFalse(self.mission.unexplained_text)
        self.assertIn("The commune", self.mission.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "it is known"):
            self._explain(by="agent")

    def test_what_the_agent_wished_is_never_due(self):
        self._amend(False)
        self._explain(by="agent")
        self.assertEqual(self._get_due(), 0)

    def _update(self, moment):
        """An update to 19.0.2.0.0 at that moment, then the next one."""
        self.env.cr.execute(
            "UPDATE ir_model_data SET create_date = %s WHERE name = %s", [moment, FIELD]
        )
        self.assertEqual(self.env.cr.rowcount, 1)
        migrate(self.env, "assumed_initiator")

    def test_an_update_does_not_bill_what_was_assumed(self):
        self._amend("commune")
        self.assertEqual(self._get_due(), 94.5)
        self._update("2100-01-01")
        self.assertEqual(self._get_due(), 0)
        activity = self.mission.activity_ids
        self.assertEqual(activity.user_id, self.coordinator)
        self.assertIn("12 janvier 2027", activity.note)

    def test_what_was_asked_since_or_is_billed_stays(self):
        self._amend("commune")
        self._update("2020-01-01")
        self.assertEqual(self._get_due(), 94.5)
        statement = self.statements._prepare_statements(MONDAY, date(2027, 1, 31))
        self._update("2100-01-01")
        self.assertEqual(statement.line_ids.slot_id.cancelled_by, "commune")
        self.assertFalse(self.mission.activity_ids)

    def test_what_costs_nothing_is_asked_of_nobody(self):
        self.mission._amend({(0, "am")}, MONDAY, MONDAY, "x", "commune")
        self._cancelled(self.mission, self._moment(2027, 1, 4, 9))
        self._update("2100-01-01")
        self.assertFalse(self.mission.activity_ids)
