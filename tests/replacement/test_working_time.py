"""Hours of one agent over all the communes: never at once, never beyond the rules."""

import importlib.util
from datetime import timedelta
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .hours_case import HoursCase
from .replacement_case import MONDAY

SCRIPTS = Path(__file__).parents[2] / "migrations" / "19.0.2.0.0"


@tagged("post_install", "-at_install")
class TestWorkingTime(HoursCase):
    """Nadia in Aubrive on Monday mornings, in Bellefontaine on Monday afternoons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._agree(cls.commune_b)
        cls.first = cls._mission(cls, tue_am=False)
        cls.second = cls._mission(
            cls, commune=cls.commune_b, mon_am=False, tue_am=False, mon_pm=True
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _type(self, mission, start, end, monday=MONDAY):
        """The agent saves the only half-day of a week, in a request of its own."""
        sheets = self.sheets.with_user(self.agent_user)
        entries = sheets._get_entries(mission, monday)
        for entry in entries:
            entry.update(start=start, end=end, answer="")
        with self.env.cr.savepoint():
            sheet = sheets._save_entries(mission, monday, entries)
        self.env.flush_all()
        self.env.invalidate_all()
        return sheet.with_context(lang="fr_FR").sudo(False).with_env(self.env)

    def _migrate(self, name):
        spec = importlib.util.spec_from_file_location("known_overlaps", SCRIPTS / name)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.18.0")
        self.env.invalidate_all()

    def _refuse(self, *parts, work):
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            work()
        for part in parts:
            self.assertIn(part, str(caught.exception).replace("\xa0", " "))

    def _make_known_overlap(self):
        """Hours of two communes that stood before the rule, signed by both."""
        sheets = [self._type(self.first, 8.5, 12), self._type(self.second, 13.5, 17)]
        for sheet in sheets:
            sheet.sudo()._submit(self.agent_user.partner_id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_replacement_timesheet_line SET has_known_overlap = TRUE,"
            " hour_start = CASE WHEN sheet_id = %s THEN 11 ELSE 8.5 END,"
            " hour_end = CASE WHEN sheet_id = %s THEN 14.5 ELSE 12 END WHERE id IN %s",
            [sheets[1].id, sheets[1].id, tuple((sheets[0] | sheets[1]).line_ids.ids)],
        )
        self.env.invalidate_all()
        for sheet, mayor in zip(sheets, (self.portal_a, self.portal_b), strict=True):
            self._sign(sheet, user=mayor)
        return sheets

    def test_two_communes_at_once_are_refused_when_typed(self):
        self._type(self.first, 8.5, 12)
        self._refuse(
            "Nadia",
            "lundi 11 janvier 2027",
            "Aubrive de 8 h 30 à 12 h",
            "Bellefontaine de 11 h à 15 h",
            work=lambda: self._type(self.second, 11, 15),
        )
        self.assertFalse(self.second.timesheet_ids.line_ids)

    def test_hours_of_the_day_are_those_of_all_the_communes(self):
        """4 h in the morning, 8.5 h until the evening: 12 h 30."""
        self._type(self.first, 8, 12)
        self._refuse(
            "12 h 30 de travail dans la journée (10 h au plus)",
            "Aubrive",
            "Bellefontaine",
            work=lambda: self._type(self.second, 12, 20.5),
        )
        self._type(self.second, 12, 18)

    def test_a_derogation_is_a_rule_with_its_source(self):
        self._type(self.first, 8, 12)
        rules = self.env["commune.work.rule"].search(
            [("code", "in", ("day_hours", "amplitude_hours", "rest_hours"))]
        )
        rules.filtered(lambda rule: rule.code == "day_hours").value = 12.5
        rules.filtered(lambda rule: rule.code == "amplitude_hours").value = 13
        self.assertEqual(self._type(self.second, 12, 20.5).hour_total, 8.5)

    def test_the_coordinator_is_held_by_the_same_rules(self):
        self._type(self.first, 8.5, 12)
        line = self._type(self.second, 13.5, 17).line_ids.with_user(self.coordinator)
        self._refuse("en même temps", work=lambda: line.write({"hour_start": 11}))
        lines = self.env["commune.replacement.timesheet.line"].with_user(self.coordinator)
        new = {"sheet_id": line.sheet_id.id, "date": MONDAY, "half_day": "am"}
        self._refuse(
            "en même temps", work=lambda: lines.create({**new, "hour_start": 8, "hour_end": 9})
        )

    def test_a_file_of_hours_is_held_by_the_same_rules(self):
        sheet = self._type(self.first, 8.5, 12)
        other = self._type(self.second, 13.5, 17)
        lines = self.env["commune.replacement.timesheet.line"].with_user(self.coordinator)
        result = lines.load(
            ["sheet_id/.id", "date", "half_day", "hour_start", "hour_end"],
            [[str(other.id), "2027-01-11", "am", "9", "10"]],
        )
        self.assertIn("en même temps", result["messages"][0]["message"])
        self.assertEqual(len((sheet | other).line_ids), 2)

    def test_postgresql_stops_a_write_by_another_way(self):
        self._type(self.first, 8.5, 12)
        line = self._type(self.second, 13.5, 17).line_ids
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE commune_replacement_timesheet_line SET hour_start = 11 WHERE id = %s",
                [line.id],
            )

    def test_what_was_left_out_holds_nobody(self):
        """Contested and dropped, the morning may be typed elsewhere; corrected again, it counts."""
        sheet = self._type(self.first, 8.5, 12)
        sheet.sudo()._submit(self.agent_user.partner_id)
        self._sign(sheet, {0: "Absente"})
        sheet.line_ids.with_user(self.coordinator).action_drop()
        self._type(self.second, 11, 15)
        line = sheet.line_ids.with_user(self.coordinator)
        self._refuse("en même temps", work=lambda: line.write({"hour_end": 11.5}))

    def test_an_answer_to_a_contest_is_judged(self):
        sheet = self._type(self.first, 8.5, 12)
        self._type(self.second, 13.5, 17)
        sheet.sudo()._submit(self.agent_user.partner_id)
        self._sign(sheet, {0: "Partie à 11 h"})
        self._refuse("en même temps", work=lambda: self._type(self.first, 8.5, 14))
        self.assertEqual(self._type(self.first, 8.5, 13.5).state, "submitted")

    def test_a_week_whose_half_days_all_move_is_saved(self):
        """Morning 8:30–12 and afternoon 13:30–17 become 10–14 and 15–18."""
        mission = self._mission(
            date_start=MONDAY + timedelta(days=2),
            date_end=MONDAY + timedelta(days=2),
            mon_am=False,
            tue_am=False,
            wed_am=True,
            wed_pm=True,
        )
        sheets = self.sheets.with_user(self.agent_user)
        sheets._save_entries(mission, MONDAY, sheets._get_entries(mission, MONDAY))
        self.env.flush_all()
        entries = sheets._get_entries(mission, MONDAY)
        for entry, hours in zip(entries, ((10, 14), (15, 18)), strict=True):
            entry["start"], entry["end"] = hours
        sheet = sheets._save_entries(mission, MONDAY, entries)
        self.assertEqual(sheet.line_ids.mapped("hour_start"), [10, 15])
        for entry, hours in zip(entries, ((10, 16), (15, 18)), strict=True):
            entry["start"], entry["end"] = hours
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            sheets._save_entries(mission, MONDAY, entries)

    def test_hours_that_overlapped_before_the_rule_are_not_checked(self):
        for sheet in self._make_known_overlap():
            self._refuse(
                "Aubrive de 8 h 30 à 12 h",
                "Bellefontaine de 11 h à 14 h 30",
                work=sheet.with_user(self.coordinator).action_check,
            )
            self.assertEqual(sheet.state, "validated")

    def test_a_correction_ends_an_overlap_of_before(self):
        first, second = self._make_known_overlap()
        line = second.line_ids.with_user(self.coordinator)
        line.hour_start = 11.5  # less, and still too much
        self.assertTrue(line.has_known_overlap)
        line.hour_start = 12
        self.assertFalse(line.has_known_overlap)
        self._sign(second, user=self.portal_b)
        (first | second).with_user(self.coordinator).action_check()
        self.assertFalse(first.line_ids.has_known_overlap)

    def test_a_week_of_two_places_is_not_sent(self):
        first = self._type(self.first, 8.5, 12)
        second = self._type(self.second, 13.5, 17)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_replacement_timesheet_line"
            " SET has_known_overlap = TRUE, hour_start = 11, hour_end = 14.5 WHERE id IN %s",
            [tuple(second.line_ids.ids)],
        )
        self.env.invalidate_all()
        send = first.with_user(self.agent_user).sudo()._submit
        self._refuse("en même temps", work=lambda: send(self.agent_user.partner_id))
        self.assertEqual(first.state, "draft")

    def test_what_was_checked_before_is_not_issued(self):
        first, second = self._make_known_overlap()
        lines = (first | second).line_ids
        lines.sudo().write({"is_checked": True})
        statements = self.statements._prepare_statements(MONDAY, MONDAY)
        statements.action_check()
        for statement in statements:
            self._refuse("en même temps", work=statement.with_user(self.coordinator).action_issue)
            self.assertEqual((statement.state, statement.name), ("checked", "/"))

    def test_an_update_marks_what_overlaps_and_notifies_who_follows_the_mission(self):
        """Two lines at once are marked; a third, dropped, and a separate fourth are not."""
        table = "commune_replacement_timesheet_line"
        first, second = self._make_known_overlap()
        third = self._type(self.first, 8.5, 12, MONDAY + timedelta(days=7))
        lines = (first | second | third).line_ids
        self.env.cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        self.env.cr.execute(f"UPDATE {table} SET has_known_overlap = NULL")
        self._migrate("pre-known_overlaps.py")
        self.assertEqual(lines.filtered("has_known_overlap"), (first | second).line_ids)
        constraint = type(lines)._table_objects[f"{table}_no_overlap"]
        constraint.apply_to_database(lines)  # it holds on what is there
        self._migrate("post-known_overlaps.py")
        for sheet in first | second:
            self.assertEqual(sheet.activity_ids.user_id, sheet.mission_id.user_id)
            for part in ("Nadia", "11 janvier 2027", "Aubrive", "Bellefontaine", "8 h 30"):
                self.assertIn(part, sheet.activity_ids.note.replace("\xa0", " "))
        self.assertFalse(third.activity_ids)

    def test_rest_between_two_communes(self):
        """Until 22:00 in Aubrive on Monday; Tuesday at 8:30 in Bellefontaine is too early."""
        third = self._mission(
            commune=self.commune_b, mon_am=False, date_end=MONDAY + timedelta(days=1)
        )
        self._type(third, 8.5, 12)
        self._refuse("10 h 30 de repos", work=lambda: self._type(self.first, 18, 22))
        self._type(self.first, 18, 21.5)
