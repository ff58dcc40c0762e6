"""Conventions that were signed before 19.0.1.10.0 stay as they were signed."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service

SCRIPT = Path(__file__).parents[2] / "migrations" / "19.0.1.10.0" / "pre-agreement_acts.py"
CHECKS = ("both_signed", "commune_acts", "epci_acts", "first_day")


@tagged("post_install", "-at_install")
class TestAgreementMigration(CommuneCase):
    def test_what_was_in_force_stays_and_passes_the_new_checks(self):
        offer = make_offer(self, make_service(self), kind="free")
        running, waiting, draft = (
            make_agreement(self, self.commune_a, offer, name=name) for name in "ABC"
        )
        self.env.flush_all()
        names = [f"agreement_{check}_check" for check in CHECKS]
        self.cr.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY(%s)",
            [names],
        )
        found = dict(self.cr.fetchall())
        self.assertEqual(set(found), set(names))
        for name in names:
            self.cr.execute(f"ALTER TABLE agreement DROP CONSTRAINT {name}")
        self._as_before(running, "active", "2026-01-15", sign_date="2026-01-15 10:00:00")
        self._as_before(waiting, "deliberated", None)
        self._as_before(draft, "draft", None)
        spec = importlib.util.spec_from_file_location("acts_migration", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        for _again in range(2):
            script.migrate(self.cr, "19.0.1.9.0")
        for name, definition in found.items():
            self.cr.execute(f"ALTER TABLE agreement ADD CONSTRAINT {name} {definition}")
        self.env.invalidate_all()
        self.assertEqual((running.state, running.before_acts), ("active", True))
        self.assertEqual(running._get_signed_sides(), {"commune", "epci"})
        self.assertEqual(str(running.epci_signature_date), "2026-01-15")
        self.assertTrue(running.epci_paper_signature)
        self.assertEqual(running.acts_missing.count("published"), 2)
        self.assertFalse(draft.before_acts or draft.epci_paper_signature)
        # What waits for its signature needs the dates, like any other.
        self.assertIn("L. 2131-1", waiting._get_signing_problem())

    def _as_before(self, agreement, state, day, sign_date=None):
        """As version 19.0.1.9.0 kept it: signed before its votes, no date of an act."""
        self.cr.execute(
            """
            UPDATE agreement
               SET state = %s, signature_date = %s, sign_date = %s, before_acts = NULL,
                   epci_paper_signature = NULL, commune_transmission_date = NULL,
                   commune_publication_date = NULL, epci_transmission_date = NULL,
                   epci_publication_date = NULL
             WHERE id = %s
            """,
            [state, day, sign_date, agreement.id],
        )
