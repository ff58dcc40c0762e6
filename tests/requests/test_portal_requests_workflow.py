"""A request from the commune's side: exchange, solved or not, opinion."""

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from .portal_request_case import HTML, PNG, PortalRequestCase


@tagged("post_install", "-at_install")
class TestPortalRequestLife(PortalRequestCase):
    def setUp(self):
        super().setUp()
        self.ticket = self._request()

    def _act(self, action, **data):
        return self._post(f"/my/requests/{self.ticket.id}/{action}", **data)

    def test_an_answer_that_was_waited_for_starts_the_work_again(self):
        self.ticket._move_to("waiting")
        self._login(self.portal_a)
        page = self._act(
            "message",
            text="Voici la photo",
            files=[("files", ("trou.png", PNG, "image/png"))],
        )
        self.assertIn("Voici la photo", page.text)
        self.assertIn("trou.png", page.text)
        self.assertEqual(self.ticket.stage_kind, "in_progress")
        self.assertTrue(self.ticket.pause_ids.date_end)
        message = self.ticket.message_ids.filtered(lambda m: "Voici" in (m.body or ""))
        self.assertEqual(message.author_id, self.portal_a.partner_id)

    def test_a_message_goes_to_the_owner(self):
        self.ticket.user_id = self.officer
        self._login(self.portal_a)
        self._act("message", text="Des nouvelles ?")
        message = self.ticket.message_ids.filtered(lambda m: "nouvelles" in (m.body or ""))
        self.assertIn(self.officer.partner_id, message.notified_partner_ids)

    def test_what_the_machine_wrote_is_signed_by_who_is_in_charge(self):
        self.ticket.user_id = self.officer
        self.ticket.message_post(
            body="Pouvez-vous préciser ?",
            author_id=self.env.ref("base.partner_root").id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self._login(self.portal_a)
        page = self.url_open(f"/my/requests/{self.ticket.id}").text
        self.assertIn("Pouvez-vous préciser", page)
        self.assertNotIn("OdooBot", page)

    def test_a_refused_message_is_kept(self):
        self._login(self.portal_a)
        before = len(self.ticket.message_ids)
        page = self._act("message", text="Mon texte", files=[("files", ("x.png", HTML))])
        self.assertIn("Mon texte", page.text)
        self.assertIn("x.png", page.text)
        self.assertIn("Écrivez votre message", self._act("message", text=" ").text)
        self.ticket.invalidate_recordset()
        self.assertEqual(len(self.ticket.message_ids), before)

    def test_the_commune_closes_what_is_solved_and_says_what_it_thinks(self):
        self._answer(self.ticket)
        self._login(self.portal_a)
        page = self._act("close")
        self.assertEqual(self.ticket.stage_kind, "closed")
        self.assertIn('name="rate"', page.text)
        page = self._act("rate", rate="4", text="Rapide")
        rating = self.env["rating.rating"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        )
        self.assertRecordValues(
            rating,
            [
                {
                    "rating": 4,
                    "feedback": "Rapide",
                    "consumed": True,
                    "partner_id": self.portal_a.partner_id.id,
                }
            ],
        )
        self.assertNotIn('name="rate"', page.text)
        self._act("rate", rate="1")
        self.assertEqual(rating.rating, 4)
        self.assertEqual(len(self.ticket.sudo().rating_ids), 1)

    def test_a_strange_opinion_is_refused(self):
        self._answer(self.ticket)
        self.ticket._move_to("closed")
        self._login(self.portal_a)
        for rate in ("0", "6", "12", "x", "", "-1"):
            self._act("rate", rate=rate)
        self.assertFalse(self.ticket.sudo().rating_ids)

    def test_what_is_not_solved_is_opened_again_with_the_reason(self):
        self._answer(self.ticket)
        self._login(self.portal_a)
        page = self._act("reopen", text="")
        self.assertIn("Dites en quelques mots", page.text)
        self.assertEqual(self.ticket.stage_kind, "answered")
        self._act("reopen", text="Le trou est revenu")
        self.assertEqual(self.ticket.stage_kind, "in_progress")
        self.assertEqual(self.ticket.reopen_count, 1)
        self.assertTrue(self.ticket.promised_date)
        page = self._get(f"/my/requests/{self.ticket.id}").text
        self.assertIn("Le trou est revenu", page)
        # Past answers stay available.
        self.assertEqual(page.count("Le trou est rebouché."), 1)

    def test_nothing_is_done_before_its_time(self):
        portal = self.ticket.with_user(self.portal_a)
        for action in (
            lambda: portal.env["commune.request.portal"]._portal_close(portal),
            lambda: portal.env["commune.request.portal"]._portal_reopen(portal, "x"),
        ):
            with self.assertRaises(UserError):
                action()
        with self.assertRaises(UserError):
            portal.env["commune.request.portal"]._portal_rate(portal, 5)
        self._answer(self.ticket)
        portal.env["commune.request.portal"]._portal_close(portal)
        for action in (
            lambda: portal.env["commune.request.portal"]._portal_post(portal, "x"),
            lambda: portal.env["commune.request.portal"]._portal_reopen(portal, "x"),
        ):
            with self.assertRaises(UserError):
                action()
        with self.assertRaises(UserError):
            portal.env["commune.request.portal"]._portal_cancel(portal)
        self.assertEqual(self.ticket.stage_kind, "closed")

    def test_only_the_requester_cancels_and_only_at_first(self):
        self._login(self.portal_both)
        self._act("cancel")
        self.assertEqual(self.ticket.stage_kind, "received")
        self.ticket._move_to("in_progress")
        self._login(self.portal_a)
        self._act("cancel")
        self.assertEqual(self.ticket.stage_kind, "in_progress")
        self.ticket = self._request()
        page = html.fromstring(self.url_open(f"/my/requests/{self.ticket.id}").content)
        [form] = page.xpath("//form[contains(@action, '/cancel')]")
        # Asked before it is done, the reason as one likes.
        self.assertTrue(form.xpath("./details//button[@type='submit']"))
        self.assertFalse(form.xpath(".//textarea/@required"))
        self._act("cancel", text="Le garagiste l’a réparé")
        self.assertEqual(self.ticket.stage_kind, "cancelled")
        self.assertIn("Le garagiste l’a réparé", "".join(self.ticket.message_ids.mapped("body")))

    def test_a_person_of_another_commune_gets_404_and_changes_nothing(self):
        self._answer(self.ticket)
        before = len(self.ticket.message_ids)
        for user in (self.portal_b, self.portal_ended, self.portal_a_limited):
            self._login(user)
            with self.subTest(user=user.login):
                for action in ("message", "close", "reopen", "cancel", "rate"):
                    answer = self._act(action, text="Je passe", rate="1")
                    self.assertEqual(answer.status_code, 404)
                    link = self._get(f"/my/requests/{self.ticket.id}/{action}?text=x&rate=1")
                    self.assertIn(link.status_code, (404, 405))
                self.assertEqual(self._get(f"/my/requests/{self.ticket.id}").status_code, 404)
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket.stage_kind, "answered")
        self.assertEqual(len(self.ticket.message_ids), before)

    def test_links_change_nothing(self):
        self._answer(self.ticket)
        self._login(self.portal_a)
        for action in ("message", "close", "reopen", "cancel", "rate"):
            link = self._get(f"/my/requests/{self.ticket.id}/{action}?text=x&rate=1")
            self.assertIn(link.status_code, (404, 405))
        self.assertEqual(self.ticket.stage_kind, "answered")

    def test_visitors_are_sent_to_the_login_page(self):
        for path in ("", f"/{self.ticket.id}", "/new", f"/{self.ticket.id}/file/1"):
            self.assertIn("/web/login", self._get(f"/my/requests{path}").url)
