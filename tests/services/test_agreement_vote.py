"""The pack reaches the commune, which reads it and reports its vote; nobody else does."""

import re
from datetime import date, timedelta

from lxml import html

from odoo import http
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..core.pdf_reading import Pdf
from .pack_case import PackCase
from .service_case import OPINIONS, make_agreement

COMMUNE_DATES = ("commune_transmission_date", "commune_publication_date")


@tagged("post_install", "-at_install")
class TestAgreementVote(PackCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.agreement.write(dict.fromkeys(COMMUNE_DATES, self._day(1)))

    def _day(self, days):
        """So many days after the council has voted, a month ago, and before the start."""
        latest = min(self.today, self.agreement.start_date)
        return str(latest - timedelta(days=30 - days))

    def _get(self, who, path):
        self.authenticate(f"test_{who}", f"test_{who}")
        return self.url_open(path)

    def _post(self, who, path, **values):
        self.authenticate(f"test_{who}", f"test_{who}")
        return self.url_open(path, data={"csrf_token": http.Request.csrf_token(self), **values})

    # sent to the commune

    def _sent(self):
        before = self.env["mail.mail"].sudo().search([])
        self.drawn.with_user(self.officer).action_send_pack()
        return self.env["mail.mail"].sudo().search([]) - before

    def test_those_who_act_for_the_commune_get_it_once(self):
        letters = self._sent()
        people = letters.recipient_ids
        self.assertIn(self.portal_a.partner_id, people)
        self.assertFalse(people & (self.portal_b.partner_id | self.mandate_ended.partner_id))
        self.assertEqual(len(letters), 1)
        self.assertIn(f"/my/agreements/{self.agreement.id}", letters.body_html)
        self.assertEqual(self.agreement.pack_date, self.today)

    def test_from_the_list_one_that_is_not_ready_does_not_stop_the_others(self):
        unready = make_agreement(self, self.commune_b, self.per_head, offer_ids=[])
        done = (self.drawn | unready).with_user(self.officer).action_send_packs()
        self.assertEqual(self.agreement.pack_date, self.today)
        self.assertFalse(unready.pack_date)
        self.assertIn(unready.code, done["params"]["message"])
        with self.assertRaisesRegex(UserError, unready.code):
            unready.action_send_packs()

    def test_a_shared_service_waits_for_the_opinion_of_the_committee(self):
        basis = self.env.ref("commune_relations.legal_basis_l5211_4_2")
        self.agreement.legal_basis_id = basis
        with self.assertRaisesRegex(UserError, "Opinion of the staff committee"):
            self.agreement.action_send_pack()

    def test_a_text_with_a_blank_never_leaves_and_its_place_is_one_click_away(self):
        """A council would vote on “[to be filled in]”, and the refusal come after its vote."""
        self.env["commune.mandate"].search([("commune_id", "=", self.epci.id)]).unlink()
        before = self.env["mail.mail"].sudo().search_count([])
        for action in (self.agreement.action_send_pack, self.agreement.action_prepare_pack):
            with self.assertRaisesRegex(RedirectWarning, "president of the intercom") as refused:
                action()
            _message, action, button, *_context = refused.exception.args
            self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.epci.id))
            self.assertIn(self.epci.name, button)
        with self.assertRaisesRegex(UserError, "president of the intercommunality"):
            self.agreement.action_send_packs()
        self.assertFalse(self.agreement.pack_date)
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)

    def test_what_is_written_on_the_convention_is_named_all_at_once(self):
        self.agreement.end_date = False
        self.agreement.forecast = False
        self.agreement.forecast_ids.unlink()
        with self.assertRaisesRegex(UserError, "Ends on.*Forecast|Forecast.*Ends on"):
            self.agreement.action_send_pack()
        self.agreement.end_date = date(2030, 12, 31)
        self.agreement.forecast = "Dix journées"
        self.agreement.body = "<p>Le comité [to be filled in] se réunit.</p>"
        with self.assertRaisesRegex(UserError, "the text of the convention itself"):
            self.agreement.action_send_pack()

    def test_the_documents_of_a_shared_service_leave_with_every_effect_on_the_agents(self):
        """They are not quoted by the convention: only by the sheet that is annexed to it."""
        self.agreement.write(
            {
                "legal_basis_id": self.env.ref("commune_relations.legal_basis_l5211_4_2").id,
                "impact_ids": [Command.create({"name": "Archiviste", "category": "B"})],
                "impact_organisation": "Rien ne change.",
                "impact_conditions": "Rien ne change.",
                "impact_rights": "Rien ne change.",
                **OPINIONS,
            }
        )
        with self.assertRaisesRegex(UserError, "fill in: Pay[^,]*\\.$"):
            self.agreement.action_send_pack()

    def test_a_commune_that_nobody_can_be_written_to_is_named(self):
        self.env["commune.mandate"].search([("commune_id", "=", self.commune_a.id)]).mapped(
            "partner_id"
        ).write({"email": False})
        with self.assertRaisesRegex(UserError, self.commune_a.name):
            self.agreement.action_send_pack()
        self.assertFalse(self.agreement.pack_date)

    def test_the_documents_sent_are_kept(self):
        self._sent()
        document = self.agreement.pack_attachment_ids[0].with_user(self.officer)
        with self.assertRaisesRegex(UserError, "neither changed nor deleted"):
            document.write({"raw": b"autre"})

    # the vote comes back

    def test_the_commune_reads_the_documents_and_reports_its_vote(self):
        path = f"/my/agreements/{self.agreement.id}"
        self.assertEqual(self._get("mayor_a", path).status_code, 404)
        self._sent()
        page = self._get("mayor_a", path)
        self.assertEqual(page.status_code, 200)
        document = self.agreement.sudo().pack_attachment_ids[0]
        self.assertIn(f"{path}/paper/{document.id}", page.text)
        read = self._get("mayor_a", f"{path}/paper/{document.id}")
        self.assertEqual(read.content, document.raw)
        self.assertEqual(self._get("mayor_a", f"{path}/pdf").status_code, 404)
        for values in (
            {"reference": "", "date": self._day(0)},
            {"reference": "12", "date": "hier"},
            {"reference": "12", "date": "2099-01-01"},
            {"reference": "12", "date": "1926-10-01"},
        ):
            refused = self._post("mayor_a", f"{path}/vote", **values)
            self.assertEqual(refused.status_code, 422, values)
            self.assertEqual(
                self._find_refused(refused), "date" if values["reference"] else "reference"
            )
        for _click in range(2):
            self._post("mayor_a", f"{path}/vote", reference=" 2026-\x0012 ", date=self._day(0))
        self.assertEqual(self.agreement.commune_deliberation_ref, "2026-12")
        self.assertEqual(str(self.agreement.commune_deliberation_date), self._day(0))
        self.assertEqual(len(self.agreement.activity_ids), 1)

    def _find_refused(self, page):
        """Name of the field beside which the page shows the error."""
        [field] = html.fromstring(page.content).xpath("//*[@aria-describedby='form_problem']")
        self.assertEqual(field.getparent().find_class("alert-danger")[0].get("id"), "form_problem")
        return field.get("name")

    def test_a_year_mistyped_is_shown_beside_its_date(self):
        """Neither taken for no date at all, nor kept."""
        path = f"/my/agreements/{self.agreement.id}"
        self.agreement.write(dict.fromkeys(COMMUNE_DATES, False))
        self._sent()
        vote = {"reference": "12", "date": self._day(0)}
        for name in ("date", "transmitted", "published"):
            for typed in ("0026-10-02", "9999-12-31", "20261-10-02", "2/10/2026"):
                with self.subTest(name=name, typed=typed):
                    refused = self._post("mayor_a", f"{path}/vote", **{**vote, name: typed})
                    self.assertEqual(refused.status_code, 422)
                    self.assertEqual(self._find_refused(refused), name)
        self.assertFalse(self.agreement.commune_deliberation_ref)

    def test_the_commune_reports_the_transmission_and_the_publication(self):
        path = f"/my/agreements/{self.agreement.id}"
        self.agreement.write(dict.fromkeys(COMMUNE_DATES, False))
        self._sent()
        typed = {"reference": "12", "date": self._day(0), "published": self._day(2)}
        refused = self._post("mayor_a", f"{path}/vote", **typed, transmitted=self._day(-1))
        self.assertEqual(refused.status_code, 422)
        self.assertIn("2131-1", refused.text)
        # In the words of the form, not of the back office.
        self.assertRegex(refused.text, "«.(Délibéré le|Voted on).».*«.(Envoyée|Sent) ")
        self.assertNotIn("transmise au représentant de l’État le", refused.text)
        self.assertIn(f'value="{self._day(-1)}"', refused.text)
        self._post("mayor_a", f"{path}/vote", **typed)
        self.assertFalse(self.agreement.commune_transmission_date)
        self._post("mayor_a", f"{path}/vote", **typed, transmitted=self._day(1))
        dates = [str(self.agreement[name]) for name in COMMUNE_DATES]
        self.assertEqual(dates, [self._day(1), self._day(2)])

    def test_a_vote_reported_again_asks_once_and_nothing_after_the_signature_is_asked(self):
        self._sent()
        self.assertEqual(self.agreement._get_state_label(), "To vote on")
        voice = self.agreement.with_user(self.portal_a)
        for reference in ("2026-12", "2026-13"):
            voice.env["commune.agreement.acts"]._report_vote(voice, reference, self._day(0))
        self.assertEqual(len(self.agreement.activity_ids), 1)
        self.assertEqual(self.agreement._get_state_label(), "Vote noted")
        self.drawn.action_deliberate()
        self.assertFalse(self.agreement.activity_ids)

    def test_a_text_changed_after_the_documents_were_sent_is_shown(self):
        """The mayor would sign what no council has read."""
        self._sent()
        self.agreement.env["commune.agreement.acts"].with_user(self.portal_a)._report_vote(
            self.agreement.with_user(self.portal_a), "2026-12", self._day(0)
        )
        self.agreement.epci_deliberation_ref = "2026-05-12"
        self.assertFalse(self.agreement.pack_outdated)
        self.agreement.with_user(self.officer).start_date = self.today + timedelta(days=60)
        self.assertTrue(self.agreement.pack_outdated)
        self.drawn.with_user(self.officer).action_send_pack()
        self.assertFalse(self.agreement.pack_outdated)

    def test_what_the_council_was_sent_first_waits_first(self):
        unvoted = dict.fromkeys(("commune_deliberation_ref", "commune_deliberation_date"), False)
        other = make_agreement(self, self.commune_a, self.per_head, **unvoted)
        self._sent()
        day = self.agreement.pack_date
        for first, then in ((self.agreement, other), (other, self.agreement)):
            first.sudo().pack_date, then.sudo().pack_date = day - timedelta(days=9), day
            todos = self.env["commune.portal.home"].with_user(self.portal_a)._get_own_todos()
            urls = [todo.url for todo in todos if "/agreements/" in todo.url]
            self.assertEqual(urls, [f"/my/agreements/{one.id}" for one in (first, then)])

    def test_documents_come_in_the_order_in_which_they_are_read(self):
        self._sent()
        page = self._get("mayor_a", f"/my/agreements/{self.agreement.id}").text
        names = re.findall(r"(\d) [^<>]*\.(pdf|docx)", page)
        self.assertEqual(
            names, [("1", "pdf"), ("1", "docx"), ("2", "pdf"), ("2", "docx"), ("3", "pdf")]
        )

    def test_nobody_else_reads_them_or_votes(self):
        self._sent()
        path = f"/my/agreements/{self.agreement.id}"
        document = self.agreement.sudo().pack_attachment_ids[0]
        for login in ("mayor_b", "councillor_a", "former_a"):
            self.assertEqual(self._get(login, path).status_code, 404, login)
            self.assertEqual(
                self._get(login, f"{path}/paper/{document.id}").status_code, 404, login
            )
            self._post(login, f"{path}/vote", reference="X", date=self._day(0))
        self.assertFalse(self.agreement.commune_deliberation_ref)
        with self.assertRaises(AccessError):
            self.agreement.env["commune.agreement.acts"].with_user(self.portal_b)._report_vote(
                self.agreement.with_user(self.portal_b), "X", self._day(0)
            )
        other = self.env["ir.attachment"].create({"name": "note.pdf", "raw": b"%PDF"})
        self.assertEqual(self._get("mayor_a", f"{path}/paper/{other.id}").status_code, 404)

    def test_a_vote_is_not_reported_once_the_text_waits_for_its_signature(self):
        self._sent()
        self.agreement.write(
            {"commune_deliberation_ref": "1", "commune_deliberation_date": self._day(0)}
        )
        self.drawn.action_deliberate()
        answer = self._post(
            "mayor_a", f"/my/agreements/{self.agreement.id}/vote", reference="2", date=self._day(0)
        )
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.agreement.commune_deliberation_ref, "1")

    def test_the_commune_is_notified_that_an_agreement_waits_for_its_signature(self):
        self.agreement.write(
            {"commune_deliberation_ref": "1", "commune_deliberation_date": self._day(0)}
        )
        before = self.env["mail.mail"].sudo().search([])
        self.drawn.action_deliberate()
        letters = self.env["mail.mail"].sudo().search([]) - before
        self.assertIn(self.portal_a.partner_id, letters.recipient_ids)
        self.assertIn("Lire et signer", letters.body_html)

    # yearly statement

    def test_the_yearly_statement_adds_up_and_belongs_to_the_commune(self):
        line = self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": self.days.id,
                "date_start": "2025-01-01",
                "forecast_quantity": 4,
            }
        )
        self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": "2025-03-01", "quantity": 2.5}
        )
        path = "/my/services/statement?year=2025"
        self.assertEqual(self._get("councillor_a", path).status_code, 404)
        values = self.env["report.commune_relations.service_year"]._get_report_values(
            self.commune_a.ids, {"year": 2025}
        )
        # Used: 365 + 2.5 x 250 = 990.00; forecast: 365 + 4 x 250 = 1,365.00
        self.assertEqual(values["costs"]["actual"], 990)
        self.assertEqual(values["costs"]["forecast"], 1365)
        wizard = (
            self.env["commune.service.year.print"].with_user(self.officer).create({"year": 2025})
        )
        self.assertEqual(wizard._get_served(), self.commune_a)
        line.copy({"commune_id": self.commune_b.id})
        # The web client sends the options of the action, without its records.
        options = wizard.action_pdf()["data"]
        report = self.env["ir.actions.report"].with_user(self.officer)
        report = report.with_context(force_report_rendering=True)
        file, _kind = report._render_qweb_pdf(
            "commune_relations.service_year_report", None, data=options
        )
        text = Pdf(file).text
        for commune in self.commune_a | self.commune_b:
            self.assertIn(commune.name, text)
        self.assertIn("2025", text)
        wizard.year = 2019
        with self.assertRaisesRegex(UserError, "2019"):
            wizard.action_pdf()
