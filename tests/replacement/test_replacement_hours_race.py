"""Two persons of a commune sign the same week at once: one signature, and a sentence."""

import threading
from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import release_test_lock
from odoo.tools import SQL, mute_logger

MONDAY = "2026-11-02"
TABLES = (
    "commune_replacement_statement_line",
    "commune_replacement_statement",
    "commune_replacement_timesheet_log",
    "commune_replacement_timesheet_line",
    "commune_replacement_timesheet",
    "commune_replacement_slot",
    "commune_replacement_access",
    "commune_replacement_checklist",
    "commune_replacement_amendment",
    "commune_replacement_mission",
    "commune_replacement_request",
    "commune_replacement_tariff",
    "commune_mandate",
)


@tagged("post_install", "-at_install")
class TestReplacementHoursRace(TransactionCase):
    """Real transactions: what is made here is taken away at the end."""

    def setUp(self):
        super().setUp()
        self.db = Registry(self.env.cr.dbname)._db
        self.made = {}
        self.addCleanup(self._clean)

    def _in_transaction(self, work, uid=SUPERUSER_ID):
        with self.db.cursor() as cr:
            env = api.Environment(
                cr,
                uid,
                {"tracking_disable": True, "no_reset_password": True, "mail_notrack": True},
            )
            result = retrying(lambda: work(env), env)
            cr.commit()
            return result

    def _prepare(self, env):
        place = env["res.partner"].create(
            {
                "name": "Signe-Course",
                "is_company": True,
                "is_commune": True,
                "insee_code": "57997",
            }
        )
        users = env["res.users"].create(
            [
                {"login": f"course_{n}", "name": f"Course {n}"}
                | {"group_ids": [(6, 0, env.ref("base.group_portal").ids)]}
                for n in range(2)
            ]
        )
        function = env["commune.function"]._by_code()["town_hall_secretary"]
        mandates = env["commune.mandate"].create(
            [
                {"partner_id": user.partner_id.id, "commune_id": place.id}
                | {"function_id": function.id, "date_start": "2026-01-01"}
                for user in users
            ]
        )
        # They have been there for long: nobody waits to sign.
        mandates.signing_changed_at = False
        mandates.partner_id.signing_changed_at = False
        agent = env["hr.employee"].create(
            {"name": "Agent de signature", "is_replacement_agent": True}
        )
        request = env["commune.replacement.request"].create(
            {
                "commune_id": place.id,
                "post": "Accueil",
                "date_start": MONDAY,
                "date_end": MONDAY,
                "mon_am": True,
            }
        )
        mission = env["commune.replacement.mission"].create(
            {"request_id": request.id, "employee_id": agent.id}
        )
        sheet = env["commune.replacement.timesheet"].create(
            {"mission_id": mission.id, "week_start": MONDAY}
        )
        env["commune.replacement.timesheet.line"].create(
            {"sheet_id": sheet.id, "date": MONDAY, "half_day": "am"}
            | {"hour_start": 8, "hour_end": 12}
        )
        tariff = env["commune.replacement.tariff"].create(
            {"name": "Course", "date_start": "2026-11-01", "date_end": "2026-11-30", "amount": 27}
        )
        sheet._lock()
        sheet.state = "submitted"
        self.made = {
            "communes": place.ids,
            "users": users.ids,
            "partners": users.partner_id.ids,
            "agents": agent.ids,
            "sheets": sheet.ids,
            "lines": sheet.line_ids.ids,
            "missions": mission.ids,
            "requests": request.ids,
            "mandates": mandates.ids,
            "tariffs": tariff.ids,
        }

    def _clean(self):
        """By SQL: users may delete none of this."""
        made, self.made = self.made, {}
        keys = {
            "commune_mandate": ("id", "mandates"),
            "commune_replacement_tariff": ("id", "tariffs"),
            "commune_replacement_request": ("id", "requests"),
            "commune_replacement_mission": ("id", "missions"),
            "commune_replacement_timesheet": ("id", "sheets"),
            "commune_replacement_timesheet_line": ("sheet_id", "sheets"),
            "commune_replacement_timesheet_log": ("sheet_id", "sheets"),
            "commune_replacement_slot": ("request_id", "requests"),
            "commune_replacement_statement": ("commune_id", "communes"),
            "commune_replacement_statement_line": ("mission_id", "missions"),
        }

        def remove(env):
            for table in TABLES:
                column, name = keys.get(table, ("mission_id", "missions"))
                query = SQL(
                    "DELETE FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    made[name],
                )
                env.cr.execute(query)
            env["hr.employee"].browse(made["agents"]).unlink()
            env["res.users"].browse(made["users"]).unlink()
            env["res.partner"].browse(made["partners"]).exists().unlink()
            place = env["res.partner"].browse(made["communes"])
            # A commune is never deleted: this one has never been one.
            place.is_commune = False
            place.unlink()

        if made:
            self._in_transaction(remove)

    def _race(self, works):
        """Each thread reads, waits for the other, then works: (refusals, errors)."""
        barrier = threading.Barrier(2, timeout=20)
        refusals, errors = [], []

        def run(number):
            attempts = []

            def work(env):
                sheet = env["commune.replacement.timesheet"].browse(self.made["sheets"])
                self.assertTrue(sheet.sudo().mapped("state"))  # takes the snapshot
                if not attempts:
                    attempts.append(1)
                    barrier.wait()
                works[number][1](env)

            try:
                self._in_transaction(work, works[number][0])
            except UserError as refusal:
                refusals.append(str(refusal))
            except Exception as error:  # the thread passes it on to the test
                errors.append(error)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
        # The server holds the lock of the registry while it runs the tests.
        with release_test_lock(), patch.object(Registry, "_lock", DummyRLock()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(50)
        return refusals, errors

    @mute_logger("odoo.sql_db")
    def test_two_signatures_at_once(self):
        self._in_transaction(self._prepare)

        def sign(env):
            sheet = env["commune.replacement.timesheet"].browse(self.made["sheets"])
            decisions = dict.fromkeys(self.made["lines"], False)
            sheet._decide(decisions, env.user.name, sheet.sudo()._get_shown_print())

        refusals, errors = self._race([(uid, sign) for uid in self.made["users"]])
        self.assertEqual(errors, [])
        self.assertEqual(len(refusals), 1)
        name, state, logs = self._in_transaction(
            lambda env: (
                env["commune.replacement.timesheet"].browse(self.made["sheets"]).sign_name,
                env["commune.replacement.timesheet"].browse(self.made["sheets"]).state,
                env["commune.replacement.timesheet.log"].search_count(
                    [("sheet_id", "in", self.made["sheets"]), ("action", "=", "validated")]
                ),
            )
        )
        self.assertEqual((state, logs), ("validated", 1))
        self.assertIn(name, refusals[0])

    def _prepare_afternoon(self, env):
        """The same agent, for the same day, in a second mission."""
        request = env["commune.replacement.request"].create(
            {
                "commune_id": self.made["communes"][0],
                "post": "Régie",
                "date_start": MONDAY,
                "date_end": MONDAY,
                "mon_pm": True,
            }
        )
        mission = env["commune.replacement.mission"].create(
            {"request_id": request.id, "employee_id": self.made["agents"][0]}
        )
        sheet = env["commune.replacement.timesheet"].create(
            {"mission_id": mission.id, "week_start": MONDAY}
        )
        for name, record in (("requests", request), ("missions", mission), ("sheets", sheet)):
            self.made[name] += record.ids

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_hours_typed_at_once_hold_the_limit_of_a_day_together(self):
        """Four hours are there; five and a half more make nine and a half, one and a half more
        five and a half, both eleven: an agent works ten at most (decree 2000-815, article 3)."""
        self._in_transaction(self._prepare)
        self._in_transaction(self._prepare_afternoon)

        def add(number, half_day, start, end):
            values = {"date": MONDAY, "half_day": half_day, "hour_start": start, "hour_end": end}

            def work(env):
                sheet = self.made["sheets"][number]
                env["commune.replacement.timesheet.line"].create({"sheet_id": sheet, **values})

            return SUPERUSER_ID, work

        refusals, errors = self._race([add(0, "pm_evening", 18, 19.5), add(1, "pm", 12.5, 18)])
        self.assertEqual(errors, [])
        self.assertEqual(len(refusals), 1)
        hours = self._in_transaction(
            lambda env: sum(
                env["commune.replacement.timesheet"]
                .browse(self.made["sheets"])
                .line_ids.mapped("hours")
            )
        )
        self.assertIn(hours, (5.5, 9.5))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_statements_at_once_bill_once(self):
        self._in_transaction(self._prepare)

        def check(env):
            sheet = env["commune.replacement.timesheet"].browse(self.made["sheets"])
            sheet.line_ids.write({"state": "validated", "is_checked": True})
            sheet.write({"state": "checked", "checked_date": "2026-11-10 08:00:00"})

        self._in_transaction(check)

        def prepare(env):
            env["commune.replacement.statement"]._prepare_statements(
                date(2026, 11, 1),
                date(2026, 11, 30),
                env["res.partner"].browse(self.made["communes"]),
            )

        refusals, errors = self._race([(SUPERUSER_ID, prepare)] * 2)
        self.assertEqual((errors, len(refusals)), ([], 1))
        total = self._in_transaction(
            lambda env: (
                env["commune.replacement.statement"]
                .search([("commune_id", "in", self.made["communes"])])
                .mapped("amount_total")
            )
        )
        self.assertEqual(total, [108.0])

    def _at_once(self, *works):
        """Both are done, one after the other."""
        refusals, errors = self._race([(SUPERUSER_ID, work) for work in works])
        self.assertEqual((refusals, errors), ([], []))

    def _read_versions(self, name):
        return self._in_transaction(
            lambda env: sorted(
                env["commune.replacement.mission"]
                .browse(self.made["missions"])
                .amendment_ids.mapped(name)
            )
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_changes_of_a_mission_at_once_are_two_versions(self):
        self._in_transaction(self._prepare)

        def change(env):
            mission = env["commune.replacement.mission"].browse(self.made["missions"])
            mission._open_version("days", date(2026, 11, 2), "Course")

        self._at_once(change, change)
        self.assertEqual(self._read_versions("number"), [1, 2])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_orders_of_a_mission_at_once_have_two_numbers(self):
        self._in_transaction(self._prepare)

        def prepare(env):
            mission = env["commune.replacement.mission"].browse(self.made["missions"])
            for _version in range(2):
                mission._open_version("days", date(2026, 11, 2), "Course")

        def order(rank):
            def work(env):
                mission = env["commune.replacement.mission"].browse(self.made["missions"])
                mission.amendment_ids.sorted("number")[rank]._issue_order({}, [MONDAY])

            return work

        self._in_transaction(prepare)
        reports = self.env.registry["ir.actions.report"]
        drawn = patch.object(reports, "_render_qweb_pdf", lambda *args: (b"%PDF", "pdf"))
        with drawn:
            self._at_once(order(0), order(1))
        self.assertEqual(self._read_versions("order_number"), [1, 2])
