"""The catalogue and the conventions on the portal, with persons of two communes."""

from odoo import http
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service


@tagged("post_install", "-at_install")
class TestPortalServices(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="inhabitant", unit=0.5)
        cls.study = make_service(cls, "Police partagée", "study")
        cls.retired = make_service(cls, "Télécopie", "retired")
        cls.frozen = make_service(cls, "Broyeur", "frozen")
        cls.pilot = make_service(
            cls, "Archiviste", "pilot", scope="list", commune_ids=cls.commune_b.ids
        )

    def test_what_is_prepared_or_retired_is_not_in_the_catalogue(self):
        page = self._get("mayor_a", "/my/services").text
        self.assertIn("Conseil juridique", page)
        self.assertIn("Broyeur", page)
        for hidden in ("Police partagée", "Télécopie", "Archiviste"):
            self.assertNotIn(hidden, page)
        self.assertIn("Archiviste", self._get("mayor_b", "/my/services").text)
        for service in (self.study, self.retired):
            status = self._get("mayor_b", f"/my/services/{service.id}").status_code
            self.assertEqual(status, 404)
        self.assertEqual(self._get("mayor_a", f"/my/services/{self.pilot.id}").status_code, 404)

    def test_the_search_and_the_filters(self):
        found = self._get("mayor_a", "/my/services?q=REPONSE+ecrite").text
        self.assertIn("Conseil juridique", found)
        self.assertNotIn("Broyeur", self._get("mayor_a", "/my/services?q=juridique+inconnu").text)
        self.frozen.summary = "Entretien du Cœur d’îlot"
        for typed in ("coeur", "CŒUR", "cœur+d'ilot"):
            self.assertIn("Broyeur", self._get("mayor_a", f"/my/services?q={typed}").text)
        family = self.env.ref("commune_relations.service_family_digital")
        self.assertNotIn(
            "Conseil juridique", self._get("mayor_a", f"/my/services?family={family.id}").text
        )
        self.assertEqual(self._get("mayor_a", "/my/services?family=x&form=y").status_code, 200)

    def test_asking_files_a_request_on_the_topic_once(self):
        requests = self.env["helpdesk.ticket"]
        before = requests.search([])
        values = {"message": "Dès janvier", "offer_id": self.offer.id, "form_key": "a" * 32}
        for _click in range(2):
            answer = self._post("mayor_a", f"/my/services/{self.service.id}/ask", **values)
            self.assertIn("/my/requests/", answer.url)
        filed = requests.search([]) - before
        self.assertEqual(len(filed), 1)
        self.assertEqual(filed.topic_id, self.service.topic_id)
        self.assertEqual(
            (filed.commune_id, filed.partner_id), (self.commune_a, self.portal_a.partner_id)
        )
        self.assertIn("Dès janvier", filed.description)
        self.assertIn("Réponse écrite", filed.name)

    def test_nobody_asks_for_what_is_closed_or_for_another_commune(self):
        before = self.env["helpdesk.ticket"].search_count([])
        frozen = self._post("mayor_a", f"/my/services/{self.frozen.id}/ask")
        self.assertEqual(frozen.status_code, 422)
        study = self._post("mayor_a", f"/my/services/{self.study.id}/ask")
        self.assertEqual(study.status_code, 404)
        other = self._post(
            "mayor_b", f"/my/services/{self.service.id}/ask", commune_id=self.commune_a.id
        )
        self.assertEqual(other.status_code, 404)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_the_costs_are_for_those_who_act_for_the_commune(self):
        self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_a.id, "offer_id": self.offer.id, "date_start": "2020-01-01"}
        )
        page = self._get("mayor_a", "/my/services/mine?year=2026")
        # 4200 × 0.5, as English or French write it
        self.assertRegex(page.text, r"2[,\s]100[.,]00")
        self.assertEqual(self._get("councillor_a", "/my/services/mine").status_code, 404)
        self.assertNotIn("Réponse écrite", self._get("mayor_b", "/my/services/mine").text)
        self.assertEqual(self._get("former_a", "/my/services/mine").status_code, 404)

    def test_a_convention_is_read_and_signed_by_its_commune_alone(self):
        agreement = make_agreement(self, self.commune_a, self.offer)
        draft = make_agreement(self, self.commune_a, self.offer)
        agreement.action_deliberate()
        path = f"/my/agreements/{agreement.id}"
        self.assertEqual(self._get("mayor_a", f"/my/agreements/{draft.id}").status_code, 404)
        for who in ("mayor_b", "councillor_a", "former_a"):
            with self.subTest(who=who):
                self.assertEqual(self._get(who, path).status_code, 404)
                self.assertEqual(self._get(who, f"{path}/pdf").status_code, 404)
                self.assertEqual(self._sign(who, agreement), 404)
        self.assertEqual(self._sign("secretary_ab", agreement), 422)
        self.assertEqual(agreement.state, "deliberated")
        self.assertFalse(agreement.sign_name)
        self.assertEqual(self._sign("mayor_a", agreement), 303)
        self.assertEqual(agreement.sign_name, "Anne AUBRY")
        self.assertEqual(self._sign("mayor_a", agreement), 303)  # pressed again
        self.assertIn(agreement.document_sha256, self._get("secretary_ab", path).text)

    def test_documents_are_those_of_the_sheet(self):
        document, other = self.env["ir.attachment"].create(
            [{"name": "guide.txt", "raw": b"guide"}, {"name": "interne.txt", "raw": b"interne"}]
        )
        self.service.document_ids = document
        path = f"/my/services/{self.service.id}/document"
        self.assertEqual(self._get("mayor_a", f"{path}/{document.id}").content, b"guide")
        self.assertEqual(self._get("mayor_a", f"{path}/{other.id}").status_code, 404)

    def test_the_home_page_shows_what_is_to_be_signed(self):
        agreement = make_agreement(self, self.commune_a, self.offer)
        agreement.action_deliberate()
        signs = f'href="/my/agreements/{agreement.id}"'
        self.assertIn(signs, self._get("mayor_a", "/my").text)
        self.assertNotIn(signs, self._get("mayor_b", "/my").text)
        self.assertNotIn(signs, self._get("councillor_a", "/my").text)

    def test_visitors_are_sent_to_the_login_page(self):
        for path in (
            "/my/services",
            "/my/services/mine",
            "/my/agreements",
            "/my/services/brochure",
        ):
            self.authenticate(None, None)
            self.assertIn("/web/login", self.url_open(path).url)

    def _get(self, who, path):
        self.authenticate(f"test_{who}", f"test_{who}")
        return self.url_open(path)

    def _post(self, who, path, **values):
        self.authenticate(f"test_{who}", f"test_{who}")
        places = {"mayor_a": self.commune_a, "mayor_b": self.commune_b}
        data = {"commune_id": places[who].id, "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(path, data={**data, **values})

    def _sign(self, who, agreement):
        self.authenticate(f"test_{who}", f"test_{who}")
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "sign_name": "Anne AUBRY" if who == "mayor_a" else "Autre",
            "read": agreement.document_sha256,
            "confirmed": "1",
        }
        path = f"/my/agreements/{agreement.id}/sign"
        return self.url_open(path, data=data, allow_redirects=False).status_code
