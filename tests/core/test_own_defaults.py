"""What a person keeps as default values gives no step, no proof, no date of a log."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import CommuneCase
from ..services.service_case import make_agreement, make_offer, make_service


@tagged("post_install", "-at_install")
class TestOwnDefaults(CommuneCase):
    def _keep(self, user, model, field, value):
        self.env["ir.default"].with_user(user).set(model, field, value, user_id=True)

    def test_a_log_is_dated_by_itself(self):
        """The action writes as superuser in the name of the person, whose defaults would count."""
        self._keep(self.manager, "commune.export.log", "person_count", 7)
        self._keep(self.manager, "commune.export.log", "date", "2020-01-01 00:00:00")
        log = self.env["commune.export.log"].with_user(self.manager).sudo()
        line = log.create({"document": "Annuaire", "user_id": self.manager.id})
        self.assertEqual(line.person_count, 0)
        self.assertNotEqual(line.date.year, 2020)

    def test_an_answer_of_a_commune_starts_empty(self):
        self._keep(self.officer, "commune.directory.recipient", "correction", "Tout est juste")
        defaults = self.env["commune.directory.recipient"].with_user(self.officer).sudo()
        self.assertFalse(defaults.default_get(["correction"]).get("correction"))

    def test_other_defaults_of_a_person_are_kept(self):
        self._keep(self.officer, "commune.directory.campaign", "name", "Annuaire de l’année")
        campaign = self.env["commune.directory.campaign"].with_user(self.officer)
        self.assertEqual(campaign.default_get(["name"])["name"], "Annuaire de l’année")

    def test_a_stroke_is_put_on_a_convention_by_signing_only(self):
        offer = make_offer(self, make_service(self))
        agreement = make_agreement(self, self.commune_a, offer)
        place = {"res_model": "agreement", "res_id": agreement.id, "res_field": "signature"}
        files = self.env["ir.attachment"].with_user(self.officer)
        with self.assertRaisesRegex(UserError, "proof"):
            files.create({"name": "trait.png", "raw": b"trait", **place})
        own = files.create({"name": "trait.png", "raw": b"trait"})
        with self.assertRaisesRegex(UserError, "proof"):
            own.write(place)
        self.assertFalse(agreement.signature)
        kept = files.create(
            {"name": "note.txt", "raw": b"note", "res_model": "agreement", "res_id": agreement.id}
        )
        self.assertEqual(kept.res_id, agreement.id)
