"""Invitations: who is written to, and the link of one's own."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import freeze_time, tagged

from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestEventInvitation(EventHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        persons = cls.portal_a | cls.portal_a_limited | cls.portal_b | cls.portal_ended
        cls.event.invited_ids = persons.partner_id
        cls.event.with_user(cls.officer).action_invite()
        cls.invitation = cls._invitation(cls.portal_a)
        cls.link = f"/event-invitation/{cls.invitation.token}"

    @classmethod
    def _invitation(cls, user):
        return cls.event.invitation_ids.filtered(lambda i: i.partner_id == user.partner_id)

    def test_only_persons_in_office_are_written_to(self):
        self.assertEqual(len(self._letters(self.portal_a)), 1)
        self.assertFalse(self._letters(self.portal_ended))
        letter = self._letters(self.portal_a)
        self.assertIn("Invitation", letter.subject)
        self.assertIn("Madame AUBRY", letter.body_html)
        self.assertIn(self.link, self._copy(letter))
        self.assertIn("9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30", letter.body_html)
        self.assertNotIn(self.link, self._copy(self._letters(self.portal_b)))

    def test_sending_again_writes_to_the_newcomers_only(self):
        self.event.invited_ids |= self.portal_both.partner_id
        self.event.action_invite()
        self.assertEqual(len(self._letters(self.portal_a)), 1)
        self.assertEqual(len(self._letters(self.portal_both)), 1)

    def test_opening_the_link_answers_nothing(self):
        self._login(None)
        page = self.url_open(self.link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.url_open(f"{self.link}/answer?answer=yes")
        self.assertFalse(self.invitation.answer)
        self.assertFalse(self._places())

    def test_one_press_without_an_account_and_the_last_answer_counts(self):
        self._login(None)
        self.url_open(self.link)
        self.assertIn("Inscription", self._post(f"{self.link}/answer", answer="yes").text)
        self.assertEqual(self._registration(self.mandate_a).state, "open")
        self._post(f"{self.link}/answer", answer="no")
        registration = self._registration(self.mandate_a)
        self.assertEqual((registration.state, registration.excused), ("cancel", True))
        self.assertEqual(self.invitation.answer, "no")
        history = self.invitation.message_ids.mapped("body")
        self.assertEqual(len([body for body in history if "remplacé" in body]), 1)

    def test_no_of_who_waits_leaves_the_list_and_is_no_absence(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        self._register(self.mandate_b)
        self._login(None)
        self.url_open(self.link)
        self._post(f"{self.link}/answer", answer="yes")
        line = self._registration(self.mandate_a)
        self.assertTrue(line.is_waiting)
        page = self.url_open(self.link).text
        self.assertIn("Quitter la liste d’attente", page)
        self.assertNotIn('value="yes"', page)
        page = html.fromstring(self._post(f"{self.link}/answer", answer="no").content)
        outcome = page.get_element_by_id("outcome").text_content()
        self.assertIn("Vous n’êtes plus sur la liste d’attente", outcome)
        self.assertNotIn("excusée", page.text_content())
        self.assertIn("A quitté la liste d’attente", page.text_content())
        self.assertEqual((line.left_list, line.excused), (True, False))
        self.assertEqual(self.invitation.answer, "left")
        [back] = page.xpath("//button[@value='yes']")
        self.assertIn("S’inscrire sur la liste d’attente", back.text_content())
        self.assertFalse(page.xpath("//button[@value='no']"))
        self._post(f"{self.link}/answer", answer="yes")
        self.assertEqual((line.is_waiting, line.left_list), (True, False))

    def test_who_gives_the_place_back_on_the_portal_no_longer_says_yes_by_the_letter(self):
        self._login(None)
        self.url_open(self.link)
        self._post(f"{self.link}/answer", answer="yes")
        self._registration(self.mandate_a)._withdraw()
        self.assertEqual(self.invitation.answer, "no")
        page = html.fromstring(self.url_open(self.link).content)
        self.assertIn("Absence excusée", page.text_content())
        self.assertIn("Je participe finalement", page.xpath("//button[@value='yes']")[0].text)

    def test_those_who_wait_and_leave_take_no_place_that_is_given_back_with_them(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        self._register(self.mandate_a, self.mandate_b)
        self._places()._withdraw()
        self.assertEqual(set(self._places().mapped("state")), {"cancel"})

    def test_somebody_else_comes_instead(self):
        colleague = self.mandate_a_limited
        self._login(None)
        self.url_open(self.link)
        self._post(f"{self.link}/answer", answer="yes")
        self._post(f"{self.link}/answer", answer="other", mandate=[colleague.id])
        self.assertEqual(self._registration(colleague).state, "open")
        self.assertEqual(self._registration(colleague).registered_by_id, self.portal_a.partner_id)
        self.assertEqual(self._registration(self.mandate_a).state, "cancel")
        self._post(f"{self.link}/answer", answer="no")
        self.assertEqual(self._registration(colleague).state, "cancel")

    def test_nobody_of_another_commune_nor_by_a_councillor(self):
        self._login(None)
        self.url_open(self.link)
        answer = self._post(f"{self.link}/answer", answer="other", mandate=[self.mandate_b.id])
        self.assertEqual(answer.status_code, 422)
        limited = self._invitation(self.portal_a_limited)
        path = f"/event-invitation/{limited.token}/answer"
        answer = self._post(path, answer="other", mandate=[self.mandate_a.id])
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._post(path, answer="maybe").status_code, 422)
        self.assertFalse(self._places())

    def test_who_answers_for_oneself_learns_whom_to_ask(self):
        """Never a dead end: the page names those who act for the commune."""
        self.mandate_both_a.portal_blocked = True
        limited = self._invitation(self.portal_a_limited)
        self._login(None)
        page = self.url_open(f"/event-invitation/{limited.token}").text
        self.assertIn("Anne AUBRY (Maire)", " ".join(page.split()))
        self.assertNotIn("COLIN", page)
        self.assertNotIn('name="mandate"', page)
        self.assertNotIn("(Maire)", self.url_open(self.link).text)
        self._login(self.portal_a_limited)
        page = self.url_open(f"/my/events/{self.event.id}").text
        self.assertIn("Anne AUBRY (Maire)", " ".join(page.split()))
        self._login(self.portal_a)
        self.assertNotIn("(Maire)", self.url_open(f"/my/events/{self.event.id}").text)

    def test_dead_links(self):
        self._login(None)
        self.url_open(self.link)
        other = self.event.copy({"kanban_state": "normal"})
        self.assertFalse(other.invitation_ids)
        for token in ("x", "x" * 32, self.invitation.token[:-1], self.invitation.token + "a"):
            self.assertEqual(self.url_open(f"/event-invitation/{token}").status_code, 404)
            answer = self._post(f"/event-invitation/{token}/answer", answer="yes")
            self.assertEqual(answer.status_code, 404)
        self.mandate_a.date_end = self.today
        self.assertEqual(self.url_open(self.link).status_code, 404)
        self.assertEqual(self.url_open(f"{self.link}/calendar.ics").status_code, 404)
        self.assertEqual(self._post(f"{self.link}/answer", answer="yes").status_code, 404)
        self.assertFalse(self._places())

    def test_the_link_dies_with_the_access(self):
        """Withdrawing the access of a person to a commune leaves no working link in the mailbox."""
        find = self.env["commune.event.invitation"]._find_by_token
        self.mandate_a.portal_blocked = True
        self.assertFalse(find(self.invitation.token))
        sent = self.invitation.sent_date
        self.event.action_invite_again()
        self.assertEqual(self.invitation.sent_date, sent)
        self.event.invitation_ids = False
        self.event.invited_ids = self.portal_a.partner_id
        self.assertFalse(self.event._get_invitable())
        self.mandate_a.portal_blocked = False
        self.assertEqual(self.event._get_invitable(), self.mandate_a)

    def test_the_link_dies_with_the_event(self):
        find = self.env["commune.event.invitation"]._find_by_token
        self.assertEqual(find(self.invitation.token), self.invitation)
        with freeze_time(self.event.date_end + timedelta(minutes=1)):
            self.assertFalse(find(self.invitation.token))
        self.event.kanban_state = "cancel"
        self.assertFalse(find(self.invitation.token))

    def test_the_number_of_queries_does_not_grow_with_the_persons(self):
        def cost(count):
            mandates = self._colleagues(count, self.commune_b)
            event = self._event(name=f"Réunion {count}", kind="information", body_id=False)
            event.invited_ids = mandates.partner_id
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            event.action_invite()
            self.env.flush_all()
            self.assertEqual(event.invitation_count, count)
            return self.env.cr.sql_log_count - start

        cost(2)
        few, many = cost(5), cost(45)
        self.assertLessEqual(many - few, 20)

    def test_the_calendar_of_the_link(self):
        self._login(None)
        answer = self.url_open(f"{self.link}/calendar.ics")
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        start, _end = self.event.half_day_ids[0]._get_moments()
        self.assertIn(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", answer.text)
        self.assertEqual(answer.text.count("BEGIN:VEVENT"), 2)
        self.assertEqual(fields.Date.to_date(start.date()), self.event.half_day_ids[0].date)
