"""Portal of the network: directory between peers, offers and requests between communes."""

from odoo.tests import tagged

from ..territory.portal_case import PortalCase
from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestExchanges(NetworkCase, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a.email = "mairie@aubrive.example"
        family = cls.env["commune.topic"].create({"name": "Espaces verts", "code": "T-EV"})
        cls.topic, cls.near, cls.other = cls.env["commune.topic"].create(
            [
                {"name": "Tonte", "code": "T-TON", "parent_id": family.id},
                {"name": "Élagage", "code": "T-ELA", "parent_id": family.id},
                {"name": "Archives", "code": "T-ARC"},
            ]
        )
        cls.offer = cls.env["commune.exchange"].create(
            {
                "name": "Broyeur de branches",
                "kind": "offer",
                "topic_id": cls.near.id,
                "commune_id": cls.commune_a.id,
                "partner_id": cls.mayor_a.id,
            }
        )

    def _values(self, **values):
        return {
            "commune_id": self.commune_b.id,
            "kind": "need",
            "nature": "equipment",
            "name": "Tondeuse pour une semaine",
            "topic_id": self.topic.id,
            **values,
        }

    def _needs(self):
        self.env.invalidate_all()
        return self.env["commune.exchange"].search([("commune_id", "=", self.commune_b.id)])

    def test_a_request_meets_an_offer_and_both_see_it(self):
        self._login("mayor_b")
        page = self._post("/my/exchanges/post", **self._values())
        self.assertEqual(page.status_code, 200)
        need = self._needs()
        self.assertEqual((need.kind, need.partner_id), ("need", self.mayor_b))
        self.assertEqual(need.match_ids, self.offer)
        self.assertEqual(self.offer.match_ids, need)
        self.assertIn("Broyeur de branches – Aubrive", " ".join(page.text.split()))
        self._login("mayor_a")
        page = self.url_open("/my/exchanges")
        self.assertIn("o_commune_match", page.text)
        # The town hall is public; the address of the person is not.
        self.assertNotIn(self.mayor_b.email, page.text)

    def test_what_does_not_go_together(self):
        Exchange = self.env["commune.exchange"]
        values = {"name": "x", "kind": "need", "topic_id": self.topic.id}
        same_place = Exchange.create({**values, "commune_id": self.commune_a.id})
        other_topic = Exchange.create(
            {**values, "commune_id": self.commune_b.id, "topic_id": self.other.id}
        )
        over = Exchange.create(
            {**values, "commune_id": self.commune_b.id, "date_end": self.yesterday}
        )
        other_nature = Exchange.create(
            {**values, "commune_id": self.commune_b.id, "nature": "expertise"}
        )
        self.assertFalse((same_place | other_topic | over | other_nature).match_ids)
        self.assertFalse(self.offer.match_ids)

    def test_bad_input_is_told_and_kept(self):
        self._login("mayor_b")
        for wrong in (
            {"name": " "},
            {"topic_id": "999999999"},
            {"topic_id": "x"},
            {"kind": "theft"},
            {"date_end": "demain"},
            {"date_end": "2020-01-01"},
        ):
            page = self._post("/my/exchanges/post", **self._values(**wrong))
            self.assertEqual(page.status_code, 422, wrong)
            self.assertIn("alert-danger", page.text)
        self.assertFalse(self._needs())

    def test_only_those_who_act_for_the_commune_post_and_withdraw(self):
        withdraw = f"/my/exchanges/{self.offer.id}/withdrawn"
        for login in ("councillor_a", "mayor_b", "former_a"):
            self._login(login)
            self.assertEqual(self._post(withdraw).status_code, 404, login)
            page = self._post("/my/exchanges/post", **self._values(commune_id=self.commune_a.id))
            self.assertEqual(page.status_code, 404, login)
        self.assertEqual(self.offer.state, "open")
        self._login("mayor_a")
        self.assertIn(self.url_open(withdraw).status_code, (404, 405))
        self.assertEqual(self._post(f"/my/exchanges/{self.offer.id}/open").status_code, 404)
        self.assertEqual(self._post(withdraw).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.offer.state, "withdrawn")
        self.assertEqual(self._post(withdraw).status_code, 404)

    def test_a_person_out_of_office_sees_nothing(self):
        self._login("former_a")
        for path in ("/my/exchanges", "/my/peers"):
            self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self._post("/my/peers/consent", agrees="1").status_code, 404)
        self.assertFalse(self.former.network_directory_consent)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/exchanges").url)

    def test_the_directory_holds_those_who_agree_by_function(self):
        self.deputy.phone = "03 00 00 00 09"
        self._login("mayor_a")
        self.assertNotIn(self.mayor_b.name, self.url_open("/my/peers").text)
        self._login("mayor_b")
        self._post("/my/peers/consent", agrees="1")
        self.env.invalidate_all()
        self.assertTrue(self.mayor_b.network_directory_consent)
        self.assertEqual(self.mayor_b.network_directory_date, self.today)
        self._login("mayor_a")
        page = self.url_open("/my/peers").text
        self.assertIn(self.mayor_b.email, page)
        self.assertNotIn(self.deputy.name, page)
        # Staff have their own directory, and an end of mandate takes out of it.
        self._login("secretary_ab")
        self.assertNotIn(self.mayor_b.email, self.url_open("/my/peers").text)
        self._login("mayor_b")
        self._post("/my/peers/consent", agrees="0")
        self._login("mayor_a")
        self.assertNotIn(self.mayor_b.email, self.url_open("/my/peers").text)

    def test_the_home_page_leads_there(self):
        self._login("mayor_a")
        page = self.url_open("/my").text
        self.assertIn("/my/exchanges", page)
        self.assertIn("/my/peers", page)
        self.assertNotIn('href="/groups/', page)
        self._login("secretary_ab")
        self.assertIn('href="/groups/', self.url_open("/my").text)
