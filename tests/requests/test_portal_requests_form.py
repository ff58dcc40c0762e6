"""Filing a request on the portal: the person chooses who answers, and sends it once."""

import json
from unittest.mock import patch

from lxml import html

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_request_case import HTML, PDF, PNG, PortalRequestCase

CLEAR = "Il y a un nid de poule rue de la Gare. Qui le répare ?"


@tagged("post_install", "-at_install")
class TestPortalRequestForm(PortalRequestCase):
    def test_a_request_arrives_with_team_promise_and_channel(self):
        self._login(self.portal_a)
        page = self._file(
            name="Trou rue de la Gare",
            place="12 rue de la Gare",
            confidentiality="maire_dgs",
            priority="3",
            files=[("files", ("trou.png", PNG, "image/png"))],
        )
        ticket = self._latest()
        self.assertIn(f"/my/requests/{ticket.id}", page.url)
        self.assertIn(ticket.number, page.text)
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "Trou rue de la Gare",
                    "commune_id": self.commune_a.id,
                    "partner_id": self.portal_a.partner_id.id,
                    "topic_id": self.road_topic.id,
                    "team_id": self.roads.id,
                    "place": "12 rue de la Gare",
                    "confidentiality": "maire_dgs",
                    "priority": "3",
                    "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
                    "stage_kind": "received",
                }
            ],
        )
        self.assertTrue(ticket.promised_date)
        self.assertEqual(ticket.commune_file_ids.mapped("name"), ["trou.png"])
        self.assertIn("Qui le répare", ticket.description)

    def test_the_title_is_made_from_the_question(self):
        self._login(self.portal_a)
        self._file(name="")
        self.assertEqual(self._latest().name, "Il y a un nid de poule rue de la Gare.")

    def test_what_is_typed_is_text_never_a_page(self):
        self._login(self.portal_a)
        self._file(
            question="<script>alert(1)</script> <b>gras</b>", topic_id="none", name="<i>x</i>"
        )
        ticket = self._latest()
        self.assertNotIn("<script", ticket.description)
        page = self._get(f"/my/requests/{ticket.id}").text
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;i&gt;x&lt;/i&gt;", page)

    def test_only_the_values_of_the_form_are_taken(self):
        self._login(self.portal_a)
        self._file(
            team_id=self.water.id,
            partner_id=self.portal_b.partner_id.id,
            stage_id="5",
            is_sensitive="1",
            number="X",
            priority="9",
            confidentiality="tous",
        )
        ticket = self._latest()
        self.assertEqual(ticket.team_id, self.roads)
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual((ticket.priority, ticket.confidentiality), ("1", "commune"))
        self.assertNotEqual(ticket.number, "X")

    def test_nobody_files_for_a_third_party_commune(self):
        for user in (self.portal_b, self.portal_ended):
            self._login(user)
            before = self._count()
            self.assertEqual(self._file().status_code, 404)
            self.assertEqual(self._count(), before)
            with self.assertRaises(AccessError):
                self.env["commune.request.portal"].with_user(user)._create_from_portal(
                    {"question": "Question", "commune": self.commune_a}
                )

    def test_a_secretary_files_for_each_of_her_communes(self):
        self._login(self.portal_both)
        self._file(commune=self.commune_b)
        self.assertEqual(self._latest().commune_id, self.commune_b)

    def test_a_form_sent_twice_makes_one_request(self):
        self._login(self.portal_a)
        first = self._file()
        before = self._count()
        second = self._file()
        self.assertEqual(self._count(), before)
        self.assertEqual(second.url.split("?")[0], first.url.split("?")[0])

    def test_the_same_words_on_another_topic_or_for_other_readers_are_another_request(self):
        """From the same page, which came back: who would read it, or act on it, is not the same."""
        self._login(self.portal_a)
        self._file()
        before, first = self._count(), self._latest()
        for number, (name, value) in enumerate(
            (
                ("topic_id", self.water_topic.id),
                ("confidentiality", "maire_dgs"),
                ("place", "12 rue de la Gare"),
                ("priority", "3"),
            ),
            start=1,
        ):
            with self.subTest(name=name):
                page = self._file(**{name: value})
                again = self._file(**{name: value})
                self.assertEqual(self._count(), before + number)
                self.assertNotEqual(self._latest(), first)
                self.assertEqual(again.url.split("?")[0], page.url.split("?")[0])

    def test_what_the_page_writes_by_itself_makes_no_other_request(self):
        """The title, then the topic that was chosen for who had not, and the readers as usual."""
        self._login(self.portal_a)
        self._file(question=CLEAR, topic_id="", name="")
        before, topic = self._count(), self._latest().topic_id
        self.assertTrue(topic)
        for values in (
            {"name": "Un nid de poule"},
            {"topic_id": topic.id},
            {"confidentiality": "commune", "priority": "1", "place": " "},
        ):
            self._file(**{"question": CLEAR, "topic_id": "", **values})
            self.assertEqual(self._count(), before, values)

    def test_somebody_elses_form_number_shows_nothing(self):
        self._login(self.portal_a)
        self._file()
        first = self._latest()
        self._login(self.portal_both)
        self._file()
        self.assertNotEqual(self._latest(), first)

    def test_a_refused_file_loses_no_text(self):
        self._login(self.portal_a)
        before = self._count()
        page = self._file(
            question="Une longue question sur la voirie", files=[("files", ("x.pdf", HTML))]
        )
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._count(), before)
        self.assertIn("Une longue question sur la voirie", page.text)
        self.assertIn("«\u00a0x.pdf\u00a0»", page.text)
        self.assertIn("o_commune_first_problem", page.text)
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "x.pdf")]))

    def test_an_empty_question_is_refused_in_a_sentence(self):
        self._login(self.portal_a)
        before = self._count()
        page = self._file(question="  ")
        read = html.fromstring(page.content)
        [summary] = read.xpath("//*[@autofocus]")
        self.assertIn("Écrivez votre question ou votre demande.", summary.text_content())
        [field] = read.xpath("//textarea[@name='question']")
        self.assertIn(summary.get("id"), field.get("aria-describedby").split())
        self.assertEqual(self._count(), before)
        with self.assertRaises(UserError):
            self.env["commune.request.portal"].with_user(self.portal_a)._create_from_portal(
                {"commune": self.commune_a, "question": ""}
            )

    def test_each_text_has_its_limit_and_says_which_one_is_too_long(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.portal_a)
        before = self._count()
        for name, most in [("question", 20_000), ("name", 120), ("place", 200)]:
            values = {"commune": self.commune_a, "question": "Sel ?", "topic_id": "none"}
            with self.subTest(field=name):
                with self.assertRaises(UserError) as refused:
                    tickets.env["commune.request.portal"]._create_from_portal(
                        {**values, name: "x" * (most + 1)}
                    )
                self.assertEqual([field for field, _text in refused.exception.problems], [name])
                self.assertIn(str(most), refused.exception.args[0])
        self.assertEqual(self._count(), before)

    def test_a_form_that_is_refused_looks_for_the_interlocutors_once(self):
        self._login(self.portal_a)
        topics = self.env.registry["commune.topic"]
        with patch.object(
            topics, "_get_portal_cards", autospec=True, side_effect=topics._get_portal_cards
        ) as cards:
            page = self._file(place="x" * 201)
        self.assertIn("o_commune_first_problem", page.text)
        self.assertEqual(cards.call_count, 1)

    # the gate

    def test_a_clear_question_needs_no_choice(self):
        self._login(self.portal_a)
        cards = self.env["commune.topic"]._get_portal_cards(CLEAR, self.commune_a)
        self.assertTrue(cards[0]["clear"])
        self._file(question=CLEAR, topic_id="")
        self.assertEqual(self._latest().topic_id.id, cards[0]["topic_id"])

    def test_a_doubtful_question_waits_for_the_choice_of_the_person(self):
        question = "Bonjour, la rue et les arbres, le bus, la piscine et les déchets"
        cards = self.env["commune.topic"]._get_portal_cards(question, self.commune_a)
        self.assertTrue(cards)
        self.assertFalse(cards[0]["clear"])
        self._login(self.portal_a)
        before = self._count()
        page = self._file(question=question, topic_id="")
        self.assertEqual(self._count(), before)
        self.assertEqual(page.text.count('name="topic_id"'), len(cards) + 1)
        self.assertNotIn('checked="checked" id="request_topic', page.text)
        self._file(question=question, topic_id=cards[1]["topic_id"])
        self.assertEqual(self._latest().topic_id.id, cards[1]["topic_id"])
        self.assertEqual(self._latest().suggested_topic_id.id, cards[0]["topic_id"])

    def test_none_fits_goes_to_the_desk_and_is_counted(self):
        self._login(self.portal_a)
        self._file(question=CLEAR, topic_id="none")
        ticket = self._latest()
        self.assertFalse(ticket.topic_id)
        self.assertEqual(ticket.team_id, self.desk)
        log = self.env["commune.orientation.log"].search([("ticket_id", "=", ticket.id)])
        self.assertRecordValues(
            log, [{"origin": "portal", "chosen_topic_id": False, "is_zero_result": True}]
        )

    def test_the_choice_is_kept_in_the_log(self):
        self._login(self.portal_a)
        self._file()
        log = self.env["commune.orientation.log"].search([("ticket_id", "=", self._latest().id)])
        self.assertEqual(log.chosen_topic_id, self.road_topic)
        self.assertFalse(log.is_zero_result)

    def test_a_topic_that_is_none_goes_to_the_desk(self):
        self._login(self.portal_a)
        for topic in (self.road_topic.parent_id.id, 999_999, "-1", "x"):
            self._file(topic_id=topic, question="xyzzy", form_key="")
            self.assertFalse(self._latest().topic_id)

    def test_the_cards_are_found_without_javascript(self):
        self._login(self.portal_a)
        before = self._count()
        page = self._file(step="orient", topic_id="", question=CLEAR)
        self.assertEqual(self._count(), before)
        self.assertIn('name="topic_id"', page.text)
        self.assertIn(CLEAR, page.text)

    # the cards

    def test_the_cards_come_while_the_question_is_typed(self):
        self._login(self.portal_a)
        found = self._orient(CLEAR, self.commune_a.id)["result"]
        self.assertIn('name="topic_id"', found["html"])
        self.assertEqual(found["title"], "Il y a un nid de poule rue de la Gare.")
        self.assertEqual(self._orient("", self.commune_a.id)["result"]["title"], "")
        self.assertTrue(self._orient("x" * 100_000, self.commune_a.id)["result"])

    def test_a_private_person_has_a_quiet_reminder_and_nothing_is_refused(self):
        self._login(self.portal_a)
        text = "L’arbre de M. Dupont penche sur la route, il habite 12 rue Haute"
        answer = self._file(question=text, step="orient").text
        self.assertIn("o_commune_mentions", answer)
        self.assertIn("Dupont, 12 rue Haute", answer)
        html = self._orient(text, self.commune_a.id)["result"]["html"]
        self.assertIn("Dupont", html)
        # Those who are named in what they do: the mayor, an agent of the organisation.
        for text in (
            f"Madame {self.portal_a.partner_id.lastname} demande un nid de poule rebouché",
            f"M. {self.officer.partner_id.lastname} nous a dit de vous écrire",
            "Il y a un nid de poule devant le 12 rue de la Gare",
        ):
            html = self._orient(text, self.commune_a.id)["result"]["html"]
            self.assertNotIn("o_commune_mentions", html, text)
        filed = self._file(question="M. Dupont a vu un nid de poule rue de la Gare. Qui répare ?")
        self.assertIn("/my/requests/", filed.url)

    def test_the_cards_are_for_those_who_hold_a_mandate(self):
        for user, commune in [(self.portal_b, self.commune_a), (self.portal_ended, self.commune_a)]:
            self._login(user)
            with mute_logger("odoo.http"):
                answer = self._orient(CLEAR, commune.id)
            self.assertIn("error", answer)
            self.assertNotIn("result", answer)

    def _orient(self, question, commune_id):
        payload = {"params": {"question": question, "commune_id": commune_id}}
        return self.url_open(
            "/my/requests/orient",
            data=json.dumps(payload),
            headers={"Content-Type": "application/json"},
        ).json()

    def test_a_card_says_who_answers_today_and_how_fast(self):
        self.env["commune.topic.referent"].create(
            [
                {"topic_id": self.road_topic.id, "user_id": self.referent.id},
                {"topic_id": self.road_topic.id, "user_id": self.reader.id, "role": "backup"},
            ]
        )
        today = self.env.company._get_today()
        company = self.env.registry["res.company"]
        self.patch(company, "_get_day_of_answers", lambda company: today)
        topics = self.env["commune.topic"].with_user(self.portal_a)
        card = next(
            c
            for c in topics._get_portal_cards(CLEAR, self.commune_a)
            if c["topic_id"] == self.road_topic.id
        )
        self.assertEqual(card["person"]["name"], self.referent.name)
        self.assertEqual(card["person"]["presence"], "Can be reached today")
        self.assertIn("Answer promised for", card["promise"])
        self.referent.out_of_office_from = "2020-01-01 00:00:00"
        card = topics._get_portal_cards(CLEAR, self.commune_a)[0]
        self.assertEqual(card["person"]["name"], self.reader.name)
        self.assertIn("takes over", card["person"]["presence"])
        self.assertIn(self.referent.name, card["person"]["presence"])

    def test_what_is_not_managed_is_stated_at_once_and_may_be_sent(self):
        self.road_topic.write(
            {
                "level": "departement",
                "outside_name": "Conseil départemental",
                "outside_contact": "03 00 00 00 00",
            }
        )
        self._login(self.portal_a)
        page = self._file(step="orient", question=CLEAR)
        self.assertIn("Conseil départemental – 03\xa000\xa000\xa000\xa000", page.text)
        self._file(question=CLEAR)
        self.assertEqual(self._latest().topic_id, self.road_topic)

    def test_the_photo_of_an_agent_who_answers_is_for_communes_only(self):
        self.env["commune.topic.referent"].create(
            {"topic_id": self.road_topic.id, "user_id": self.referent.id}
        )
        self.referent.partner_id.image_1920 = self.env["ir.attachment"].new({"raw": PNG}).datas
        path = f"/my/interlocutors/{self.referent.id}/photo"
        for user, status in [(self.portal_a, 200), (self.portal_ended, 404)]:
            self._login(user)
            self.assertEqual(self._get(path).status_code, status)
        for other in (self.employee, self.portal_b):
            self._login(self.portal_a)
            answer = self._get(f"/my/interlocutors/{other.id}/photo")
            self.assertEqual(answer.status_code, 404)

    def test_answers_already_published_come_with_the_cards(self):
        answer = self.env["commune.published.answer"].create(
            {
                "question": "Qui répare un nid de poule ?",
                "answer": "<p>Le pôle voirie, sous trois jours.</p>",
                "topic_id": self.road_topic.id,
            }
        )
        answer.action_publish()
        self._login(self.portal_a)
        for path in ("/my/orient", "/my/requests/new"):
            page = self._get(path, params={"q": CLEAR})
            self.assertEqual(page.text.count("Le pôle voirie, sous trois jours."), 1)
        answer.action_archive()
        page = self._get("/my/orient", params={"q": CLEAR})
        self.assertNotIn("Le pôle voirie, sous trois jours.", page.text)

    # the search box

    def test_the_search_box_leads_to_the_interlocutor_and_to_the_form(self):
        self._login(self.portal_a)
        page = self._get("/my/orient", params={"q": CLEAR})
        self.assertEqual(page.status_code, 200)
        self.assertIn(f"topic={self.road_topic.id}", page.text)
        log = self.env["commune.orientation.log"].search([], limit=1)
        self.assertEqual((log.origin, log.question), ("search", CLEAR))
        form = self._get("/my/requests/new", params={"q": CLEAR, "topic": self.road_topic.id})
        self.assertIn(CLEAR, form.text)
        self.assertIn(f'id="request_topic_{self.road_topic.id}"', form.text)

    def test_the_search_box_is_not_for_those_without_a_mandate(self):
        self._login(self.portal_ended)
        for path in ("/my/orient?q=voirie", "/my/requests/new"):
            self.assertEqual(self._get(path).status_code, 404)

    def test_the_form_of_another_person_is_not_sent(self):
        """Without the secret of the session, nothing is written."""
        self._login(self.portal_a)
        before = self._count()
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/my/requests/new", data={"question": CLEAR, "commune_id": self.commune_a.id}
            )
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self._count(), before)
        self.assertTrue(http.Request.csrf_token(self))

    def test_a_file_goes_with_a_valid_form(self):
        self._login(self.portal_a)
        self._file(files=[("files", ("plan.pdf", PDF)), ("files", ("note.txt", b"Bonjour"))])
        files = self._latest().commune_file_ids
        self.assertEqual(
            dict(zip(files.mapped("name"), files.mapped("mimetype"), strict=True)),
            {"plan.pdf": "application/pdf", "note.txt": "text/plain"},
        )
