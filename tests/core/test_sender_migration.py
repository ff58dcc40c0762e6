"""An organisation that already wrote to its communes goes on writing after the update."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from .sender_case import OUTSIDE, SenderCase

SCRIPT = Path(__file__).parents[2] / "migrations" / "19.0.1.11.0" / "post-sender.py"


@tagged("post_install", "-at_install")
class TestSenderMigration(SenderCase):
    def _migrate(self):
        spec = importlib.util.spec_from_file_location("post_sender", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.9.0")
        self.env.invalidate_all()

    def test_a_letter_that_left_is_a_proof(self):
        self.env["commune.letter.journey"].sudo().create(
            {
                "kind": "message",
                "state": "left",
                "res_model": "res.partner",
                "res_id": self.commune_a.id,
                "document_model": "res.partner",
                "document_id": self.commune_a.id,
            }
        )
        self._migrate()
        self.assertTrue(self.company._is_sender_confirmed())
        [(recipients, _letter)] = self._outgoing()
        self.assertEqual(recipients, ["anne.aubry@mel.example"])

    def test_a_mail_sent_from_the_organisation_is_one_too(self):
        values = {"email_from": f"Les Deux Rives <{OUTSIDE}>", "state": "sent"}
        self.env["mail.mail"].sudo().create(values)
        self._migrate()
        self.assertTrue(self.company._is_sender_confirmed())

    def test_an_organisation_that_has_never_written_tests_its_sender(self):
        self._migrate()
        self.assertFalse(self.company._is_sender_confirmed())

    def test_the_address_of_a_robot_that_somebody_reads_stays_that_of_the_organisation(self):
        self.company.email = self.epci.email = False
        self.env.ref("base.user_root").email = "robot@deux-rives.example"
        self.letter.sudo().state = "left"
        self._migrate()
        self.assertEqual(self.company._get_organisation_email(), "robot@deux-rives.example")
        self.assertTrue(self.company._is_sender_confirmed())
