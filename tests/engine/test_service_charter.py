"""Working days and promised dates, worked out on a calendar."""

import unittest
from datetime import date

from engine.calendar import Milestone, Pause, WorkingDays, clock, public_holidays
from engine.calendar.holidays import good_friday_of
from engine.calendar.school import school_zone

MOSELLE = WorkingDays(holidays=lambda year: public_holidays("57", [year]))
FRANCE = WorkingDays(holidays=lambda year: public_holidays("75", [year]))


class TestHolidays(unittest.TestCase):
    def test_moselle_has_saint_stephen_s_day(self):
        self.assertIn(date(2025, 12, 26), public_holidays("57", [2025]))
        self.assertNotIn(date(2025, 12, 26), public_holidays("54", [2025]))

    def test_alsace_follows_the_same_law(self):
        for department in ("67", "68"):
            self.assertIn(date(2025, 12, 26), public_holidays(department, [2025]))

    def test_good_friday_depends_on_the_place(self):
        # Easter is on 5 April in 2026.
        self.assertEqual(good_friday_of(2026), date(2026, 4, 3))
        self.assertNotIn(date(2026, 4, 3), public_holidays("57", [2026]))
        self.assertIn(date(2026, 4, 3), public_holidays("57", [2026], good_friday=True))

    def test_a_year_without_known_easter_has_no_good_friday(self):
        self.assertEqual(good_friday_of(2500), date(2500, 4, 16))
        self.assertEqual(good_friday_of(1583).year, 1583)
        self.assertEqual(good_friday_of(4099).year, 4099)
        for year in (1, 1582, 4100, 9999):
            self.assertIsNone(good_friday_of(year))
            for department in ("57", "75", "971"):
                self.assertIsInstance(public_holidays(department, [year]), set)

    def test_an_unknown_department_has_the_national_days(self):
        self.assertEqual(public_holidays("", [2026]), public_holidays("75", [2026]))
        self.assertEqual(len(public_holidays("", [2026])), 11)
        self.assertEqual(public_holidays("Zone A", [2026]), public_holidays("", [2026]))

    def test_overseas_departments_have_one_day_of_their_own(self):
        # Labour Code, art. L.3422-2: the abolition of slavery and nothing else; mid-Lent and Good
        # Friday are customs of the Antilles, that no law makes holidays.
        common = public_holidays("", [2026])
        for department, day in {
            "971": (5, 27),
            "972": (5, 22),
            "973": (6, 10),
            "974": (12, 20),
            "976": (4, 27),
            "977": (10, 9),
            "978": (5, 28),
        }.items():
            with self.subTest(department):
                own = public_holidays(department, [2026]) - common
                self.assertEqual(own, {date(2026, *day)})

    def test_pacific_collectivities_have_their_own_days(self):
        self.assertIn(date(2026, 9, 24), public_holidays("988", [2026]))
        self.assertIn(date(2026, 7, 29), public_holidays("986", [2026]))


class TestSchoolZones(unittest.TestCase):
    def test_the_zone_of_a_department(self):
        for department, zone in {
            "57": "B",
            "67": "B",
            "13": "B",
            "69": "A",
            "21": "A",
            "75": "C",
            "31": "C",
            "34": "C",
            "2A": "other",
            "974": "other",
            "": "other",
        }.items():
            with self.subTest(department):
                self.assertEqual(school_zone(department), zone)

    def test_each_department_of_the_mainland_has_one(self):
        codes = [f"{number:02}" for number in range(1, 96) if number != 20]
        self.assertEqual([code for code in codes if school_zone(code) == "other"], [])


