"""Which model of teams an organisation is offered first: the bounds, on both sides."""

from unittest import TestCase

from engine.team_presets import suggest_model


class TestSuggestModel(TestCase):
    def test_a_community_below_both_bounds_has_one_desk(self):
        self.assertEqual(suggest_model("CC", 19_999, 39), "small")
        self.assertEqual(suggest_model("CC", 20_000, 39), "medium")
        self.assertEqual(suggest_model("CC", 19_999, 40), "medium")

    def test_the_kind_decides_before_the_size(self):
        self.assertEqual(suggest_model("CA", 19_999, 39), "medium")
        self.assertEqual(suggest_model("CA", 300_000, 90), "medium")
        for kind in ("CU", "METRO", "MET69", "EPT"):
            self.assertEqual(suggest_model(kind, 1_000, 2), "metropole")
