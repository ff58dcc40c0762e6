"""On the bound itself: the last day, the exact hour, the exact kilometre; then one step further."""

import unittest
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from staffing_cases import agent, am, days, given, pm, problem, request

from engine.billing import (
    NoTariff,
    Removed,
    Tariff,
    cancelled_half_days,
    early_end_half_days,
    tariff_of,
)
from engine.calendar.notice import NoticeRule, parse_rule
from engine.opendata.codes import insee_code, siret
from engine.opendata.dates import is_month_first, parse_date
from engine.opendata.fictitious import council_size
from engine.pricing import Price, forecast_cost
from engine.service_suggestion import Commune, Service, suggest
from engine.staffing import Absence, Limits, check

D = Decimal
MONDAY = datetime(2027, 1, 11, 8, 30, tzinfo=UTC)


class TestSiret(unittest.TestCase):
    def test_the_key_of_a_siret(self):
        """Luhn: 732 829 320 00074 is the example of INSEE; each other last digit is wrong."""
        for digit in range(10):
            wanted = "73282932000074" if digit == 4 else ""
            self.assertEqual(siret(f"732 829 320 0007{digit}"), wanted)
        for wrong in ("7328293200007", "732829320000740", "7328293200007A", "", "٧" * 14):
            self.assertEqual(siret(wrong), "")

    def test_la_poste_counts_otherwise(self):
        """A sum of digits that five divides: 14 + 31 = 45, then 46; its seat follows Luhn."""
        self.assertEqual(siret("35600000049837"), "35600000049837")
        self.assertEqual(siret("35600000049838"), "")
        self.assertEqual(siret("35600000000048"), "35600000000048")
        self.assertEqual(siret("35600100049837"), "")


