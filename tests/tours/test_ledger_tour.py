"""A visit noted with what was promised; a mayor who reads the promises on a phone."""

from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from ..steering.steering_case import make_promise
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestContactTour(CommuneCase, HttpCase):
    def test_an_officer_notes_a_visit_and_a_promise(self):
        without_missing_asset(self.env)
        self.start_tour(
            "/odoo/commune-contacts/new", "commune_relations.contact_noted", login="test_officer"
        )
        contact = self.env["commune.contact"].search([("subject", "=", "Visite de l’atelier")])
        self.assertEqual((contact.kind, contact.commune_id), ("visit", self.commune_b))
        self.assertEqual(contact.user_ids, self.officer)
        promise = contact.commitment_ids
        self.assertEqual(promise.name, "Envoyer un technicien")
        self.assertEqual((promise.commune_id, promise.due_date), (self.commune_b, self.today))


@tagged("post_install", "-at_install")
class TestPromisesPhoneTour(CommuneCase, HttpCase):
    browser_size = "375x812"
    touch_enabled = True

    def test_a_mayor_reads_the_promises_on_a_phone(self):
        make_promise(self, days=-3, is_published=True)
        make_promise(self, name="Prêter la scène", is_published=True).action_keep()
        self.start_tour("/my", "commune_relations.commitments_read", login="test_mayor_a")
