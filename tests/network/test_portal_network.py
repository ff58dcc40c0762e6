"""Portal of the network: directory between peers, offers and requests between communes."""

from lxml import html

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
                "name": "Tondeuse autoportée",
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
            "name": "Tondeuses pour une semaine",
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
        self.assertIn("Tondeuse autoportée – Aubrive", " ".join(page.text.split()))
        self._login("mayor_a")
        page = self.url_open("/my/exchanges")
        self.assertIn("o_commune_match", page.text)
        # The town hall is public; the address of the person is not.
        self.assertNotIn(self.mayor_b.email, page.text)

    def _need(self, **values):
        values = {"commune_id": self.commune_b.id, "topic_id": self.near.id, **values}
        return self.env["commune.exchange"].create({"kind": "need", **values})

    def test_what_does_not_go_together(self):
        """Neither the topic nor the family of a thing makes it another one."""
        same_topic = self._need(name="Broyeur de branches")
        same_place = self._need(name="Tondeuse", commune_id=self.commune_a.id)
        over = self._need(name="Tondeuse", date_end=self.yesterday)
        settled = self._need(name="Tondeuse", state="settled")
        self.assertFalse((same_topic | same_place | over | settled).match_ids)
        self.assertFalse(self.offer.match_ids)

    def test_the_thing_is_found_under_another_topic_and_with_a_wrong_letter(self):
        need = self._need(name="Cherche une tondeuze", topic_id=self.other.id)
        self.assertEqual((need.match_ids, self.offer.match_ids), (self.offer, need))

    def test_advice_goes_by_its_topic(self):
        need = self._need(name="Qui a déjà mesuré la hauteur ?", nature="experience")
        self.assertFalse(need.match_ids)
        self.offer.write({"name": "Relecture de vos plans", "nature": "expertise"})
        self.env.invalidate_all()
        self.assertEqual(need.match_ids, self.offer)
        self.offer.topic_id = self.other
        self.env.invalidate_all()
        self.assertFalse(need.match_ids)

    def _read(self, path):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = self.url_open(path).text
        shown = [number for number in range(60) if f"Objet {number:02} <" in page]
        return shown, self.env.cr.sql_log_count - before, len(page)

    def _offer_many(self, first, last):
        self.env["commune.exchange"].create(
            [
                {
                    "name": f"Objet {number:02} ",
                    "topic_id": self.topic.id,
                    "commune_id": (self.commune_b if number % 4 else self.commune_a).id,
                }
                for number in range(first, last)
            ]
        )

    def test_many_offers_are_on_pages_one_s_own_first(self):
        """Of 45, twelve are of A, beside its mower."""
        self._login("mayor_a")
        self._offer_many(0, 20)
        self.url_open("/my/exchanges")
        _shown, few, _size = self._read("/my/exchanges/page/1")
        self._offer_many(20, 45)
        shown, many, _size = self._read("/my/exchanges")
        own = [number for number in range(45) if not number % 4]
        self.assertEqual(len(shown), 19)
        self.assertLessEqual(set(own), set(shown))
        self.assertLessEqual(many, few)
        second, third = self._read("/my/exchanges/page/2")[0], self._read("/my/exchanges/page/3")[0]
        self.assertEqual((len(second), len(third)), (20, 6))
        self.assertEqual(sorted([*shown, *second, *third]), list(range(45)))
        self.assertNotIn("exchanges_mine", self.url_open("/my/exchanges/page/2").text)

    def test_of_many_that_suit_the_best_few_are_shown(self):
        for number in range(8):
            self._need(name=f"Tondeuse, lot {number}")
        self._login("mayor_a")
        page = self.url_open("/my/exchanges").text
        self.assertEqual(page.count('class="o_commune_match"'), 5)

    def test_bad_input_is_reported_and_kept(self):
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

    def test_an_empty_form_says_beside_each_field_what_is_missing(self):
        self._login("mayor_b")
        sent = self._values(name="", topic_id="", date_end="2020-01-01")
        page = html.fromstring(self._post("/my/exchanges/post", **sent).text)
        [form] = page.xpath("//form[@action='/my/exchanges/post']")
        problems = form.find_class("alert-danger")
        self.assertEqual(page.find_class("alert-danger"), problems)
        self.assertEqual(page.xpath("//*[@autofocus]"), problems[:1])
        marked = [
            page.xpath(f"//*[@aria-describedby='{problem.get('id')}']/@name")
            for problem in problems
        ]
        self.assertEqual(marked, [["name"], ["topic_id"], ["date_end"]])

    def test_a_last_day_far_away_is_no_last_day(self):
        self._login("mayor_b")
        for typed in ("9999-12-31", f"{self.today.year + 11}-01-01", "0026-12-31", "20271-01-01"):
            page = self._post("/my/exchanges/post", **self._values(date_end=typed))
            self.assertEqual(page.status_code, 422, typed)
            self.assertIn('id="problem_date_end"', page.text)
        self.assertFalse(self._needs())
        day = f"{self.today.year + 9}-01-01"
        self._post("/my/exchanges/post", **self._values(date_end=day))
        self.assertEqual(str(self._needs().date_end), day)

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

    def test_a_peer_is_found_by_name_commune_or_function_with_its_size(self):
        self.mayor_b.network_directory_consent = True
        self.commune_b.population = 1234
        self._login("mayor_a")
        name = self.mayor_b.lastname.lower()
        for words in (name, self.commune_b.name.upper(), "maire", f"{name} {self.commune_b.name}"):
            page = self.url_open("/my/peers", params={"q": words}).text
            self.assertIn(self.mayor_b.email, page, words)
        self.assertRegex(page, r"\(1\D234 \w+\)")
        page = self.url_open("/my/peers", params={"q": f"{name} nowhere"}).text
        self.assertNotIn(self.mayor_b.email, page)
        self.assertIn('<a href="/my/peers">', page)
        self.assertIn("aux agents les agents", page)

    def test_the_communes_nearest_in_size_come_first_then_the_name(self):
        """Of 4,000 inhabitants: 4,400, then half and twice as many, whose names decide, then 300;
        who knows not its size, and one's own commune, come last. Each function separately."""
        self.commune_a.population = 4_000
        wanted = [
            ("Yutz", 4_400),
            ("Ars", 8_000),
            ("Bousse", 2_000),
            ("Abbéville", 300),
            ("Aboncourt", 0),
        ]
        names = []
        for number, (name, population) in enumerate(sorted(wanted), start=1):
            commune = self.env["res.partner"].create(
                {
                    "name": name,
                    "is_commune": True,
                    "is_company": True,
                    "insee_code": f"5799{number}",
                    "epci_id": self.epci.id,
                    "population": population,
                }
            )
            mayor = self.env["res.partner"].create({"firstname": "Ève", "lastname": name.upper()})
            self._mandate(mayor, commune, "mayor")
            mayor.network_directory_consent = True
            names.append(mayor.name)
        self.mayor_a.network_directory_consent = True
        self.deputy.network_directory_consent = True
        self._login("mayor_a")

        def read(words=""):
            page = html.fromstring(self.url_open("/my/peers", params={"q": words}).content)
            return page.xpath("//li[@class='list-group-item']/strong/text()")

        mayors = [name for commune, _size in wanted for name in names if commune.upper() in name]
        mayors.append(self.mayor_a.name)
        found = read()
        self.assertEqual([name for name in found if name in mayors], mayors)
        self.assertEqual(found.index(self.mayor_a.name), len(mayors) - 1)  # then the deputies
        self.assertIn(self.deputy.name, found)
        self.assertEqual(read("eve"), mayors[:-1])
        # Without the size of one's own commune, the names.
        self.commune_a.population = 0
        found = [name for name in read() if name in mayors]
        self.assertEqual(found, [mayors[n] for n in (3, 4, 1, 5, 2, 0)])

    def test_the_commune_whose_name_begins_with_the_words_comes_first(self):
        self.commune_b.name = "Metz"
        near = self.env["res.partner"].create(
            {"name": "Ars-près-Metz", "is_commune": True, "is_company": True}
        )
        near.write({"insee_code": "57032", "epci_id": self.epci.id})
        mayors = self.env["res.partner"].create({"firstname": "Ève", "lastname": "ALBERT"})
        mayors |= self.mayor_b
        self._mandate(mayors[0], near, "mayor")
        mayors.network_directory_consent = True
        self._login("mayor_a")

        def rank(words):
            page = self.url_open("/my/peers", params={"q": words}).text
            return [page.index(f"<strong>{mayor.name}</strong>") for mayor in mayors]

        near_rank, begun_rank = rank("metz")
        self.assertLess(begun_rank, near_rank)
        self.commune_b.name, near.name = "Ars-près-Metz", "Metz"
        near_rank, begun_rank = rank("metz")
        self.assertLess(near_rank, begun_rank)

    def test_the_home_page_leads_there(self):
        self._login("mayor_a")
        page = self.url_open("/my").text
        self.assertIn("/my/exchanges", page)
        self.assertIn("/my/peers", page)
        self.assertNotIn('href="/groups/', page)
        self._login("secretary_ab")
        self.assertIn('href="/groups/', self.url_open("/my").text)