class TestMoney(unittest.TestCase):
    def test_a_tariff_holds_on_its_first_and_on_its_last_day(self):
        year = Tariff("2027", date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual(tariff_of([year], date(2027, 1, 1), "C").key, "2027")
        self.assertEqual(tariff_of([year], date(2027, 12, 31), "C").key, "2027")
        for day in (date(2026, 12, 31), date(2028, 1, 1)):
            with self.assertRaises(NoTariff):
                tariff_of([year], day, "C")

    def test_cancelled_exactly_24_hours_before_is_in_time(self):
        tuesday = MONDAY + timedelta(days=1)

        def cancel(moment):
            removed = [Removed("mon", MONDAY, moment), Removed("tue", tuesday, moment)]
            return cancelled_half_days(removed, 1, 2)

        exactly = MONDAY - timedelta(hours=24)
        self.assertEqual(cancel(exactly), [])
        self.assertEqual(cancel(exactly + timedelta(minutes=1)), ["mon", "tue"])

    def test_the_first_half_day_shows_whether_it_is_late(self):
        """The second one is a week later: the first is cancelled the day before, so it is late."""
        noon = MONDAY - timedelta(hours=20)
        removed = [Removed("a", MONDAY + timedelta(days=7), noon), Removed("b", MONDAY, noon)]
        self.assertEqual(cancelled_half_days(removed, 1, 1), ["b"])

    def test_the_notice_of_an_early_end_runs_to_its_last_day(self):
        """Announced on the 11th with 3 days of notice: due until the 14th."""
        announced = datetime(2027, 1, 11, 23, 59, tzinfo=UTC)
        removed = [
            Removed(-day, datetime(2027, 1, day, 8, tzinfo=UTC), announced) for day in (15, 14, 12)
        ]
        self.assertEqual(early_end_half_days(removed, 3), [-12, -14])

    def test_a_forecast_over_days_without_a_price_prices_the_others_alone(self):
        """365 units over 2026, a price from 1 July on: 184 units at 10 €, 181 without price."""
        price = Price("unit", start=date(2026, 7, 1), unit=D(10))
        cost = forecast_cost(2026, [price], None, None, 640, D(365))
        self.assertEqual((cost.total, cost.unpriced_days), (D("1840.00"), 181))


class TestWhoIsThere(unittest.TestCase):
    def rules(self, asked, person):
        plan = given(asked.code, person.code, *asked.slots)
        return sorted({one.rule for one in check(problem([asked], [person]), plan)})

    def test_an_agent_works_on_the_first_and_on_the_last_day_of_the_contract(self):
        day = date(2027, 1, 4)
        self.assertEqual(self.rules(request(), agent(start=day, end=day)), [])
        two = request(slots=days("lun-ven:J", day, date(2027, 1, 5)))
        self.assertEqual(self.rules(two, agent(end=day)), ["contract"])

    def test_an_absence_holds_on_its_first_and_on_its_last_half_day(self):
        for slot in (am(4), pm(4)):
            away = agent(absences=(Absence(slot, slot),))
            other = pm(4) if slot == am(4) else am(4)
            self.assertEqual(self.rules(request(slots=(slot,)), away), ["absent"])
            self.assertEqual(self.rules(request(slots=(other,)), away), [])

    def test_the_bus_goes_five_kilometres_far(self):
        walker = agent(licence=False)
        self.assertEqual(self.rules(request(km=5), walker), [])
        self.assertEqual(self.rules(request(km=5.1), walker), ["licence"])
        # The bus mentioned by the request comes before the distance.
        self.assertEqual(self.rules(request(km=5.1, bus=True), walker), [])
        self.assertEqual(self.rules(request(km=5, bus=False), walker), ["licence"])

    def test_an_agent_goes_as_far_as_the_radius(self):
        self.assertEqual(self.rules(request(km=10), agent(radius=10)), [])
        self.assertEqual(self.rules(request(km=10.1), agent(radius=10)), ["radius"])

    def test_hours_of_a_day_of_a_week_and_of_twelve_weeks_on_the_limit(self):
        """Twelve weeks from Monday to Friday: 7 h a day, 35 h a week, 35 h on the average."""
        asked = request(slots=days("lun-ven:J", date(2027, 1, 4), date(2027, 3, 26)))
        plan = given("R1", "A1", *asked.slots)
        for rule, exactly, less in (
            ("day_hours", 7, 6.9),
            ("week_hours", 35, 34.5),
            ("average_hours", 35, 34.5),
        ):
            for limit, rules in ((exactly, set()), (less, {rule})):
                found = check(problem([asked], [agent()], limits=Limits(**{rule: limit})), plan)
                self.assertEqual({one.rule for one in found}, rules, (rule, limit))


class TestLaw(unittest.TestCase):
    def test_members_of_a_council(self):
        """CGCT, article L2121-2: the table of the law, on both sides of each step."""
        table = [
            (99, 7),
            (100, 11),
            (499, 11),
            (500, 15),
            (1499, 15),
            (1500, 19),
            (2499, 19),
            (2500, 23),
            (3499, 23),
            (3500, 27),
            (4999, 27),
            (5000, 29),
            (9999, 29),
            (10000, 33),
            (19999, 33),
            (20000, 35),
            (29999, 35),
            (30000, 39),
            (39999, 39),
            (40000, 43),
            (49999, 43),
            (50000, 45),
            (59999, 45),
            (60000, 49),
            (79999, 49),
            (80000, 53),
            (99999, 53),
            (100000, 55),
            (149999, 55),
            (150000, 59),
            (199999, 59),
            (200000, 61),
            (249999, 61),
            (250000, 65),
            (299999, 65),
            (300000, 69),
        ]
        self.assertEqual([(people, council_size(people)) for people, _size in table], table)

    def test_a_notice_may_have_three_figures(self):
        self.assertEqual(parse_rule("calendar_days:100"), NoticeRule("calendar_days", 100))


class TestFigures(unittest.TestCase):
    def test_a_service_that_a_quarter_of_the_communes_use_is_proposed(self):
        """3 communes of 12 are exactly a quarter; of 13, less."""
        for size, is_shown in ((12, True), (13, False)):
            names = [f"c{number:02}" for number in range(size)]
            communes = [
                Commune(name, "small", None, frozenset({"maps"} if name < "c03" else ()))
                for name in names
            ]
            found = suggest(communes, [Service("maps", 0, frozenset(names))])
            self.assertEqual(bool(found.get("c05")), is_shown, size)

    def test_a_fifth_of_impossible_dates_is_an_american_file(self):
        self.assertTrue(is_month_first(["03/15/2026"]))
        self.assertTrue(is_month_first(["03/15/2026", *["03/04/2026"] * 4]))
        self.assertFalse(is_month_first(["03/15/2026", *["03/04/2026"] * 5]))

    def test_summer_time_begins_on_the_last_sunday_of_march_even_the_31st(self):
        """30 March 2024 at 22:30 UTC is 23:30 in France, still in winter time."""
        self.assertEqual(parse_date("2024-03-30T22:30:00Z")[0], date(2024, 3, 30))
        self.assertEqual(parse_date("2024-03-31T22:30:00Z")[0], date(2024, 4, 1))

    def test_a_short_code_overseas(self):
        self.assertEqual(insee_code("11", "971"), "97111")
        self.assertEqual(insee_code("011", "971"), "97111")
        self.assertEqual(insee_code("111", "971"), "97111")


if __name__ == "__main__":
    unittest.main()
