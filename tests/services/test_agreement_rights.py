"""What nobody writes by hand on a convention: step, signature, text that was signed."""

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service

LONG_AGO = "2020-01-01 08:00:00"


@tagged("post_install", "-at_install")
class TestAgreementRights(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)
        cls.agreement.with_context(force_report_rendering=True).action_deliberate()

    def _refused(self, record, **values):
        with self.assertRaises(UserError, msg=values), self.cr.savepoint():
            record.write(values)
            record.flush_recordset()

    def test_an_officer_does_not_sign_in_the_name_of_the_commune(self):
        agreement = self.agreement.with_user(self.officer)
        for name, value in [
            ("state", "signed"),
            ("sign_name", "Anne AUBRY"),
            ("sign_title", "Maire"),
            ("sign_date", LONG_AGO),
            ("sign_partner_id", self.portal_a.partner_id.id),
            ("paper_signature", True),
            ("epci_sign_name", "Paule PRESLE"),
            ("epci_sign_date", LONG_AGO),
            ("epci_sign_partner_id", self.portal_b.partner_id.id),
            ("epci_paper_signature", True),
            ("before_acts", True),
            ("document_id", False),
            ("document_sha256", "0"),
            ("version", 7),
            ("partner_id", self.commune_b.id),
        ]:
            self._refused(agreement, **{name: value})
        agreement.epci_signatory = "Vera VICE, vice-présidente"
        agreement.write({"commune_signature_date": self.today, "epci_signature_date": self.today})
        agreement.action_sign_paper()
        self.assertIn(self.agreement.state, ("signed", "active"))
        for name in ("signature_date", "commune_signature_date", "epci_signature_date"):
            self._refused(agreement, **{name: "2020-01-01"})
        self._refused(agreement, epci_signatory="Autre")

    def test_a_convention_is_not_born_signed(self):
        model = self.env["agreement"].with_user(self.officer)
        values = {"name": "Convention", "commune_id": self.commune_a.id}
        for proof in (
            {"state": "signed"},
            {"sign_name": "Anne AUBRY", "sign_date": LONG_AGO},
            {"document_sha256": "0"},
        ):
            with self.assertRaises(UserError, msg=proof), self.cr.savepoint():
                model.create({**values, **proof})
        self.assertEqual(model.create(values).state, "draft")
        # Signed as an agreement of the organisation, then given to a commune.
        other = self.env["agreement"].create(
            {"name": "Autre", "code": "AUTRE-1", "state": "signed"}
        )
        self.officer.group_ids |= self.env.ref("agreement.group_agreement_manager")
        self._refused(other.with_user(self.officer), commune_id=self.commune_a.id)

    def test_the_text_to_sign_does_not_change(self):
        document = self.agreement.document_id
        before = document.raw
        self._refused(document.with_user(self.officer), raw=b"autre")
        self.assertEqual(document.raw, before)

    def test_the_messages_about_a_subscription_are_not_for_the_commune(self):
        subscription = self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_a.id, "offer_id": self.offer.id}
        )
        message = subscription.with_user(self.officer).message_post(
            body="Entre nous", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        subscription.with_user(self.portal_a).check_access("read")
        seen = self.env["mail.message"].with_user(self.portal_a)
        self.assertFalse(seen.search([("id", "=", message.id)]))

    def test_a_project_passes_its_gates_whatever_context_is_sent(self):
        projects = self.env["commune.service.project"].with_user(self.officer)
        project = projects._feed("request", "Cimetières", self.commune_a).with_user(self.officer)
        self._refused(project.with_context(project_gate_passed=True), stage="done")
        self._refused(project, stage_date="2020-01-01")
        with self.assertRaises(UserError):
            projects.create({"name": "Police", "stage": "launch"})
        self.assertEqual(project.stage, "idea")

    def test_a_service_is_not_born_open(self):
        services = self.env["commune.service"].with_user(self.officer)
        family = self.service.family_id.id
        for state in ("pilot", "active", "retired"):
            with self.assertRaises(UserError, msg=state):
                services.create({"name": "Neuf", "family_id": family, "state": state})
        self.assertEqual(services.create({"name": "Neuf", "family_id": family}).state, "idea")
        for name, value in [("state_date", LONG_AGO), ("state_user_id", self.manager.id)]:
            self._refused(self.service.with_user(self.officer), **{name: value})

    def test_the_form_of_a_service_takes_whatever_is_sent(self):
        self.authenticate(self.portal_a.login, self.portal_a.login)
        path = f"/my/services/{self.service.id}/ask"
        values = {
            "csrf_token": http.Request.csrf_token(self),
            "commune_id": self.commune_a.id,
            "offer_id": "99999999999",
        }
        sent = self.url_open(path, data={**values, "form_key": "a\x00b", "message": "Bonjour\x00"})
        self.assertEqual(sent.status_code, 200)
        files = {"message": ("a.txt", b"x"), "form_key": ("b.txt", b"y")}
        self.assertLess(self.url_open(path, data=values, files=files).status_code, 500)
        # Files where texts are due: refused in words, nothing is signed.
        answer = self.url_open(
            f"/my/agreements/{self.agreement.id}/sign",
            data={"csrf_token": values["csrf_token"], "confirmed": "1"},
            files={"sign_name": ("a.txt", b"Anne AUBRY"), "read": ("b.txt", b"x")},
        )
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.agreement.state, "deliberated")
