"""Invariants for any communes and services: what is never suggested, never disclosed."""

from dataclasses import replace
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often

from engine.service_suggestion import SHARED, Commune, Rules, Service, suggest

NAMES = ("archives", "data", "energy", "legal", "maps")
RULES = Rules()
some_services = st.frozensets(st.sampled_from(NAMES))


@st.composite
def territories(draw, sectors=(None, 1, 2)):
    """Up to twenty communes and five services, of every kind."""
    count = draw(st.integers(5, 20))
    communes = [
        Commune(
            key,
            draw(st.sampled_from(("small", "small", "large"))),
            draw(st.sampled_from(sectors)),
            draw(some_services),
            draw(st.frozensets(st.sampled_from(NAMES), max_size=1)),
            draw(st.integers(0, 9)) == 0,
        )
        for key in range(count)
    ]
    services = [
        Service(
            name,
            draw(st.integers(0, 2)),
            frozenset(range(count)) - draw(st.frozensets(st.integers(0, count - 1), max_size=3)),
            is_open=draw(st.integers(0, 5)) > 0,
            is_full=draw(st.integers(0, 5)) == 0,
            total_known=draw(st.booleans()),
        )
        for name in NAMES
    ]
    return communes, services


class TestServiceSuggestionProperties(TestCase):
    @often(60)
    @given(territories())
    def test_only_what_the_commune_can_take_and_does_not_have(self, territory):
        communes, services = territory
        found = suggest(communes, services, RULES)
        self.assertEqual(found.keys(), {commune.key for commune in communes})
        for commune in communes:
            suggested = [x.service for x in found[commune.key]]
            self.assertLessEqual(len(suggested), RULES.limit if not commune.opted_out else 0)
            self.assertEqual(len({s.key for s in suggested}), len(suggested))
            for service in suggested:
                self.assertTrue(service.is_open and not service.is_full)
                self.assertIn(commune.key, service.eligible)
                self.assertNotIn(service.key, commune.held | commune.unwanted)

    @often(60)
    @given(territories())
    def test_a_figure_is_true_and_hides_enough_communes_on_both_sides(self, territory):
        communes, services = territory
        for commune in communes:
            for service, figure in self._pairs(suggest(communes, services, RULES)[commune.key]):
                self.assertGreaterEqual(figure.size, RULES.minimum_group)
                self.assertGreaterEqual(figure.users, RULES.minimum_users)
                self.assertGreaterEqual(figure.share, RULES.minimum_share)
                if figure.criterion == SHARED:
                    disclosed = (figure.group, figure.users, figure.size, figure.at_least)
                    self.assertEqual(disclosed, (None, 3, 5, True))
                    continue
                alike = [
                    c
                    for c in communes
                    if getattr(c, figure.criterion) == figure.group and c.key in service.eligible
                ]
                self.assertIn(commune, alike)
                users = sum(service.key in c.held for c in alike)
                self.assertEqual(figure.size, len(alike))
                self.assertGreaterEqual(figure.size - figure.users, RULES.minimum_users)
                if figure.at_least:
                    self.assertGreaterEqual(users, figure.users)
                else:
                    self.assertEqual(users, figure.users)

    @often(60)
    @given(territories())
    def test_all_the_figures_of_a_service_are_of_one_kind_and_the_same_on_each_page(
        self, territory
    ):
        seen = {}
        for suggestions in suggest(*territory, RULES).values():
            for service, figure in self._pairs(suggestions):
                if figure.criterion != SHARED:
                    groups = seen.setdefault(service.key, {})
                    key = figure.criterion, figure.group
                    self.assertEqual(groups.setdefault(key, figure), figure)
        for groups in seen.values():
            self.assertEqual(len({criterion for criterion, _group in groups}), 1)

    @often(60)
    @given(territories(), st.randoms(use_true_random=False))
    def test_the_order_of_what_comes_in_changes_nothing(self, territory, random):
        communes, services = territory
        expected = suggest(communes, services, RULES)
        random.shuffle(communes)
        random.shuffle(services)
        self.assertEqual(suggest(communes, services, RULES), expected)

    @often(60)
    @given(territories(sectors=(None,)), some_services)
    def test_a_commune_of_another_band_changes_nothing(self, territory, held):
        communes, services = territory
        rules = replace(RULES, minimum_common=len(NAMES) + 1)
        services = [replace(s, total_known=False) for s in services]
        before = suggest(communes, services, rules)
        services = [replace(s, eligible=s.eligible | {"new"}) for s in services]
        after = suggest([*communes, Commune("new", "huge", None, held)], services, rules)
        self.assertEqual(after.pop("new"), ())
        for key, suggestions in after.items():
            self.assertEqual(
                [(s.key, figure) for s, figure in self._pairs(suggestions)],
                [(s.key, figure) for s, figure in self._pairs(before[key])],
            )

    @often(60)
    @given(territories(), st.integers(0, 4))
    def test_opting_out_and_refusing_change_nothing_for_the_others(self, territory, key):
        communes, services = territory
        before = suggest(communes, services, RULES)
        for values in ({"opted_out": True}, {"unwanted": frozenset(NAMES)}):
            changed = [replace(c, **values) if c.key == key else c for c in communes]
            after = suggest(changed, services, RULES)
            self.assertEqual(after.pop(key), ())
            self.assertEqual(after, {k: found for k, found in before.items() if k != key})

    def _pairs(self, suggestions):
        return [(suggestion.service, suggestion.figure) for suggestion in suggestions]
