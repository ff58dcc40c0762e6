"""Spans of days at their limits, which changes are reported, which ranks are not."""

from datetime import date, timedelta
from fractions import Fraction
from unittest import TestCase

from engine.indicators import Figure
from engine.steering import KINDS, Span, before, change, cut, move, rank, ring_of, span_of


class TestSpans(TestCase):
    def test_a_span_holds_its_day_and_follows_the_one_before(self):
        day = date(2023, 1, 1)
        while day < date(2025, 2, 1):
            for kind in KINDS:
                span = span_of(kind, day)
                self.assertTrue(span.start <= day <= span.end)
                past = before(span)
                self.assertEqual(past.end + timedelta(days=1), span.start)
                if kind != "twelve_months":
                    self.assertEqual(past, span_of(kind, move(kind, day, -1)))
            day += timedelta(days=1)

    def test_the_last_day_of_february(self):
        span = span_of("twelve_months", date(2024, 2, 29))
        self.assertEqual(span, Span(date(2023, 3, 1), date(2024, 2, 29)))
        self.assertEqual(before(span), Span(date(2022, 3, 1), date(2023, 2, 28)))

    def test_any_other_span_has_as_many_days_before(self):
        past = before(Span(date(2026, 1, 5), date(2026, 3, 1)))
        self.assertEqual((past.end - past.start).days, 55)

    def test_the_parts_of_a_span_are_the_span(self):
        for days in (1, 61, 62, 63, 400):
            start = date(2026, 5, 13)
            span = Span(start, start + timedelta(days=days - 1))
            parts = cut(span)
            self.assertEqual((parts[0].start, parts[-1].end), (span.start, span.end))
            for one, following in zip(parts, parts[1:], strict=False):
                self.assertEqual(one.end + timedelta(days=1), following.start)

    def test_a_kind_that_is_none(self):
        with self.assertRaises(ValueError):
            span_of("week", date(2026, 1, 1))


class TestChanges(TestCase):
    def test_nothing_before_has_no_ratio(self):
        self.assertIsNone(change(Figure(Fraction(7)), Figure(Fraction(0))).ratio)
        self.assertIsNone(change(Figure(None), Figure(Fraction(7))))

    def test_two_shares_differ_by_points(self):
        found = change(Figure(Fraction(1, 2)), Figure(Fraction(1, 4)), is_share=True)
        self.assertEqual((found.difference, found.ratio), (Fraction(1, 4), None))


class TestRanks(TestCase):
    def test_four_cases_are_not_ranked_and_five_are(self):
        ranks = {one.key: one.rank for one in rank({"a": (1, 4), "b": (0, 5), "c": (None, 9)})}
        self.assertEqual(ranks, {"a": None, "b": 1, "c": None})

    def test_the_bounds_of_the_rings(self):
        self.assertEqual([ring_of(km) for km in (0, 4.99, 5, 10, 19.9, 20)], [0, 0, 1, 2, 2, 3])
