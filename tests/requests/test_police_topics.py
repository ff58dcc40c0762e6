"""Topics of police: cards, quick entry and orientation follow the transfer and the opposition."""

from odoo.tests import tagged

from .request_case import RequestCase

QUESTION = "arrêté de circulation pour des travaux dans la rue"


@tagged("post_install", "-at_install")
class TestPoliceTopics(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["commune.topic"].search([("code", "=", "VOI-PER")])
        cls.power = cls.env.ref("commune_relations.police_power_road")
        cls.env.company.epci_id = cls.epci

    def _decide(self, place):
        self.env["commune.police.decision"].create(
            {"power_id": self.power.id, "place_id": place.id}
        )

    def _levels(self):
        return [self.topic._get_level(place) for place in (self.commune_a, self.commune_b, None)]

    def test_three_topics_are_the_mayor_s_until_the_power_is_transferred(self):
        codes = {"VOI-PER": "road", "DEC-DEP": "dumping", "HAB-IND": "housing"}
        topics = self.env["commune.topic"].search([("police_power_id", "!=", False)])
        self.assertEqual({t.code: t.police_power_id.code for t in topics}, codes)
        self.assertEqual(set(topics.mapped("level")), {"commune"})
        self.assertEqual(self._levels(), ["commune"] * 3)
        self._decide(self.epci)
        self.assertEqual(self._levels(), ["metropole"] * 3)
        self._decide(self.commune_a)
        self.assertEqual(self._levels(), ["commune", "metropole", "metropole"])

    def test_the_cards_of_a_commune_follow(self):
        self._decide(self.epci)
        self._decide(self.commune_a)
        outside = {}
        for commune in self.commune_a | self.commune_b:
            cards = self.env["commune.topic"]._get_portal_cards(QUESTION, commune)
            card = next(card for card in cards if card["code"] == "VOI-PER")
            outside[commune] = card["outside"]
            self.assertEqual(card["level"], "commune" if card["outside"] else "metropole")
        self.assertTrue(outside[self.commune_a]["own"])
        self.assertFalse(outside[self.commune_b])

    def test_the_quick_entry_names_the_mayor(self):
        quick = self.env["commune.request.quick"].create(
            {"commune_id": self.commune_a.id, "topic_id": self.topic.id}
        )
        self.assertEqual(quick.outside_contact, self.topic._get_outside_sentence())
        self.assertTrue(quick.outside_contact)
        self._decide(self.epci)
        quick.invalidate_recordset()
        self.assertFalse(quick.outside_contact)

    def test_other_topics_do_not_move(self):
        self._decide(self.epci)
        self.assertEqual(self.topics["VOI-ENT"]._get_level(self.commune_a), "metropole")

    def test_a_mayor_is_not_sent_to_the_mayor(self):
        shown = {}
        for user in self.portal_a | self.portal_a_limited:
            topics = self.env["commune.topic"].with_user(user)
            cards = topics._get_portal_cards(QUESTION, self.commune_a)
            shown[user] = next(card["outside"] for card in cards if card["code"] == "VOI-PER")
            self.assertEqual(shown[user]["sentence"], "")
        self.assertIn("It is for you", shown[self.portal_a]["own"])
        self.assertIn("the mayor of your commune", shown[self.portal_a_limited]["own"])

    def test_who_else_is_to_be_asked_stays(self):
        topic = (
            self.env["commune.topic"].search([("code", "=", "HOR-VOI")]).with_user(self.portal_a)
        )
        outside = topic.sudo()._get_portal_outside(self.commune_a)
        self.assertIn("It is for you", outside["own"])
        self.assertEqual(outside["sentence"], "conciliateur de justice")
