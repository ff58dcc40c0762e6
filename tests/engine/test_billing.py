"""Amounts of the replacement service, each worked out by hand in the comments."""

import csv
import io
import unittest
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from billing_cases import days_due

from engine.billing import (
    COLUMNS,
    Before,
    Half,
    NoTariff,
    Parts,
    Removed,
    Tariff,
    Work,
    balance,
    bill,
    cancelled_half_days,
    early_end_half_days,
    finance_csv,
    quote,
    taken_away,
    tariff_of,
)

D = Decimal
MONDAY = date(2027, 1, 11)
HOUR = Tariff("t", date(2027, 1, 1), unit="hour", amount=D("27"))


def work(day=MONDAY, half="am", hours="3.5", km="0", **values):
    return Work((day, half), "m", day, half, D(hours), D(km), **values)


def totals(charges):
    return [str(charge.total) for charge in charges]


class TestUnits(unittest.TestCase):
    def test_by_the_hour(self):
        """3.25 h at 27 € = 87.75 €."""
        self.assertEqual(totals(bill([HOUR], [work(hours="3.25")])), ["87.75"])

    def test_an_evening_is_one_more_half_day(self):
        """A day of 7 hours and an evening of 5 hours. By the hour, 12 × 27 = 324 €; by the half-day
        at 119 €, 357 €; by the day at 235.01 €, 117.51 + 117.50 + 117.50 €; 6.40 € of travel."""
        for unit, amount, due in (
            ("hour", "27", "330.40"),
            ("half_day", "119", "363.40"),
            ("day", "235.01", "358.91"),
        ):
            tariff = replace(HOUR, unit=unit, amount=D(amount), travel="flat")
            tariff = replace(tariff, travel_amount=D("6.40"))
            works = [work(half="pm_evening", hours="5"), work(half="pm"), work()]
            charges = bill([tariff], works)
            with self.subTest(unit=unit):
                self.assertEqual(sum(charge.total for charge in charges), D(due))
                self.assertEqual([charge.travel for charge in charges], [D("6.40"), 0, 0])

    def test_half_a_cent_goes_up(self):
        """3.25 h at 27.30 € = 88.725 €, so 88.73 €."""
        tariff = replace(HOUR, amount=D("27.30"))
        self.assertEqual(totals(bill([tariff], [work(hours="3.25")])), ["88.73"])

    def test_by_the_half_day_whatever_the_hours(self):
        tariff = replace(HOUR, unit="half_day", amount=D("147"))
        charges = bill([tariff], [work(hours="2"), work(half="pm", hours="4")])
        self.assertEqual(totals(charges), ["147.00", "147.00"])
        self.assertEqual([charge.quantity for charge in charges], [1, 1])

    def test_a_whole_day_costs_its_price(self):
        """250.01 €: the morning 125.005, so 125.01; the afternoon what remains, 125.00."""
        tariff = replace(HOUR, unit="day", amount=D("250.01"))
        charges = bill([tariff], [work(), work(half="pm")])
        self.assertEqual(totals(charges), ["125.01", "125.00"])
        self.assertEqual([c.quantity for c in charges], [D("0.5"), D("0.5")])

    def test_salary_cost_and_a_percentage(self):
        """29.50 € an hour and 8.5 % = 32.0075, so 32.01 €; 7 h = 224.07 €."""
        tariff = replace(HOUR, unit="cost", amount=D("8.5"))
        charge = bill([tariff], [work(hours="7", hourly_cost=D("29.5"))])[0]
        self.assertEqual((charge.unit_price, charge.total), (D("32.01"), D("224.07")))


