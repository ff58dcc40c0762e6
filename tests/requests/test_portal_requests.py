"""The list and the page of requests: what each person sees, and no more."""

from datetime import timedelta

from odoo.tests import tagged

from .portal_request_case import PortalRequestCase


@tagged("post_install", "-at_install")
class TestPortalRequests(PortalRequestCase):
    def test_the_mayor_sees_the_requests_of_the_commune_and_who_asked(self):
        own = self._request()
        other = self._request(requester=self.portal_a_limited, name="Éclairage du stade")
        far = self._request(commune=self.commune_b, requester=self.portal_b, name="Loin d’ici")
        self._login(self.portal_a)
        page = self._get("/my/requests").text
        self.assertIn(own.number, page)
        self.assertIn("Éclairage du stade", page)
        self.assertIn("Luc ARNAUD", page)
        self.assertNotIn(far.number, page)
        self.assertIn("Luc ARNAUD", self._get(f"/my/requests/{other.id}").text)

    def test_a_councillor_sees_his_own_requests_only(self):
        other = self._request()
        own = self._request(requester=self.portal_a_limited, name="Éclairage du stade")
        self._login(self.portal_a_limited)
        page = self._get("/my/requests").text
        self.assertIn(own.number, page)
        self.assertNotIn(other.number, page)
        self.assertEqual(self._get(f"/my/requests/{other.id}").status_code, 404)

    def test_confidential_requests_stay_with_whom_they_are_for(self):
        secret = self._request(confidentiality="maire_dgs")
        personal = self._request(requester=self.portal_both, confidentiality="perso")
        seen = {
            self.portal_a: (200, 404),
            self.portal_a_limited: (404, 404),
            self.portal_both: (200, 200),
            self.portal_b: (404, 404),
            self.portal_ended: (404, 404),
        }
        for user, (status, personal_status) in seen.items():
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(self._get(f"/my/requests/{secret.id}").status_code, status)
                answer = self._get(f"/my/requests/{personal.id}")
                self.assertEqual(answer.status_code, personal_status)

    def test_an_archived_request_has_no_page(self):
        request = self._request()
        self._login(self.portal_a)
        self.assertEqual(self._get(f"/my/requests/{request.id}").status_code, 200)
        request.sudo().active = False
        self.assertEqual(self._get(f"/my/requests/{request.id}").status_code, 404)

    def test_a_secretary_of_two_communes_loses_one_the_day_her_post_ends(self):
        a, b = self._request(), self._request(commune=self.commune_b, requester=self.portal_b)
        self._login(self.portal_both)
        page = self._get("/my/requests?scope=all").text
        self.assertIn(a.number, page)
        self.assertIn(b.number, page)
        self.mandate_both_a.date_end = self.today
        self.assertEqual(self._get(f"/my/requests/{a.id}").status_code, 404)
        self.assertEqual(self._get(f"/my/requests/{b.id}").status_code, 200)
        self.assertNotIn(a.number, self._get("/my/requests?scope=all").text)

    def test_each_tab_shows_its_steps(self):
        tickets = {kind: self._request(name=f"Étape {kind}") for kind in ("waiting", "closed")}
        for kind, ticket in tickets.items():
            ticket._move_to(kind)
        answered = self._request(name="Étape answered")
        self._answer(answered)
        self._login(self.portal_a)
        for tab, name in [("open", "waiting"), ("answered", "answered"), ("closed", "closed")]:
            page = self._get(f"/my/requests?tab={tab}").text
            self.assertIn(f"Étape {name}", page)
            self.assertEqual(page.count("Étape "), 1)

    def test_the_search_reads_french(self):
        self._request(name="Nid de poule rue de la Gare")
        self._request(name="Éclairage en panne", description="<p>Lampadaires du stade</p>")
        search = self.env["commune.request.portal"].with_user(self.portal_a)._get_portal_list
        for text, found in [
            ("nids de poules", 1),
            ("NID DE POULE", 1),
            ("eclairages", 1),
            ("lampadaire", 1),
            ("gare poule", 1),
            ("écl", 1),
            ("poule stade", 0),
            ("%", 0),
            ("'; DROP TABLE --", 0),
        ]:
            with self.subTest(text=text):
                _rows, counts = search(self.commune_a, search=text)
                self.assertEqual(counts["open"], found)

    def test_a_number_finds_its_request(self):
        ticket = self._request()
        self._request()
        rows, _counts = (
            self.env["commune.request.portal"]
            .with_user(self.portal_a)
            ._get_portal_list(self.commune_a, search=ticket.number)
        )
        self.assertEqual([row["id"] for row in rows], [ticket.id])

    def test_a_strange_address_of_the_list_is_no_error(self):
        self._login(self.portal_a)
        for query in ("tab=x", "scope=x", "search=%25", "page=9", "tab=open&tab=closed"):
            self.assertEqual(self._get(f"/my/requests?{query}").status_code, 200)
        self.assertEqual(self._get("/my/requests/page/999").status_code, 200)
        self.assertEqual(self._get("/my/requests?search=%00").status_code, 404)

    def test_ten_or_two_hundred_requests_cost_the_same(self):
        for _number in range(10):
            self._request()
        self._login(self.portal_a)
        few = self._count_queries("/my/requests")
        self.env["helpdesk.ticket"].create(
            [
                {
                    "name": f"Demande {number}",
                    "description": "<p>Texte</p>",
                    "commune_id": self.commune_a.id,
                    "partner_id": self.portal_a.partner_id.id,
                    "topic_id": self.water_topic.id,
                }
                for number in range(190)
            ]
        )
        many = self._count_queries("/my/requests")
        self.assertEqual(many, few)

    def _count_queries(self, path):
        self._get(path)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(self._get(path).status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_the_promise_is_shown_in_words(self):
        ticket = self._request()
        today = self.env.company._get_today()
        for days, words in [
            (0, "Answer promised for today"),
            (1, "Answer promised for tomorrow"),
            (3, "(in 3 days)"),
            (-1, "one day late"),
            (-4, "4 days late"),
        ]:
            ticket.promised_date = today + timedelta(days=days)
            self.assertIn(
                words, ticket.env["commune.request.portal"]._get_portal_promise(ticket)["sentence"]
            )
        ticket._move_to("waiting")
        self.assertIn(
            "as soon as you answer",
            ticket.env["commune.request.portal"]._get_portal_promise(ticket)["sentence"],
        )

    def test_the_page_shows_what_happened_without_what_staff_says(self):
        ticket = self._request()
        ticket._transfer(self.water, "Ce n’est pas nous (interne)")
        ticket._transfer(self.roads, "Retour (interne)")
        ticket.with_user(self.manager)._transfer(self.water, "Encore (interne)", None, "Exprès")
        ticket.message_post(body="Note interne", subtype_xmlid="mail.mt_note")
        ticket._move_to("waiting")
        self._login(self.portal_a)
        page = self._get(f"/my/requests/{ticket.id}").text
        self.assertIn("Transmise de Pôle voirie à Pôle eau\u00a0: transmission 1 sur 2", page)
        self.assertIn("transmission 3, au-delà des 2 promises", page)
        self.assertIn("Une question vous est posée", page)
        for hidden in ("interne", "Exprès"):
            self.assertNotIn(hidden, page)

    def test_the_timeline_follows_the_clock(self):
        ticket = self._request()
        self._answer(ticket)
        ticket.answered_date -= timedelta(hours=1)
        ticket.env["commune.request.portal"].with_user(self.portal_a)._portal_reopen(
            ticket.with_user(self.portal_a), "Le trou est revenu"
        )
        self._answer(ticket)
        ticket.env["commune.request.portal"].with_user(self.portal_a)._portal_close(
            ticket.with_user(self.portal_a)
        )
        lines = ticket.env["commune.request.portal"]._get_portal_timeline(ticket)
        self.assertEqual(
            lines, sorted(lines, key=lambda line: line["moment"].replace(microsecond=0))
        )
        texts = [line["text"] for line in lines]
        self.assertEqual(texts.count("Answer sent to you"), 2)
        self.assertIn("Request closed", texts)

    def test_staff_look_at_the_page_and_do_nothing_there(self):
        ticket = self._request()
        self._answer(ticket)
        self._login(self.officer)
        page = self._get(f"/my/requests/{ticket.id}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/close", page.text)
        self.assertEqual(self._post(f"/my/requests/{ticket.id}/close").status_code, 404)
        self.assertEqual(ticket.stage_kind, "answered")

    def test_the_home_page_counts_and_asks(self):
        self._request()
        self._login(self.portal_a)
        page = self._get("/my").text
        self.assertIn('action="/my/orient"', page)
        self.assertIn('href="/my/requests"', page)
        self.assertNotIn("/my/tickets", page)
