"""The manager gives the organisation its sender in a browser: the letter that waited leaves."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..core.sender_case import OUTSIDE, SenderCase
from .common import without_missing_asset

DRAWN = "odoo.addons.commune_relations.models.core.sender.sender_check.secrets.randbelow"


@tagged("post_install", "-at_install")
class TestSenderTour(SenderCase, HttpCase):
    def test_from_the_banner_to_the_letter_that_leaves(self):
        without_missing_asset(self.env)
        self.company.email = False
        with patch(DRAWN, lambda _end: 12345):
            self.start_tour(
                "/odoo/commune-requests", "commune_relations.sender", login="test_manager"
            )
        [(_sender, recipients, content)] = self.outbox.take()
        self.assertEqual(recipients, [OUTSIDE])
        self.assertIn(b"012345", content)
        [(recipients, letter)] = self._outgoing()
        self.assertEqual(recipients, ["anne.aubry@mel.example"])
        self.assertIn(OUTSIDE, letter["From"])