class TestExtras(unittest.TestCase):
    def test_the_fee_is_on_the_work_not_on_the_travel(self):
        """3.5 h at 27 € = 94.50; 8.5 % = 8.0325, so 8.03; 26 km at 0.32 = 8.32: 110.85 €."""
        tariff = replace(HOUR, fee=D("8.5"), travel="km", travel_amount=D("0.32"))
        charge = bill([tariff], [work(km="26")])[0]
        self.assertEqual((charge.work, charge.fee), (D("94.50"), D("8.03")))
        self.assertEqual((charge.travel, charge.total), (D("8.32"), D("110.85")))

    def test_flat_travel_once_a_day(self):
        tariff = replace(HOUR, travel="flat", travel_amount=D("12"))
        tuesday = date(2027, 1, 12)
        charges = bill([tariff], [work(half="pm"), work(), work(tuesday, "pm")])
        self.assertEqual([c.travel for c in charges], [D("12.00"), D("0"), D("12.00")])

    def test_flat_travel_billed_before_is_not_billed_again(self):
        tariff = replace(HOUR, travel="flat", travel_amount=D("12"))
        held = Before([Half("am", tariff, D("94.50"))], Parts(travel=D("12")))
        before = {("m", MONDAY): held}
        self.assertEqual(bill([tariff], [work(half="pm")], before)[0].travel, D("0"))

    def test_the_minimum_of_a_day(self):
        """Least 80 €: 1 h and 1 h at 27 € = 54 €; the last half-day carries 26 €."""
        tariff = replace(HOUR, minimum=D("80"))
        charges = bill([tariff], [work(hours="1"), work(half="pm", hours="1")])
        self.assertEqual(totals(charges), ["27.00", "53.00"])
        self.assertEqual([c.minimum for c in charges], [D("0"), D("26.00")])

    def test_the_minimum_is_not_due_above_it_nor_twice(self):
        """3.5 h = 94.50 € is above 80 €; with 80 € of work already billed, nothing either."""
        tariff = replace(HOUR, minimum=D("80"))
        self.assertEqual(totals(bill([tariff], [work()])), ["94.50"])
        before = {("m", MONDAY): Before([Half("am", tariff, D("80"))])}
        self.assertEqual(totals(bill([tariff], [work(half="pm", hours="1")], before)), ["27.00"])

    def test_the_fee_counts_the_minimum(self):
        """10 % of the 80 € of the day."""
        tariff = replace(HOUR, minimum=D("80"), fee=D("10"))
        self.assertEqual(totals(bill([tariff], [work(hours="1")])), ["88.00"])


class TestByPieces(unittest.TestCase):
    """Half-day 110 €, least 150 € a day: two half-days are 220 €, whatever the statements."""

    TARIFF = replace(HOUR, unit="half_day", amount=D("110"), minimum=D("150"), fee=D("10"))

    def before(self, *halves, minimum="0", fee="0"):
        held = [Half(half, self.TARIFF, D("110")) for half in halves]
        return Before(held, Parts(D(minimum), D("0"), D(fee)))

    def test_what_reached_the_minimum_is_given_back(self):
        """Morning alone: 110 + 40, fee 15. Afternoon later: 110 − 40, fee 22 − 15 = 7."""
        (first,) = bill([self.TARIFF], [work()])
        self.assertEqual((first.minimum, first.fee, first.total), (D("40"), D("15"), D("165")))
        held = {("m", MONDAY): self.before("am", minimum="40", fee="15")}
        for half in ("am", "pm"):  # whichever is the one that was contested
            (second,) = bill([self.TARIFF], [work(half=half)], held)
            self.assertEqual((second.minimum, second.fee), (D("-40"), D("7")))
            self.assertEqual(first.total + second.total, D("242"))

    def test_a_half_day_cancelled_leaves_the_day_to_balance(self):
        """The afternoon is still due with its credit (110 − 40, fee 7): due: 40 + 40 and 15 − 7."""
        parts = balance(self.before("pm", minimum="-40", fee="7"))
        self.assertEqual(parts, Parts(D("80"), D("0"), D("8")))
        self.assertFalse(balance(self.before("pm", minimum="40", fee="15")))
        # Nothing is due any more: the rest of the minimum is credited.
        self.assertEqual(balance(self.before(minimum="40", fee="4")), Parts(D("-40"), 0, D("-4")))

    def test_random_days_owe_one_bill_of_the_day(self):
        for seed in range(400):
            for done, billed, due in days_due(seed):
                self.assertEqual(billed, due, f"day {seed}, {done}")


