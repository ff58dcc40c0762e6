"""The search box of the portal: whom to call, what was written, one promise, reasons on demand."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.commune_relations.models.requests.finder.portal import ResultKind

from ..test_portal_home import HomeCase


@tagged("post_install", "-at_install")
class TestPortalSearch(HomeCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.portal_a.lang = "fr_FR"
        cls.env.company.phone = "03 87 00 00 00"

    def _search(self, words, user=None):
        user = user or self.portal_a
        self.authenticate(user.login, user.login)
        return self.url_open("/my/orient", params={"q": words}).text

    def _find(self, words, user=None):
        """{kind: titles} of what is found beside the persons in charge."""
        finder = self.env["commune.finder"].with_user(user or self.portal_a)
        commune = self.commune_b if user == self.portal_b else self.commune_a
        found = finder._find_for_portal(words, commune.with_user(user or self.portal_a))
        return {label: [one["title"] for one in those] for label, those in found}

    def test_what_is_one_s_own_is_found_with_typos(self):
        ticket = self._ask_word_of(self.commune_a, self.portal_a.partner_id, "Avaloir bouché")
        ticket.with_user(self.portal_a).check_access("read")
        event = self.env["event.event"].create(
            {
                "name": "L’urbanisme en une journée",
                "kind": "information",
                "portal_scope": "all",
                "date_begin": fields.Datetime.now() + timedelta(days=9),
                "date_end": fields.Datetime.now() + timedelta(days=9, hours=3),
            }
        )
        self.assertIn(["Avaloir bouché"], self._find("avaloire bouche").values())
        self.assertIn([event.name], self._find("urbanisne").values())
        self.assertNotIn(["Avaloir bouché"], self._find("avaloire bouche", self.portal_b).values())
        page = self._search("avaloire bouche")
        self.assertIn(f'href="/my/requests/{ticket.id}"', page)

    def test_reasons_are_shown_to_who_asks_for_them(self):
        page = self._search("lampadaire en panne")
        self.assertIn("fait partie des mots de ce sujet", page)
        shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
        self.assertNotIn("fait partie des mots de ce sujet", shown)
        self.assertIn("pourquoi", page)

    def test_below_who_answers_is_nothing_in_words_merely_alike(self):
        finder = self.env["commune.finder"]
        found = [
            {"kind": "guide", "id": 1, "title": "Eau", "reasons": [], "by_words": True},
            {"kind": "guide", "id": 2, "title": "Badge", "reasons": [], "by_words": True},
        ]
        found[0]["is_near"], found[1]["is_near"] = False, True
        result_kinds = {"guide": ResultKind("Guides", "/my/guides/%s")}
        with (
            patch.object(type(finder), "_get_result_kinds", lambda *args: result_kinds),
            patch.object(type(finder), "_find", lambda *args: found),
        ):
            alone = finder._find_for_portal("badge", self.commune_a)
            below = finder._find_for_portal(
                "badge", self.commune_a, [{"topic_id": 1, "guides": ()}]
            )
        self.assertEqual([one["title"] for one in alone[0][1]], ["Eau", "Badge"])
        self.assertEqual([one["title"] for one in below[0][1]], ["Badge"])

    def test_call_and_write_are_taps(self):
        page = self._search("lampadaire en panne")
        self.assertIn('href="tel:0387000000"', page)
        self.assertRegex(page, r'href="/my/requests/new\?[^"]*topic=')

    def test_the_card_promises_what_the_request_will(self):
        page = self._search("lampadaire en panne")
        topic = self.env["commune.topic"].search([("code", "=", "VOI-ECL")])
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "Lampadaire en panne",
                "description": "<p>Rue Haute</p>",
                "commune_id": self.commune_a.id,
                "topic_id": topic.id,
                "partner_id": self.portal_a.partner_id.id,
            }
        )
        promise = (
            self.env["commune.request.portal"]
            .with_context(lang="fr_FR")
            ._get_portal_promise(ticket.with_context(lang="fr_FR"))["sentence"]
        )
        self.assertIn("Réponse promise", promise)
        self.assertIn(promise, page)
        self.assertNotIn("jours ouvrés", page)

    def test_what_is_not_managed_promises_nothing_and_says_who_to_ask(self):
        page = self._search("compteur électrique Enedis")
        topic = self.env["commune.topic"].search([("code", "=", "HOR-EDF")])
        self.assertIn("Cela ne relève pas de nous", page)
        self.assertNotIn("Réponse promise", page)
        self.assertIn(topic.outside_name, page)
        self.assertNotIn("Opérateur", page)
        topic.write({"outside_name": False, "outside_contact": False})
        self.assertIn("Adressez-vous à l’opérateur", self._search("compteur électrique Enedis"))

    def test_what_broke_down_is_no_grave(self):
        cemetery = self.env["commune.topic"].search([("code", "=", "HOR-CIM")])
        cards = self.env["commune.topic"]._get_portal_cards("tombé en panne", self.commune_a)
        self.assertNotIn(cemetery.id, [card["topic_id"] for card in cards])
        cards = self.env["commune.topic"]._get_portal_cards("tombe de mes parents", self.commune_a)
        self.assertEqual(cards[0]["topic_id"], cemetery.id)

    def test_a_person_has_one_card_with_all_her_subjects(self):
        topics = self.env["commune.topic"].search([("code", "in", ["VOI-ECL", "VOI-ENT"])])
        self.officer.partner_id.write({"firstname": "Claire", "lastname": "VAUTRIN"})
        values = [{"topic_id": topic.id, "user_id": self.officer.id} for topic in topics]
        self.env["commune.topic.referent"].create(values)
        page = self._search("un nid de poule et un lampadaire en panne")
        [_head, card] = page.split('class="o_commune_topic"')
        for topic in topics.with_context(lang="fr_FR"):
            self.assertIn(topic.name, card)
        self.assertEqual(card.count("tel:0387000000"), 2, "the card, the foot of the page")
        for topic in topics.with_context(lang="fr_FR"):
            tap = rf'[?;]topic={topic.id}"[^>]*>\s*Écrire : {re.escape(topic.name)}'
            self.assertEqual(len(re.findall(tap, card.replace("\xa0", " "))), 1, topic.name)

    def test_who_comes_from_the_search_is_not_asked_again_who_answers(self):
        topic = self.env["commune.topic"].search([("code", "=", "VOI-ENT")])
        self.authenticate(self.portal_a.login, self.portal_a.login)
        asked = {"q": "nid de poul", "topic": topic.id}
        page = self.url_open("/my/requests/new", params=asked).text
        self.assertRegex(page, r'name="name"[^>]*value="Nid de poule"')
        self.assertIn(">nid de poul</textarea>", page)
        shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
        self.assertIn(f'id="request_topic_{topic.id}"', shown)
        self.assertNotIn('id="request_place"', shown)
        self.assertNotIn("o_commune_reasons", shown)
        asked["topic"] = "none"
        self.assertNotIn('name="short"', self.url_open("/my/requests/new", params=asked).text)

    def _make_referent(self, user, lastname, **values):
        user.partner_id.write({"firstname": "Claire", "lastname": lastname})
        topic = self.env["commune.topic"].search([("code", "=", "VOI-ECL")])
        referent = {"topic_id": topic.id, "user_id": user.id, **values}
        return self.env["commune.topic.referent"].create(referent)

    def _find_names(self, words, place, guessed=False):
        finder = self.env["commune.finder"].with_user(self.portal_both)
        return [one["name"] for one in finder._find_persons(words, place, guessed)]

    def test_a_person_is_found_by_name_by_the_communes_sent_to_her(self):
        self._make_referent(self.officer, "VAUTRIN", commune_ids=self.commune_a.ids)
        name = self.officer.name
        for words in ("Vautrin", "joindre Mme VAUTRIN", "claire vautrin", "claire"):
            self.assertEqual(self._find_names(words, self.commune_a), [name], words)
        self.assertEqual(self._find_names("Vautrin", self.commune_b), [])
        self.assertEqual(self._find_names("éclairage rue Claire", self.commune_a), [])
        self.assertEqual(self._find_names("vautin", self.commune_a, guessed=True), [name])
        with self._open_on(0):
            page = self._search("Vautrin")
        self.assertIn(name, page)
        self.assertIn("Joignable aujourd’hui", page)
        self.assertIn("o_present", page)
        with self._open_on(2):
            page = self._search("Vautrin")
        self.assertIn(name, page)
        self.assertNotIn("Joignable aujourd’hui", page)
        self.assertNotIn("o_present", page)

    def _open_on(self, days):
        """The organisation answers so many days from now."""
        day = self.env.company._get_today() + timedelta(days=days)
        company = self.env.registry["res.company"]
        return patch.object(company, "_get_day_of_answers", lambda company: day)

    def test_at_night_and_on_a_closed_day_one_answers_on_the_next_working_day(self):
        for moment, day in (
            ("2026-11-26 09:00:00", "2026-11-26"),  # a Thursday
            ("2026-11-26 21:00:00", "2026-11-27"),
            ("2026-11-28 09:00:00", "2026-11-30"),  # a Saturday
        ):
            with freeze_time(moment):
                found = self.env.company._get_day_of_answers()
                self.assertEqual(str(found), day, moment)

    def test_a_person_of_a_commune_is_found_with_one_letter_wrong(self):
        person = self.portal_a.partner_id
        person.write({"firstname": "Hugo", "lastname": "ROGER"})
        finder = self.env["commune.finder"].with_user(self.portal_both)
        for words, names in (("Hugo ROGR", [person.name]), ("Hugo ROCHET", [])):
            found = finder._find_people(words, self.commune_a, guessed=True)
            self.assertEqual([one["name"] for one in found], names, words)
        self.assertEqual(finder._find_people("Hugo ROGR", self.commune_a), [])
        self.assertIn(person.name, self._search("Hugo ROGR", self.portal_both))

    def test_who_answers_to_no_commune_is_not_notified(self):
        self.reader.partner_id.write({"firstname": "Zoé", "lastname": "QUIRIN"})
        self.assertEqual(self._find_names("Quirin", self.commune_a), [])
        self.assertNotIn("QUIRIN", self._search("Quirin"))
