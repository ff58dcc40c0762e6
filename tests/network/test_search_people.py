"""The search box of the portal finds the persons of the communes whom its pages show, and the town
halls."""

from lxml import html

from odoo.tests import HttpCase, tagged

from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestSearchPeople(NetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        users = cls.portal_a | cls.portal_b | cls.portal_both
        users.lang = "fr_FR"
        cls.mayor_b.write(
            {
                "firstname": "Odile",
                "lastname": "LAMPADAIRE-QUENTIN",
                "phone": "03 00 00 00 07",
                "email": "odile@bellefontaine.example",
            }
        )
        cls.commune_b.write({"phone": "03 00 00 00 08", "email": "mairie@bellefontaine.example"})

    def _find(self, words, login="mayor_a"):
        """[(name, links)] of the persons and town halls of the page, and its topics."""
        self.authenticate(f"test_{login}", f"test_{login}")
        page = html.fromstring(self.url_open("/my/orient", params={"q": words}).text)
        people = page.xpath("//section[@aria-labelledby='people_title']//h3")
        found = [
            (
                " ".join(one.text_content().split()),
                [link.rpartition("/")[2] for link in one.getparent().xpath(".//div//a/@href")],
            )
            for one in people
        ]
        return found, page.xpath("//section[@aria-labelledby='orient_title']//h3")

    def test_a_peer_who_agreed_is_found_with_what_the_directory_shows(self):
        self.assertEqual(self._find("Lampadaire-Quentin")[0], [])
        self.mayor_b.env["commune.portal.page"]._set_directory_consent(self.mayor_b, True)
        reach = ["tel:0300000007", "mailto:odile@bellefontaine.example"]
        for words in ("Quentin", "odile quentin", "Mme Lampadaire-Quentin"):
            with self.subTest(words):
                [(name, links)], topics = self._find(words)
                self.assertEqual((name, links), (self.mayor_b.name, reach))
                self.assertEqual(topics, [])
        # Staff have their own directory: the secretary reads the sheet of her commune alone.
        self.assertEqual(self._find("odile quentin", "secretary_ab")[0], [(self.mayor_b.name, [])])
        self.mayor_b.env["commune.portal.page"]._set_directory_consent(self.mayor_b, False)
        self.assertEqual(self._find("odile quentin")[0], [])

    def test_topics_stay_when_the_words_mean_something_else(self):
        self.mayor_b.env["commune.portal.page"]._set_directory_consent(self.mayor_b, True)
        for words in ("lampadaire en panne", "lampadaire"):
            with self.subTest(words):
                self.assertTrue(self._find(words)[1])

    def test_a_person_of_my_commune_is_a_name_without_contact(self):
        self.deputy.phone = "03 00 00 00 09"
        [(name, links)], _topics = self._find(self.deputy.name)
        self.assertEqual((name, links), (self.deputy.name, []))
        self.assertEqual(self._find(self.deputy.name, "mayor_b")[0], [])

    def test_anyone_who_bears_the_whole_name_is_alone(self):
        self.mayor_b.env["commune.portal.page"]._set_directory_consent(self.mayor_b, True)
        self.deputy.write({"firstname": "Paul", "lastname": "QUENTIN"})
        [(name, _links)], _topics = self._find("Paul Quentin")
        self.assertEqual(name, self.deputy.name)
        self.assertEqual(len(self._find("Quentin")[0]), 2)

    def test_the_name_of_a_commune_finds_its_town_hall_and_no_other(self):
        hall = ("Mairie : Bellefontaine", ["tel:0300000008", "mailto:mairie@bellefontaine.example"])
        for words in ("Bellefontaine", "mairie de Bellefontaine", "secrétariat belefontaine"):
            with self.subTest(words):
                [(name, links)], _topics = self._find(words)
                self.assertEqual((name.replace("\N{NO-BREAK SPACE}", " "), links), hall)
        self.assertEqual(self._find("nid de poule à Bellefontaine")[0], [])
        self.commune_b.epci_id = False
        self.assertEqual(self._find("Bellefontaine")[0], [])