class TestChoice(unittest.TestCase):
    def test_a_change_of_tariff_within_a_mission(self):
        """27 € until 31 January, 28 € from 1 February: 94.50 € then 98.00 €."""
        old = replace(HOUR, end=date(2027, 1, 31))
        new = Tariff("n", date(2027, 2, 1), amount=D("28"))
        days = [date(2027, 1, 29), date(2027, 2, 1)]
        charges = bill([new, old], [work(day) for day in days])
        self.assertEqual(totals(charges), ["94.50", "98.00"])
        self.assertEqual([c.tariff.key for c in charges], ["t", "n"])

    def test_the_category_comes_before_the_tariff_for_all(self):
        manager = Tariff("a", date(2026, 1, 1), category="A", amount=D("38"))
        self.assertEqual(tariff_of([HOUR, manager], MONDAY, "A").key, "a")
        self.assertEqual(tariff_of([HOUR, manager], MONDAY, "B").key, "t")

    def test_no_tariff_is_not_zero(self):
        with self.assertRaises(NoTariff) as caught:
            bill([HOUR], [work(date(2026, 12, 31))])
        self.assertEqual(caught.exception.day, date(2026, 12, 31))


class TestRules(unittest.TestCase):
    # R15: Mondays and Wednesdays from 4 January to 26 February 2027, ended on the 22nd.
    DONE = [date(2027, 1, day) for day in (4, 6, 11, 13, 18, 20)]
    LEFT = [date(2027, 1, day) for day in (25, 27)] + [date(2027, 2, 1), date(2027, 2, 3)]

    def _left(self, *halves):
        """Half-days taken away on Monday 18 January at 9 am."""
        hours, announced = {"am": 8, "pm": 13}, datetime(2027, 1, 18, 9, tzinfo=UTC)
        return [
            Removed(
                (day, half),
                datetime(day.year, day.month, day.day, hours[half], tzinfo=UTC),
                announced,
            )
            for day, half in halves
        ]

    def test_an_early_end_bills_what_was_done_and_the_notice(self):
        """Twelve half-days of 147 €; announced on the 18th with 7 days: 25 January is due."""
        planned = self._left(*((day, half) for day in self.LEFT for half in ("am", "pm")))
        due = early_end_half_days(planned, 7)
        self.assertEqual(due, [(date(2027, 1, 25), "am"), (date(2027, 1, 25), "pm")])
        tariff = replace(HOUR, unit="half_day", amount=D("147"))
        works = [work(day, half) for day in self.DONE for half in ("am", "pm")]
        works += [work(day, half, kind="notice") for day, half in due]
        charges = bill([tariff], works)
        self.assertEqual(sum(c.total for c in charges[:12]), D("1764.00"))
        self.assertEqual(sum(c.total for c in charges), D("2058.00"))

    def test_an_early_end_without_notice_bills_what_was_done(self):
        planned = self._left(*((day, "am") for day in self.LEFT))
        self.assertEqual(early_end_half_days(planned, 0), [])

    def test_a_late_cancellation(self):
        """R16: Thursday 10 December cancelled on the 9th at 4:30 pm, less than 24 hours before."""
        late, in_time = self._at(9, 16, 30), self._at(9, 8, 30)
        self.assertEqual(self._cancelled(pm=late, am=late), ["am", "pm"])
        self.assertEqual(self._cancelled(pm=late, am=late, due=1), ["am"])
        self.assertEqual(self._cancelled(pm=in_time, am=in_time), [])
        self.assertEqual(self._cancelled(), [])

    def test_one_half_day_after_the_other_costs_the_same(self):
        """Cancelled on the 9th at 10 am: the morning of the 10th is 22.5 hours away, so late; the
        afternoon, 27.5 hours away, is late with it, in whatever order they are cancelled."""
        first, second = self._at(9, 10), self._at(9, 10, 5)
        self.assertEqual(self._cancelled(am=first, pm=first), ["am", "pm"])
        self.assertEqual(self._cancelled(am=first, pm=second), ["am", "pm"])
        self.assertEqual(self._cancelled(am=second, pm=first), ["am", "pm"])
        # Alone, or with a morning that was cancelled in time, the afternoon is not late.
        self.assertEqual(self._cancelled(pm=first), [])
        self.assertEqual(self._cancelled(am=self._at(1, 10), pm=first), [])
        # Nor with a morning that was late, but is over when the afternoon is cancelled.
        self.assertEqual(self._cancelled(am=first, pm=self._at(9, 10), shift=3), ["am"])

    @staticmethod
    def _at(*args):
        return datetime(2026, 12, *args, tzinfo=UTC)

    def _cancelled(self, due=2, shift=0, **moments):
        """What is due of Thursday 10 December; `shift` puts the afternoon off by days."""
        starts = {"am": self._at(10, 8, 30), "pm": self._at(10 + shift, 13, 30)}
        if shift:
            moments["pm"] = self._at(10, 9)
        removed = [Removed(half, starts[half], moment) for half, moment in moments.items()]
        return cancelled_half_days(removed, notice_days=1, due=due)

    def test_what_moves_is_not_taken_away(self):
        """a and b are planned; b moves to c; c is cancelled; b comes back; a moves to d."""
        versions = [("", "ab"), ("ab", "ac"), ("ac", "a"), ("a", "ab"), ("ab", "bd")]
        found = [taken_away(versions[:number]) for number in range(1, 6)]
        self.assertEqual(found, [set(), set(), {"c"}, {"c"}, {"c"}])

    def test_what_was_not_worked_has_no_travel_and_no_minimum(self):
        tariff = replace(HOUR, travel="flat", travel_amount=D("12"), minimum=D("200"))
        charge = bill([tariff], [work(kind="cancellation")])[0]
        self.assertEqual((charge.total, charge.travel, charge.minimum), (D("94.50"), D("0"), 0))

    def test_a_quote_is_the_bill_of_what_is_planned(self):
        """Two days of two half-days, 26 km a day at 0.32 €: 4 × 94.50 + 2 × 8.32 = 394.64 €."""
        tariff = replace(HOUR, travel="km", travel_amount=D("0.32"))
        days = [MONDAY, date(2027, 1, 12)]
        works = [
            work(d, half, km="26" if half == "am" else "0") for d in days for half in ("am", "pm")
        ]
        estimate = quote([tariff], works)
        self.assertEqual((estimate.hours, estimate.km), (D("14.0"), D("52")))
        self.assertEqual(estimate.add_up("total"), D("394.64"))


