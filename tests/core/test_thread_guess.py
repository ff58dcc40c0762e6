"""A portal person guesses no note of the staff by a search on what it may read."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestThreadGuess(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for record in (cls.commune_a, cls.portal_a.partner_id):
            record.message_post(body="Dossier sensible", subtype_xmlid="mail.mt_note")

    def test_a_mayor_does_not_guess_a_note_on_the_commune_letter_after_letter(self):
        communes = self.env["res.partner"].with_user(self.portal_a)
        self.assertTrue(communes.search([("id", "=", self.commune_a.id)]))
        for path in ("message_ids.body", "website_message_ids.body"):
            for domain in (
                [(path, "=like", "<p>Dossier%")],
                [("commercial_partner_id." + path, "ilike", "sensible")],
            ):
                with self.subTest(domain=domain), self.assertRaises(AccessError):
                    communes.search_count(domain)

    def test_nor_through_a_mandate_that_leads_to_it(self):
        mandates = self.env["commune.mandate"].with_user(self.portal_a)
        self.assertTrue(mandates.search([("id", "=", self.mandate_a.id)]))
        with self.assertRaises(AccessError):
            mandates.search_count([("commune_id.message_ids.body", "ilike", "sensible")])

    def test_no_model_that_a_mayor_reads_gives_its_messages_to_a_search(self):
        user = self.portal_a
        for name in self.env.registry:
            model = self.env[name].with_user(user)
            if "message_ids" not in model._fields or not model.has_access("read"):
                continue
            if model._original_module != "commune_relations" and name not in (
                "res.partner",
                "agreement",
            ):
                continue
            with self.subTest(model=name), self.assertRaises(AccessError):
                model.search_count([("message_ids.body", "ilike", "a")])

    def test_a_note_on_a_request_is_found_by_no_search_nor_left_out_by_one(self):
        """A search on the content of messages answers for tickets of other teams alone."""
        request = self.env["helpdesk.ticket"].create(
            {"name": "Banc", "description": "<p>?</p>", "commune_id": self.commune_a.id}
        )
        request.message_post(body="Dossier sensible", subtype_xmlid="mail.mt_note")
        seen = self.env["helpdesk.ticket"].with_user(self.portal_a)
        self.assertIn(request, seen.search([]))
        for path in ("message_ids.body", "website_message_ids.body"):
            for operator in ("ilike", "not ilike"):
                with self.subTest(path=path, operator=operator):
                    self.assertNotIn(request, seen.search([(path, operator, "sensible")]))

    def test_who_has_no_place_here_has_what_odoo_gives(self):
        guest = new_test_user(self.env, "test_guest", groups="base.group_portal")
        guest.partner_id.message_post(body="Dossier sensible", subtype_xmlid="mail.mt_note")
        partners = self.env["res.partner"].with_user(guest)
        self.assertTrue(partners.search_count([("message_ids.body", "ilike", "sensible")]))

    def test_the_staff_still_finds_a_commune_by_what_was_written_of_it(self):
        communes = self.env["res.partner"].with_user(self.officer)
        found = communes.search([("message_ids.body", "ilike", "sensible")])
        self.assertIn(self.commune_a, found)
