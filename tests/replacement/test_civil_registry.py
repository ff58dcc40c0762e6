"""No document offers an agent who receives acts of the civil registry (CGCT, art. R2122-10)."""

from odoo.tests import HttpCase, freeze_time, tagged

from ..core.pdf_reading import Pdf
from .replacement_case import ReplacementCase

LIMIT = "receives and signs no act"
FRENCH = "ne reçoit ni ne signe aucun acte"


@tagged("post_install", "-at_install")
class TestCivilRegistry(ReplacementCase, HttpCase):
    def _quote(self, request):
        report = self.env.ref("commune_relations.replacement_quote_report")
        report = report.with_context(force_report_rendering=True, lang="fr_FR")
        content, _kind = report._render_qweb_pdf(report.report_name, request.ids)
        return " ".join(Pdf(content).text.split())

    @freeze_time("2027-01-04 09:00:00")
    def test_the_estimate_sells_no_act(self):
        for values in (
            {"needs_civil_registry": True},
            {"post": "Officier d’état civil délégué"},
            {"tasks": "Accueil, Etat-civil"},
            {"needs": (("EC", "1"),)},
            {"tasks": "Célébrer les mariages"},
            {"tasks": "Accueil, déclarations de décès"},
            {"tasks": "PACS"},
        ):
            with self.subTest(**values):
                text = self._quote(self._request(**values))
                self.assertIn(FRENCH, text)
                self.assertIn("R. 2122-10", text)
                self.assertIn("Non compris", text)
        self.assertNotIn("état civil", self._quote(self._request(tasks="Budget, paie")))

    def test_the_letters_and_the_order_show_it_until_the_delegation_is_checked(self):
        self.nadia.civil_registry_allowed = True
        request = self._request(needs_civil_registry=True)
        proposal = request._assign(self.nadia, request.slot_ids)
        for state in ("draft", "sent_commune"):
            proposal._set({"state": state})
            lines = dict(proposal._get_letter_lines())
            self.assertIn(LIMIT, lines["Acts of the civil registry"], state)
        proposal._set({"state": "draft"})
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id
        self.assertIn(LIMIT, dict(mission._get_order_place())["Acts of the civil registry"])
        mission.legal_check_done = True
        self.assertFalse(dict(mission._get_order_place())["Acts of the civil registry"])

    def test_every_document_of_the_mission_says_it(self):
        """Tasks that came to the mission since count as well."""
        request = self._request(tasks="Budget")
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id
        documents = {
            "mission_amendment": mission.amendment_ids,
            "mission_entry": mission,
            "mission_exit": mission,
            "mission_order": mission,
        }

        def read(document):
            report = self.env.ref(f"commune_relations.{document}_report")
            report = report.with_context(force_report_rendering=True, lang="fr_FR")
            content, _kind = report._render_qweb_pdf(report.report_name, documents[document].ids)
            return " ".join(Pdf(content).text.split())

        mission.tasks = "Budget, mariages du samedi"
        for document in documents:
            with self.subTest(document=document):
                self.assertIn(FRENCH, read(document))
        mission.tasks = "Budget"
        self.assertNotIn(FRENCH, read("mission_entry"))

    def test_the_list_of_needs_offers_the_files_alone(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = self.url_open("/my/replacements/new").text
        self.assertIn("État civil (hors actes)", page)
        self.assertIn("l’agent prépare les dossiers et ne signe aucun acte", page.lower())
