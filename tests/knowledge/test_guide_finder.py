"""Guides in the one search: with the rights of the user, as they are now."""

from odoo.tests import tagged

from ..common import CommuneCase
from .guide_case import get_guide_records


@tagged("post_install", "-at_install")
class TestGuideFinder(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_guide_records(cls)

    def _found(self, question, user, **options):
        finder = self.env["commune.finder"].with_user(user)
        return [one["id"] for one in finder._find(question, ("guide",), **options)]

    def test_a_guide_is_found_by_those_whom_it_concerns(self):
        """For the elected of communes from 3,500 inhabitants: not for the small commune."""
        guide = self.records["guide_elected_large"]
        self.commune_a.population, self.commune_b.population = 4000, 400
        self.assertEqual(self._found("nids de poules", self.officer), [guide.id])
        self.assertEqual(self._found("nids de poules", self.portal_a), [guide.id])
        self.assertEqual(self._found("nids de poules", self.portal_b), [])

    def test_a_draft_is_found_once_published_and_no_more_once_withdrawn(self):
        draft = self.records["guide_draft_referent"]
        self.assertEqual(self._found("déchets", self.portal_a), [])
        draft.with_user(self.officer).action_publish()
        self.assertEqual(self._found("dechet", self.portal_a), [draft.id])
        draft.with_user(self.officer).action_withdraw()
        self.assertEqual(self._found("déchets", self.portal_a), [])

    def test_the_screen_of_the_staff_shows_guides_beside_topics(self):
        search = self.env["commune.orientation.search"].with_user(self.officer)
        found = search.new({"question": "nids de poules"})
        guide = self.records["guide_elected_large"]
        self.assertIn(f"/odoo/commune.guide/{guide.id}", found.result)
        self.assertIn(guide.name, found.result)

    def test_a_guide_on_a_card_is_not_shown_again(self):
        topic = self.env["commune.topic"].search([("code", "=", "VOI-ECL")])
        guides = self.env["commune.guide"].create(
            [
                {"name": "Lampadaire en panne : que faire", "topic_ids": topic.ids},
                {"name": "Lampadaire en panne : les horaires"},
            ]
        )
        guides.action_publish()
        cards = (
            self.env["commune.topic"]
            .with_user(self.portal_a)
            ._get_portal_cards("lampadaire en panne", self.commune_a)
        )
        self.assertIn(guides[0], [guide for card in cards for guide in card["guides"]])
        finder = self.env["commune.finder"].with_user(self.portal_a)
        place = self.commune_a.with_user(self.portal_a)
        alone = dict(finder._find_for_portal("lampadaire en panne", place))
        beside = dict(finder._find_for_portal("lampadaire en panne", place, cards))
        [label] = [label for label, some in alone.items() if guides[0].id in _ids(some)]
        self.assertIn(guides[1].id, _ids(beside[label]))
        self.assertNotIn(guides[0].id, _ids(beside[label]))


def _ids(found):
    return [one["id"] for one in found]
