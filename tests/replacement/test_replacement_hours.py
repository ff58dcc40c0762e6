from datetime import date, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .hours_case import HoursCase, sign_hours
from .replacement_case import MONDAY


@tagged("post_install", "-at_install")
class TestReplacementHours(HoursCase):
    def test_the_week_is_there_before_the_agent_writes_it(self):
        """Half-days of the mission, hours of the settings, 20 km once a day."""
        mission = self._mission()
        entries = self.sheets.with_user(self.agent_user)._get_entries(mission, MONDAY)
        self.assertEqual(
            [(str(e["date"]), e["half_day"], e["start"], e["end"], e["km"]) for e in entries],
            [("2027-01-11", "am", 8.5, 12, 20), ("2027-01-12", "am", 8.5, 12, 20)],
        )
        self.assertEqual(entries[0]["task"], "Secrétaire de mairie")

    def test_the_way_there_and_back_counts_once_a_day(self):
        mission = self._mission(mon_pm=True)
        entries = self.sheets._get_entries(mission, MONDAY)
        self.assertEqual([e["km"] for e in entries], [20, 0, 20])

    def test_from_the_agent_to_the_commune_to_the_service(self):
        sheet = self._sheet()
        self.assertEqual((sheet.state, sheet.hour_total, sheet.km_total), ("submitted", 7, 40))
        self._sign(sheet)
        self.assertEqual((sheet.state, sheet.sign_name), ("validated", "Anne AUBRY"))
        self.assertEqual(sheet.sign_partner_id, self.portal_a.partner_id)
        self.assertEqual(len(sheet.sign_hash), 64)
        sheet.with_user(self.coordinator).action_check()
        self.assertEqual((sheet.state, sheet.checked_by_id), ("checked", self.coordinator))

    def test_hours_are_rounded_to_the_hundredth(self):
        """8:30 to 11:50 is 3 h 20: 3.33 h."""
        sheet = self._sheet(submit=False)
        sheet.line_ids[0].hour_end = 11 + 50 / 60
        self.assertEqual(sheet.line_ids[0].hours, 3.33)

    def test_what_is_not_worked_yet_is_not_sent(self):
        """The rule of service rendered: Tuesday 12 January is to come on the 11th."""
        with patch.object(type(self.sheets), "_get_today", lambda self: MONDAY):
            with self.assertRaises(UserError):
                self._sheet()

    def _on(self, day):
        return patch.object(type(self.sheets), "_get_today", lambda self: day)

    def test_a_week_is_written_as_it_is_worked(self):
        """Monday and Tuesday mornings: on Monday the first is written, on Tuesday the second is
        there, to be kept, and what was not kept on Monday is not."""
        mission = self._mission(mon_pm=True)
        sheets = self.sheets.with_user(self.agent_user)
        with self._on(MONDAY):
            entries = sheets._get_entries(mission, MONDAY)
            self.assertEqual(
                [(e["date"], e["half_day"]) for e in entries], [(MONDAY, "am"), (MONDAY, "pm")]
            )
            entries[1]["worked"] = False
            sheet = sheets._save_entries(mission, MONDAY, entries)
            with self.assertRaisesRegex(UserError, "12 janvier 2027.*still to come"):
                sheet._submit(self.agent_user.partner_id)
        entries = sheets._get_entries(mission, MONDAY)
        self.assertEqual([e["worked"] for e in entries], [True, False, True])
        sheet = sheets._save_entries(mission, MONDAY, entries)
        sheet._submit(self.agent_user.partner_id)
        self.assertEqual(sheet.line_ids.mapped("date"), [MONDAY, MONDAY + timedelta(days=1)])

    def test_nobody_writes_hours_to_come(self):
        mission = self._mission()
        entries = self.sheets._get_entries(mission, MONDAY)
        sheets = self.sheets.with_user(self.agent_user)
        with self._on(MONDAY - timedelta(days=1)):
            self.assertEqual(sheets._get_entries(mission, MONDAY), [])
            with self.assertRaisesRegex(ValidationError, "to come"), self.cr.savepoint():
                sheets._save_entries(mission, MONDAY, entries)
        with self._on(MONDAY):
            sheet = sheets._save_entries(mission, MONDAY, entries[:1]).with_user(self.coordinator)
            typed = {"hour_start": 8, "hour_end": 9, "half_day": "pm", "sheet_id": sheet.id}
            with self.assertRaisesRegex(ValidationError, "to come"), self.cr.savepoint():
                sheet.line_ids.create({**typed, "date": MONDAY + timedelta(days=1)})
            with self.assertRaisesRegex(ValidationError, "to come"), self.cr.savepoint():
                sheet.line_ids.date = MONDAY + timedelta(days=1)

    def test_hours_are_in_the_weeks_of_the_mission(self):
        """Two weeks from Monday 11 January; a Saturday that nobody planned is theirs, a Monday
        before or after is not."""
        mission = self._mission(date_start=MONDAY, date_end=MONDAY + timedelta(days=8))
        sheets = self.sheets.with_user(self.agent_user)
        (entry, *_others) = self.sheets._get_entries(mission, MONDAY)

        def write(day):
            monday = day - timedelta(days=day.weekday())
            return sheets._save_entries(mission, monday, [{**entry, "date": day}])

        for days in (-7, -1, 14):
            with self.subTest(days=days), self.cr.savepoint():
                with self.assertRaisesRegex(
                    ValidationError, "from lundi 11 janvier 2027 to mardi 19"
                ):
                    write(MONDAY + timedelta(days=days))
        for days in (5, 13):
            self.assertEqual(write(MONDAY + timedelta(days=days)).hour_total, 3.5)

    def test_a_contested_line_waits_and_the_others_do_not(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        self.assertEqual(sheet.state, "contested")
        self.assertEqual(sheet.line_ids.mapped("state"), ["validated", "contested"])
        self.assertEqual(sheet.activity_ids.user_id, sheet.mission_id.user_id)
        statement = self._billed(sheet)
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[0])
        self.assertEqual(statement.amount_total, 100.9)

    def _answer(self, sheet, **values):
        """The agent corrects or answers the second half-day, which the commune contests."""
        entries = self.sheets._get_entries(sheet.mission_id, MONDAY)
        entries[1].update(values)
        self.sheets.with_user(self.agent_user)._save_entries(sheet.mission_id, MONDAY, entries)

    def test_drops_too_small_to_see_do_not_carry_signed_hours_away(self):
        """Each is below the smallest visible difference; all together would make half an hour."""
        sheet = self._sheet()
        self._sign(sheet)
        line = sheet.line_ids[0]
        for _drop in range(600):
            line.hour_end += 0.0009
        self.assertEqual((line.hour_end, line.hours, line.state), (12, 3.5, "validated"))
        line.write({"hour_end": 12.0009, "answer_note": "Vu"})
        self.assertEqual((line.hour_end, line.answer_note), (12, "Vu"))

    def test_what_the_mission_asked_for_is_not_written_by_hand(self):
        line = self._sheet().line_ids[0].with_user(self.coordinator)
        with self.assertRaises(UserError):
            line.is_planned = False
        self.assertTrue(line.is_planned)

    def test_an_answer_does_not_take_the_other_lines_out_of_the_statement(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        statement = self._billed(sheet)
        for values in ({"answer": "Partie à 12 h"}, {"end": 11.5}):
            with self.subTest(values):
                self._answer(sheet, **values)
                self.assertEqual(sheet.state, "submitted")
                statement.action_refresh()
                self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[0])
                self.assertIn("new answer", statement._describe_contested())
                self._sign(sheet, {0: "Non"})
        self._answer(sheet, end=11)
        self._sign(sheet)
        # What the commune has just agreed to waits for the service.
        statement.action_refresh()
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[0])
        self.assertFalse(statement._describe_contested() or sheet.checked_date)
        sheet.action_check()
        statement.action_refresh()
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids)

    def test_an_answer_before_the_check_holds_nothing_back(self):
        """The commune decides on a line again; the service checks the others meanwhile."""
        sheet = self._sheet()
        with self.assertRaises(UserError):
            sheet.action_check()  # nothing was validated
        self._sign(sheet, {1: "Partie à 11 h"})
        self._answer(sheet, end=11.5)
        self.assertTrue(sheet.has_to_check)
        statement = self._billed(sheet)
        self.assertEqual(sheet.state, "submitted")
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[0])
        with self.assertRaises(UserError):
            sheet.action_check()
        self._sign(sheet)
        # What it has just agreed to is checked in its turn.
        self.assertEqual((sheet.state, sheet.checked_date), ("validated", False))
        sheet.action_check()
        self.assertEqual(sheet.state, "checked")
        statement.action_refresh()
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids)

    def test_what_the_commune_agreed_to_and_was_changed_is_not_checked(self):
        """By another way than our own actions, which ask the commune again."""
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_replacement_timesheet_line SET km = 99 WHERE id = %s",
            [sheet.line_ids[0].id],
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            sheet.action_check()

    def test_a_signature_of_before_stays_good(self):
        """Until 19.0.1.17.0 the fingerprint was taken over the lines that are contested too."""
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        sheet.sudo().sign_hash = sheet.sudo()._get_former_fingerprint()
        self.assertNotEqual(sheet.sign_hash, sheet.sudo()._get_fingerprint())
        sheet.action_check()
        self.assertTrue(sheet.checked_date)

    def test_an_answer_that_convinces_waits_for_the_service(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        statement = self._billed(sheet)
        self._answer(sheet, answer="Partie à 12 h")
        self.assertEqual(sheet.line_ids[1].agent_note, "Partie à 12 h")
        self._sign(sheet)
        statement.action_refresh()
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[0])

    def test_a_contested_line_that_is_left_as_it_was_stays_contested(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        self._answer(sheet)
        self.assertEqual((sheet.state, sheet.line_ids[1].state), ("contested", "contested"))
        self.assertNotIn("answered", sheet.log_ids.mapped("action"))

    def test_checks_and_answers_are_not_written_by_hand(self):
        sheet = self._sheet()
        for values in ({"is_checked": True}, {"agent_note": "Partie à 12 h"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                sheet.line_ids[0].with_user(self.coordinator).write(values)

    def test_a_statement_shows_what_its_own_commune_contests_in_its_own_period(self):
        sheet = self._sheet()
        self._sign(sheet, {0: "Absente", 1: "Absente"})
        statement = self.statements.create(
            {"commune_id": self.commune_a.id, "date_start": MONDAY, "date_end": MONDAY}
        )
        first = sheet.line_ids[0]._describe_sum()
        self.assertIn(f"not billed: {first}.", statement._describe_contested())
        values = {"date_start": MONDAY, "date_end": MONDAY}
        for other in (
            {"commune_id": self.commune_b.id},
            {"commune_id": self.commune_a.id, "kind": "cancelling"},
        ):
            sentence = self.statements.new({**values, **other})._describe_contested()
            self.assertEqual(sentence, "", other)

    def test_the_agent_reads_a_total_without_what_was_left_out(self):
        sheet = self._sheet(self._mission(mon_pm=True))
        self._sign(sheet, {1: "Absente", 2: "Partie à 11 h"})
        sheet.line_ids[1].action_drop()
        kept = sheet.line_ids[0] | sheet.line_ids[2]
        agent = self.nadia.with_context(contested_sheet=sheet.id)
        self.assertIn(f"out of {kept._describe_sum()},", agent._describe_contested())

    def test_a_line_left_out_after_the_statement_leaves_the_week_billed(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Absente"})
        statement = self._billed(sheet)
        statement.action_check()
        statement.with_user(self.coordinator).action_issue()
        sheet.line_ids[1].with_user(self.coordinator).action_drop()
        self.assertEqual(sheet.state, "billed")

    def test_a_line_that_was_checked_and_corrected_is_checked_again(self):
        sheet = self._sheet()
        self._sign(sheet)
        sheet.action_check()
        sheet.line_ids[0].hour_end = 11
        self.assertEqual(sheet.line_ids.mapped("is_checked"), [False, True])
        self._sign(sheet)
        statement = self.statements._prepare_statements(date(2027, 1, 1), date(2027, 1, 31))
        self.assertEqual(statement.line_ids.timesheet_line_id, sheet.line_ids[1])

    def test_a_total_says_what_is_contested_then_what_waits(self):
        sheet = self._sheet()
        self.assertFalse(sheet._describe_contested_totals())
        self._sign(sheet, {1: "Partie à 11 h"})
        line = sheet.line_ids[1]
        self.assertIn("and 20 km", line._describe_sum())
        self.assertIn(f"{line._describe_sum()} of them contested", sheet._describe_total())
        self._answer(sheet, end=15)
        self.assertIn(f"{line._describe_sum()} of them waiting", sheet._describe_total())
        self.assertNotIn("contested", sheet._describe_total())
        line.km = 0
        self._sign(sheet, {0: "Non"})
        self.assertNotIn("km", sheet._describe_contested_totals())

    def test_the_commune_reads_the_hours_before_their_correction(self):
        sheet = self._sheet()
        sheet.line_ids[1].hour_end = 11.5  # it has decided on nothing yet
        self.assertFalse(sheet.line_ids[1]._describe_former())
        self._sign(sheet, {1: "Partie à 11 h"})
        line = sheet.line_ids[1]
        former = line._describe_figures()
        self._answer(sheet, end=15, answer="Partie à 15 h")
        line.hour_end = 14
        self.assertEqual(line._describe_former(), former)
        self.assertFalse(sheet.line_ids[0]._describe_former())
        self._sign(sheet, {0: "Non"})
        self._answer(sheet, answer="Si")
        self.assertFalse(line._describe_former())

    def test_the_correction_of_a_half_day_is_not_reported_of_another(self):
        sheet = self._sheet()
        self._sign(sheet, {0: "Non", 1: "Non"})
        first, second = sheet.line_ids
        second.hour_end = 11
        first.sudo().state = "entered"  # as after an answer
        self.assertTrue(second._describe_former())
        self.assertFalse(first._describe_former())

    def test_a_correction_is_traced_and_signed_again(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        line = sheet.line_ids[1]
        line.with_user(self.coordinator).hour_end = 11
        log = sheet.log_ids.filtered(lambda entry: entry.action == "corrected")
        self.assertEqual(log.author_id, self.coordinator.partner_id)
        self.assertNotEqual(log.before, log.after)
        self.assertEqual((sheet.state, line.state), ("submitted", "entered"))
        first = sheet.sign_hash
        self._sign(sheet)
        self.assertEqual(sheet.state, "validated")
        self.assertNotEqual(sheet.sign_hash, first)

    def test_the_agent_corrects_what_is_contested_and_nothing_else(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        entries = self.sheets._get_entries(sheet.mission_id, MONDAY)
        self.assertEqual([e["editable"] for e in entries], [False, True])
        for entry in entries:
            entry["end"] = 11
        self.sheets.with_user(self.agent_user)._save_entries(sheet.mission_id, MONDAY, entries)
        self.assertEqual(sheet.line_ids.mapped("hour_end"), [12, 11])
        self.assertEqual(sheet.state, "submitted")

    def test_a_line_left_out_ends_the_dispute(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Absente"})
        sheet.line_ids[1].with_user(self.coordinator).action_drop()
        self.assertEqual((sheet.state, sheet.hour_total), ("validated", 3.5))
        sheet.action_check()
        self.assertEqual(sheet.state, "checked")
        with self.assertRaises(UserError):
            sheet.line_ids[0].action_drop()

    def test_a_line_left_out_after_the_check_asks_for_no_other(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Absente"})
        sheet.action_check()
        sheet.line_ids[1].with_user(self.coordinator).action_drop()
        self.assertEqual(sheet.state, "checked")

    def test_the_trace_is_never_changed(self):
        log = self._sheet().log_ids
        with self.assertRaises(UserError):
            log.write({"note": "x"})
        with self.assertRaises(UserError):
            log.unlink()

    def test_a_coordinator_does_not_sign_for_the_commune(self):
        sheet = self._sheet().with_user(self.coordinator)
        for record, values in (
            (sheet, {"state": "validated"}),
            (sheet.line_ids, {"state": "validated"}),
            (sheet, {"sign_name": "Anne AUBRY"}),
        ):
            with self.assertRaises(UserError):
                record.write(values)

    def test_hours_changed_behind_the_signature_are_not_checked(self):
        """An hour more, then 20 km more a day, written in the database itself."""
        sheet = self._sheet()
        self._sign(sheet)
        for change in ("hour_end = hour_end + 1", "km = km + 20"):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    f"UPDATE commune_replacement_timesheet_line SET {change} WHERE sheet_id = %s",
                    [sheet.id],
                )
                self.env.invalidate_all()
                with self.assertRaisesRegex(UserError, "no longer those that were signed"):
                    sheet.with_user(self.coordinator).action_check()
                savepoint.rollback()
        sheet.with_user(self.coordinator).action_check()
        self.assertEqual(sheet.state, "checked")

    def test_who_signs(self):
        sheet = self._sheet()
        for user in (self.portal_a_limited, self.portal_b, self.portal_ended, self.agent_user):
            with self.assertRaises(AccessError):
                self._sign(sheet, user=user)
        self._sign(sheet, user=self.portal_both, name="Sophie COLIN")
        with self.assertRaisesRegex(UserError, "Sophie COLIN"):
            self._sign(sheet)

    def test_a_signature_needs_a_name_and_every_line(self):
        sheet = self._sheet()
        with self.assertRaises(UserError):
            self._sign(sheet, name=" ")
        with self.assertRaises(UserError):
            sign_hours(sheet, self.portal_a, {sheet.line_ids[0].id: False})
        with self.assertRaises(UserError):
            self._sign(sheet, {0: "   "})
        self.assertEqual(sheet.state, "submitted")

    def test_one_sheet_for_a_mission_and_a_week(self):
        sheet = self._sheet(submit=False)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            sheet.create({"mission_id": sheet.mission_id.id, "week_start": MONDAY})
            self.env.flush_all()

    def test_the_afternoon_does_not_start_before_the_morning_ends(self):
        sheet = self._sheet(self._mission(mon_pm=True), submit=False)
        with self.assertRaises(ValidationError):
            sheet.line_ids[0].hour_end = 14

    def test_an_agent_sees_only_his_own_missions(self):
        mission = self._mission()
        sheet = self._sheet(mission)
        for user, seen in ((self.agent_user, True), (self.karim_user, False)):
            for record in (mission, mission.slot_ids[0], sheet, sheet.line_ids[0]):
                self.assertEqual(record.with_user(user).has_access("read"), seen)
                self.assertFalse(record.with_user(user).has_access("write"))

    def test_an_internal_account_does_not_see_more(self):
        sheet = self._sheet()
        self.nadia.user_id = self.employee
        self.assertTrue(sheet.with_user(self.employee).has_access("read"))
        self.karim.user_id = self.employee.copy({"login": "test_other_employee"})
        self.assertFalse(sheet.with_user(self.karim.user_id).has_access("read"))

    def test_weeks_to_write_come_first(self):
        mission = self._mission()
        self._sheet(mission)
        weeks = self.sheets.with_user(self.agent_user)._get_agent_weeks()
        self.assertEqual([day for _m, day, _s in weeks], [date(2027, 1, 18), MONDAY])

    def test_the_coordinator_opens_an_account_for_an_agent(self):
        agent = self._agent("A20", "Lina T.", "C", "titulaire", {"ACC": 2})
        agent.with_user(self.coordinator).action_open_agent_access()
        self.assertEqual(agent.user_id.login, "a20@pool.example")
        self.assertTrue(agent.user_id.share)
        with self.assertRaises(UserError):
            agent.action_open_agent_access()
