"""From the sheet to the matrix for the officer; from the catalogue to the signature for a DGS;
what communes alike use, and the right to refuse suggestions."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..services.service_case import make_agreement, make_offer, make_service
from ..services.suggestion_case import make_communes, make_used
from .common import SlowPhoneCase, without_missing_asset


@tagged("post_install", "-at_install")
class TestServiceOfficeTour(CommuneCase, HttpCase):
    def test_the_officer_opens_a_service_and_subscribes_a_commune(self):
        without_missing_asset(self.env)
        self.officer.password = "test_officer"
        self.env["commune.topic"].create(
            {"name": "Archives (essai)", "code": "ESSAI-ARC", "level": "metropole"}
        )
        self.env["commune.service.family"].create({"name": "Archives (essai)", "code": "ESSAI"})
        self.env["helpdesk.ticket.team"].create(
            {"name": "Guichet (essai)", "user_id": self.officer.id}
        )
        self._tour("service_sheet", "services/new")
        service = self.env["commune.service"].search([("name", "=", "Archiviste itinérant")])
        self.assertEqual((service.state, service.referent_id), ("active", self.officer))
        self.assertEqual(service.offer_ids.price_ids.unit, 250)
        self._tour("service_matrix", "service-matrix")
        line = service.offer_ids.subscription_ids
        self.assertEqual(line.commune_id, self.commune_a)
        self.assertEqual(line.forecast_quantity, 4)

    def _tour(self, name, path):
        self.start_tour(f"/odoo/{path}", f"commune_relations.{name}", login="test_officer")


@tagged("post_install", "-at_install")
class TestServicePortalTour(CommuneCase, SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_dgs_asks_for_a_service_and_signs_a_convention(self):
        service = make_service(self)
        offer = make_offer(self, service, kind="inhabitant", unit=0.5)
        self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_a.id, "offer_id": offer.id, "date_start": "2020-01-01"}
        )
        dgs = self._portal("dgs_a", "Jeanne", "DURAND", "mme")
        self._mandate(dgs, self.commune_a, "dgs")
        agreement = make_agreement(
            self,
            self.commune_a,
            offer,
            signatory_id=dgs.partner_id.id,
            delegation_ref="arrêté du 2 avril 2026",
        )
        agreement.action_deliberate()
        before = self.env["helpdesk.ticket"].search([])
        self.start_tour("/my", "commune_relations.service_portal", login="test_dgs_a")
        filed = self.env["helpdesk.ticket"].search([]) - before
        self.assertEqual((filed.commune_id, filed.topic_id), (self.commune_a, service.topic_id))
        self.assertEqual(agreement.sign_name, "Jeanne DURAND")
        self.assertEqual(agreement.signature_step, "commune")
        self.assertEqual(agreement.sign_partner_id, dgs.partner_id)

    def test_a_dgs_reads_the_suggestions_and_refuses_them(self):
        others = make_communes(self, 8)
        make_used(self, "Conseil juridique", others[:4])
        archives = make_used(self, "Archives", others[:3])
        dgs = self._portal("dgs_b", "Jeanne", "DURAND", "mme")
        self._mandate(dgs, self.commune_b, "dgs")
        self.start_tour("/my", "commune_relations.service_suggestions", login="test_dgs_b")
        refusals = self.env["commune.service.refusal"].search([], order="id")
        self.assertEqual([r.service_id for r in refusals], [archives, archives.browse()])
        self.assertEqual(refusals.commune_id, self.commune_b)
        self.assertEqual(refusals.partner_id, dgs.partner_id)
        self.assertEqual(refusals.end_partner_id, dgs.partner_id)
        self.assertTrue(all(refusals.mapped("end_date")))
