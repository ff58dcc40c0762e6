"""The library of the communes: what is found, read, downloaded, judged, and kept on a device."""

import base64
from datetime import timedelta

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from ..requests.portal_request_case import PortalRequestCase
from .guide_case import get_guide_records


@tagged("post_install", "-at_install")
class TestPortalGuides(PortalRequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_guide_records(cls)
        cls.guide = cls.records["guide_elected_large"]
        cls.url = f"/my/guides/{cls.guide.id}"
        cls.guide.topic_ids = cls.road_topic

    def _titles(self, path):
        page = html.fromstring(self.url_open(path).content)
        return [
            link.text_content().strip()
            for link in page.xpath("//li[contains(@class, 'list-group-item')]/a")
        ]

    def test_words_are_found_whatever_their_accents_case_and_number(self):
        self._login(self.portal_a)
        for words in (
            "nids de poule",
            "NID DE POULES",
            "repare",
            "intérêt communautaire",
            self.road_topic.name,
        ):
            with self.subTest(words=words):
                self.assertEqual(self._titles(f"/my/guides?q={words}"), [self.guide.name])

    def test_the_list_is_narrowed_by_topic_audience_and_what_is_new(self):
        self._login(self.portal_a)
        other = self.records["guide_everyone"].name
        self.assertEqual(self._titles("/my/guides"), [other, self.guide.name])
        family = self.road_topic.parent_id
        for topic in (self.road_topic, family):
            self.assertEqual(self._titles(f"/my/guides?topic={topic.id}"), [self.guide.name])
        self.assertEqual(self._titles("/my/guides?audience=for_staff"), [other])
        self.env.cr.execute(
            "UPDATE commune_guide SET date_revised = date_revised - 61 WHERE id = %s",
            [self.guide.id],
        )
        self.guide.invalidate_recordset()
        self.assertEqual(self._titles("/my/guides?new=1"), [other])

    def test_a_long_list_has_pages_and_costs_the_same(self):
        self._login(self.portal_a)
        self._titles("/my/guides")

        def count():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.url_open("/my/guides")
            return self.env.cr.sql_log_count - before

        few = count()
        guides = self.env["commune.guide"].create(
            [{"name": f"Fiche {n:02}", "summary": "Fiche d’essai"} for n in range(40)]
        )
        guides.action_publish()
        self.url_open("/my/guides")  # what was published empties what a server remembers
        self.assertAlmostEqual(count(), few, delta=2)  # twenty times as many guides
        self.assertEqual(len(self._titles("/my/guides")), 30)
        self.assertEqual(len(self._titles("/my/guides/page/2")), 12)
        self.assertEqual(self._titles("/my/guides/page/2?q=Fiche+d’essai")[-1], "Fiche 39")

    def test_words_that_find_nothing_are_noted_once_a_session_without_a_name(self):
        self._login(self.portal_a)
        for _time in range(2):
            page = self.url_open("/my/guides?q=ruche pédagogique")
            self.assertIn("Aucun guide", page.text)
        # Found, but not with this filter: nothing is missing.
        self.url_open("/my/guides?q=nids&audience=for_staff")
        found = self.env["commune.guide.search"].search([("state", "=", "open")])
        self.assertEqual(
            [(line.words, line.count) for line in found if line.words != "Composteur partagé"],
            [("ruche pédagogique", 1)],
        )
        self.assertNotIn(self.portal_a.partner_id, found.create_uid.partner_id)

    def test_a_guide_says_whom_to_call_and_leads_to_a_request_on_its_topic(self):
        self._login(self.portal_a)
        page = html.fromstring(self.url_open(self.url).content)
        text = page.text_content()
        self.assertIn("sous dix jours", text)
        self.assertIn(
            self.env["commune.topic"].orient("nid de poule", self.commune_a)[0]["referent"]["name"],
            text,
        )
        [link] = page.xpath("//a[contains(@href, '/my/requests/new')]/@href")
        form = html.fromstring(self.url_open(link).content)
        [ticked] = form.xpath("//input[@name='topic_id'][@checked]/@value")
        self.assertEqual(ticked, str(self.road_topic.id))

    def test_the_third_party_guide_does_not_exist(self):
        hidden = self.records["guide_heads_small"], self.records["guide_draft_referent"]
        self._login(self.portal_a)
        for guide in hidden:
            for path in ("", "/offline", "/video", "/document/1"):
                with self.subTest(guide=guide.name, path=path):
                    page = self.url_open(f"/my/guides/{guide.id}{path}")
                    self.assertEqual(page.status_code, 404)
        self._login(self.portal_ended)
        self.assertEqual(self.url_open("/my/guides").status_code, 404)

    def test_a_validity_that_ended_is_shown_on_the_list_and_on_the_page(self):
        self.guide.validity_date = self.today - timedelta(days=1)
        self._login(self.portal_a)
        for path in ("/my/guides", self.url, f"{self.url}/offline"):
            self.assertIn("n cours de révision", self.url_open(path).text)

    def test_what_changed_is_read_by_the_communes_and_former_texts_are_not(self):
        version = self.guide._begin_version(
            body="<p>Sous cinq jours.</p>", change_text="Cinq jours au lieu de dix."
        )
        version.with_user(self.officer).action_publish()
        self._login(self.portal_a)
        text = self.url_open(self.url).text
        self.assertIn("Cinq jours au lieu de dix.", text)
        self.assertNotIn("sous dix jours", text)

    def test_documents_video_and_subtitles_are_sent_to_readers(self):
        document = self.env["ir.attachment"].create(
            {"name": "modele.txt", "raw": b"Le conseil municipal", "mimetype": "text/plain"}
        )
        self.guide.sudo().write(
            {
                "attachment_ids": [Command.link(document.id)],
                "video_file": base64.b64encode(b"\x00\x00\x00\x18ftypmp42" + b"0" * 50),
                "video_name": "accueil.mp4",
                "subtitles_file": base64.b64encode(b"WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour"),
                "subtitles_name": "accueil.vtt",
            }
        )
        self._login(self.portal_a)
        page = self.url_open(self.url).text
        self.assertIn(f"{self.url}/subtitles", page)
        self.assertEqual(
            self.url_open(f"{self.url}/document/{document.id}").content, b"Le conseil municipal"
        )
        subtitles = self.url_open(f"{self.url}/subtitles")
        self.assertTrue(subtitles.headers["Content-Type"].startswith("text/vtt"))
        video = self.url_open(f"{self.url}/video")
        self.assertEqual(video.headers["Content-Type"], "video/mp4")
        self._login(self.portal_b)
        for part in (f"document/{document.id}", "video", "subtitles"):
            self.assertEqual(self.url_open(f"{self.url}/{part}").status_code, 404)

    def test_what_a_device_keeps_says_nothing_of_the_person_nor_of_the_commune(self):
        self._login(self.portal_a)
        kept = self.url_open(f"{self.url}/offline")
        self.assertIn("sous dix jours", kept.text)
        for secret in ("AUBRY", "Anne", "test_mayor_a", self.commune_a.name, "<script", "csrf"):
            self.assertNotIn(secret, kept.text)
        worker = self.url_open("/my/guides/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/my/guides")

    def test_readings_and_opinions_come_from_the_page(self):
        self._login(self.portal_a_limited)
        before = self.guide.view_count
        self.url_open(self.url)
        self.url_open(self.url)
        self.guide.invalidate_recordset()
        self.assertEqual(self.guide.view_count, before + 1)
        page = self._post(f"{self.url}/opinion", useful="no", comment="Quel téléphone ?")
        self.assertIn("votre avis est noté", page.text)
        opinion = self.guide._get_opinion(self.portal_a_limited.partner_id)
        self.assertFalse(opinion.useful)
        self.assertEqual(opinion.comment, "Quel téléphone ?")
        self.assertEqual(opinion.commune_id, self.commune_a)

    def test_guides_are_under_the_answer_to_a_request_on_their_topic(self):
        ticket = self._request(requester=self.portal_a)
        ticket.topic_id = self.road_topic
        self.assertEqual(ticket.with_user(self.officer).guide_ids, self.guide)
        ticket.answer_html = "<p>Le trou est rebouché.</p>"
        ticket.env["commune.request.answer"]._send_answer(ticket)
        self._login(self.portal_a)
        self.assertIn(self.url, self.url_open(f"/my/requests/{ticket.id}").text)

    def test_guides_are_proposed_on_the_cards_to_those_whom_they_concern(self):
        topics = self.env["commune.topic"]
        question = "Il y a un nid de poule rue de la Gare. Qui le répare ?"
        cards = topics.with_user(self.portal_a)._get_portal_cards(question, self.commune_a)
        self.assertEqual(cards[0]["guides"], self.guide)
        cards = topics.with_user(self.portal_b)._get_portal_cards(question, self.commune_b)
        self.assertFalse(cards[0]["guides"])
        self._login(self.portal_a)
        self.assertIn(self.url, self.url_open(f"/my/orient?q={question}").text)
        self.env.company.uses_knowledge = False
        self.assertNotIn(self.url, self.url_open(f"/my/orient?q={question}").text)
