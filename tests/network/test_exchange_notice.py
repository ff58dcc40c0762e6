"""An offer and a request that go together: both communes have one letter, once."""

from odoo.tests import tagged

from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestExchangeNotice(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a.write({"email": "mairie@aubrive.example", "phone": "03 00 00 00 01"})
        cls.topic, cls.other = cls.env["commune.topic"].create(
            [{"name": "Tonte", "code": "T-TON"}, {"name": "Archives", "code": "T-ARC"}]
        )
        cls.offer = cls._post(cls.commune_a, "offer", "Tondeuse", cls.mayor_a)

    @classmethod
    def _post(cls, place, kind, name, author=None, topic=None):
        return cls.env["commune.exchange"].create(
            {
                "name": name,
                "kind": kind,
                "topic_id": (topic or cls.topic).id,
                "commune_id": place.id,
                "partner_id": author and author.id,
            }
        )

    def _letters(self, person):
        found = self.env["mail.mail"].search([("recipient_ids", "in", person.ids)], order="id")
        return found.filtered(lambda m: m.model == "commune.exchange.notice")

    def test_both_who_posted_are_written_to_once(self):
        need = self._post(self.commune_b, "need", "Cherche tondeuse", self.mayor_b)
        (to_a,), (to_b,) = self._letters(self.mayor_a), self._letters(self.mayor_b)
        self.assertIn("Cherche tondeuse", to_a.subject)
        self.assertIn("Madame AUBRY", to_a.body_html)
        self.assertIn("Tondeuse", to_b.subject)
        self.assertIn("Monsieur BLANC", to_b.body_html)
        # The town hall is public, the address of the person is not.
        self.assertIn("mairie@aubrive.example", to_b.body_html)
        # In letters a telephone number is not cut at the end of a line.
        self.assertIn("03\xa000\xa000\xa000\xa001", to_b.body_html)
        for text in (self.mayor_a.email, self.mayor_a.name):
            self.assertNotIn(text, to_b.body_html)
        self.assertFalse(self._letters(self.secretary))
        need.write({"state": "withdrawn"})
        need.write({"state": "open"})
        self.offer.write({"nature": "help"})
        self.assertEqual(len(self._letters(self.mayor_a)), 1)
        self.assertEqual(len(self._letters(self.mayor_b)), 1)

    def test_another_request_is_another_pair(self):
        self._post(self.commune_b, "need", "Une tondeuse", self.mayor_b)
        self._post(self.epci, "need", "Une autre tondeuse")
        self.assertEqual(len(self._letters(self.mayor_a)), 2)
        self.assertEqual(len(self._letters(self.mayor_b)), 1)

    def test_what_does_not_go_together_writes_to_nobody(self):
        self._post(self.commune_b, "need", "Boîtes", self.mayor_b, self.other)
        self._post(self.commune_b, "offer", "Une tondeuse aussi", self.mayor_b).state = "settled"
        self._post(self.commune_a, "need", "Une seconde tondeuse", self.mayor_a)
        self.assertFalse(self._letters(self.mayor_a | self.mayor_b))

    def test_another_name_or_another_topic_of_advice_brings_two_together(self):
        need = self._post(self.commune_b, "need", "Boîtes", self.mayor_b, self.other)
        need.name = "Tondeuses"
        self.assertEqual(len(self._letters(self.mayor_b)), 1)
        advice = self._post(self.commune_b, "need", "Qui en a une ?", self.mayor_b, self.other)
        offer = self._post(self.commune_a, "offer", "Nos coûts", self.mayor_a)
        (advice | offer).nature = "experience"
        self.assertEqual(len(self._letters(self.mayor_b)), 1)
        advice.topic_id = self.topic
        self.assertEqual(len(self._letters(self.mayor_b)), 2)

    def test_without_the_author_those_who_act_for_the_commune(self):
        """Posted by staff after a call, or by a person who has left since."""
        for author in (None, self.former):
            self._post(self.commune_b, "need", "Cherche tondeuse", author)
        self.assertEqual(len(self._letters(self.mayor_b)), 2)
        self.assertEqual(len(self._letters(self.secretary)), 2)
        self.assertFalse(self._letters(self.former))

    def test_a_commune_without_an_account_is_written_to_at_the_town_hall(self):
        self.commune_b.email = "mairie@bellefontaine.example"
        self.commune_b.mandate_ids.portal_blocked = True
        self._post(self.commune_b, "need", "Cherche tondeuse", self.mayor_b)
        self.assertFalse(self._letters(self.mayor_b | self.secretary))
        self.assertEqual(len(self._letters(self.commune_b)), 1)

    def test_many_offers_cost_what_a_few_do(self):
        costs = []
        for size, thing in ((1, "remorque"), (2, "barnum"), (20, "nacelle")):
            topic = self.env["commune.topic"].create({"name": f"T{size}", "code": f"T-{size}"})
            self._post(self.commune_b, "need", f"Cherche {thing}", self.mayor_b, topic)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["commune.exchange"].create(
                [
                    {
                        "name": f"{thing} {number}",
                        "topic_id": topic.id,
                        "commune_id": self.commune_a.id,
                        "partner_id": self.mayor_a.id,
                    }
                    for number in range(size)
                ]
            )
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[2] - costs[1], 3)