class TestWorkingDays(unittest.TestCase):
    def test_the_day_of_arrival_does_not_count(self):
        # Monday 2 November 2026 + 5 working days = Monday 9.
        self.assertEqual(FRANCE.add(date(2026, 11, 2), 5), date(2026, 11, 9))

    def test_a_holiday_in_the_week_is_skipped(self):
        # Wednesday 11 November 2026 is a holiday.
        self.assertEqual(FRANCE.add(date(2026, 11, 9), 5), date(2026, 11, 17))

    def test_christmas_in_moselle(self):
        # 2025: Thursday 25 and Friday 26 December; 1 January 2026 is a Thursday.
        self.assertEqual(FRANCE.add(date(2025, 12, 24), 1), date(2025, 12, 26))
        self.assertEqual(MOSELLE.add(date(2025, 12, 24), 1), date(2025, 12, 29))
        self.assertEqual(MOSELLE.add(date(2025, 12, 23), 5), date(2026, 1, 2))

    def test_arrival_on_a_saturday_with_no_delay(self):
        self.assertEqual(FRANCE.add(date(2026, 11, 7), 0), date(2026, 11, 9))
        self.assertEqual(FRANCE.add(date(2026, 11, 6), 0), date(2026, 11, 6))

    def test_two_days_before(self):
        # Two working days before Monday 9 November 2026: Thursday 5.
        self.assertEqual(FRANCE.subtract(date(2026, 11, 9), 2), date(2026, 11, 5))

    def test_count_leaves_out_the_first_day(self):
        self.assertEqual(FRANCE.count(date(2026, 11, 2), date(2026, 11, 9)), 5)
        self.assertEqual(FRANCE.count(date(2026, 11, 9), date(2026, 11, 2)), 0)

    def test_a_service_that_never_works_still_gives_a_date(self):
        never = WorkingDays(holidays=lambda year: [date.fromordinal(n) for n in _days(year)])
        self.assertEqual(never.add(date(2026, 1, 1), 3), date(2026, 1, 4))
        self.assertEqual(never.subtract(date(2026, 1, 4), 3), date(2026, 1, 1))

    def test_no_weekday_is_read_as_monday_to_friday(self):
        self.assertEqual(WorkingDays(frozenset()).add(date(2026, 11, 6), 1), date(2026, 11, 9))


class TestClock(unittest.TestCase):
    def test_kept_late_and_passed(self):
        start = date(2026, 11, 2)  # Monday; five working days later: Monday 9
        for reached, today, state in [
            (date(2026, 11, 9), date(2026, 11, 20), "accomplished"),
            (date(2026, 11, 10), date(2026, 11, 20), "expired"),
            (None, date(2026, 11, 9), "in_progress"),
            (None, date(2026, 11, 10), "expired"),
        ]:
            with self.subTest(reached=reached, today=today):
                found = clock(Milestone(5, reached), start, FRANCE, today=today)
                self.assertEqual(found.deadline, date(2026, 11, 9))
                self.assertEqual(found.state, state)

    def test_waiting_for_the_commune_pushes_the_date_back(self):
        # Asked on Tuesday 3, answered on Thursday 5: two working days more.
        pauses = [Pause(date(2026, 11, 3), date(2026, 11, 5))]
        found = clock(
            Milestone(5), date(2026, 11, 2), FRANCE, today=date(2026, 11, 6), pauses=pauses
        )
        self.assertEqual(found.deadline, date(2026, 11, 12))
        self.assertEqual(found.state, "in_progress")

    def test_while_waiting_nobody_is_late(self):
        pauses = [Pause(date(2026, 11, 3))]
        found = clock(
            Milestone(1), date(2026, 11, 2), FRANCE, today=date(2026, 11, 20), pauses=pauses
        )
        self.assertEqual(found.state, "on_hold")

    def test_a_pause_after_the_answer_changes_nothing(self):
        pauses = [Pause(date(2026, 11, 10), date(2026, 11, 20))]
        found = clock(
            Milestone(5, date(2026, 11, 6)),
            date(2026, 11, 2),
            FRANCE,
            today=date(2026, 11, 20),
            pauses=pauses,
        )
        self.assertEqual(found.deadline, date(2026, 11, 9))

    def test_a_reopened_request_has_time_again(self):
        # Reopened on Monday 30 November 2026, five days: Monday 7 December.
        found = clock(
            Milestone(5),
            date(2026, 11, 2),
            FRANCE,
            today=date(2026, 11, 30),
            reopened=date(2026, 11, 30),
            reopening_days=5,
        )
        self.assertEqual(found.deadline, date(2026, 12, 7))
        self.assertEqual(found.state, "in_progress")

    def test_without_days_of_its_own_a_reopening_asks_for_the_day_itself(self):
        start, reopened = date(2026, 11, 2), date(2026, 11, 9)
        found = clock(Milestone(1), start, FRANCE, today=reopened, reopened=reopened)
        self.assertEqual((found.deadline, found.state), (reopened, "in_progress"))

    def test_a_reopening_never_shortens_the_promise(self):
        found = clock(
            Milestone(15),
            date(2026, 11, 2),
            FRANCE,
            today=date(2026, 11, 3),
            reopened=date(2026, 11, 3),
            reopening_days=5,
        )
        # 15 working days after 2 November, 11 November off: 24 November.
        self.assertEqual(found.deadline, date(2026, 11, 24))

    def test_a_cancelled_request_is_promised_nothing(self):
        found = clock(
            Milestone(5), date(2026, 11, 2), FRANCE, today=date(2026, 12, 1), excluded=True
        )
        self.assertEqual((found.deadline, found.state), (None, "excluded"))


def _days(year):
    return range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())


if __name__ == "__main__":
    unittest.main()