class TestFinanceFile(unittest.TestCase):
    def test_what_french_software_reads(self):
        content = finance_csv(
            [{"numero_etat": "EL-1", "date": MONDAY, "montant_total": D("-94.50"), "mission": None}]
            + [{"numero_etat": False, "convention": "C-1"}]
        )
        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(list(rows[0]), list(COLUMNS))
        self.assertEqual((rows[0]["date"], rows[0]["montant_total"]), ("11/01/2027", "-94,50"))
        self.assertEqual(rows[0]["mission"], "")
        # Odoo returns False for an empty text field.
        self.assertEqual((rows[1]["numero_etat"], rows[1]["convention"]), ("", "C-1"))

    def test_a_name_is_never_a_formula(self):
        content = finance_csv([{"nom_commune": '=HYPERLINK("x")'}]).decode()
        self.assertIn("'=HYPERLINK", content)

    def test_each_column_is_documented_for_the_finance_department(self):
        catalogue = (Path(__file__).parents[2] / "docs/fichier-finances.md").read_text()
        self.assertEqual([name for name in COLUMNS if f"`{name}`" not in catalogue], [])

    def test_a_nothing_of_either_sign_is_written_alike(self):
        content = finance_csv([{"montant_total": D("-0.00")}, {"montant_total": D("0.00")}])
        self.assertEqual(content.decode().count("-"), 0)

    def test_an_unknown_column_is_refused(self):
        with self.assertRaises(ValueError):
            finance_csv([{"montant": D(1)}])


if __name__ == "__main__":
    unittest.main()
