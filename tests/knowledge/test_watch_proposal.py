"""What comes of an item keeps its origin, on both sides, and is made once."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import Form, tagged

from .impact_case import ImpactCase


@tagged("post_install", "-at_install")
class TestProposals(ImpactCase):
    def _propose(self, kind, user=None, session=None):
        """What the button makes; the dialog of a session as it opens, unless one is chosen."""
        item = self.item.with_user(user or self.officer)
        action = getattr(item, f"action_propose_{kind}")()
        if action.get("target") == "new":
            wizard = item.env[action["res_model"]].with_context(action["context"])
            dialog = Form(wizard)
            if session:
                dialog.session_id = session
            action = dialog.save().action_propose()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_each_keeps_its_origin_and_is_made_once(self):
        for kind, name in (("project", "project_ids"), ("event", "event_ids")):
            with self.subTest(kind):
                made = self._propose(kind)
                self.assertEqual(made.watch_item_id, self.item)
                self.assertEqual(made.name, self.item.name)
                self.assertEqual(self._propose(kind), made)
                self.assertEqual(self.item[name], made)

    def test_a_guide_is_for_the_same_communes(self):
        self.item.population_max = 1000
        guide = self._propose("guide")
        self.assertEqual((guide.state, guide.population_max), ("draft", 1000))
        self.assertIn("5211-4-2", guide.legal_text)
        self.assertIn("Relire les conventions.", guide.body)

    def test_an_item_of_the_session_that_is_chosen(self):
        self.env["commune.session"].search([]).unlink()
        with self.assertRaisesRegex(UserError, "session"):
            self._propose("session")
        committee = self.env["commune.committee"].create(
            {"name": "COTECH d’essai", "kind": "cotech", "place_id": self.epci.id}
        )
        late, soon = self.env["commune.session"].create(
            [
                {"committee_id": committee.id, "date_begin": Datetime.now() + timedelta(days=days)}
                for days in (60, 30)
            ]
        )
        self.assertFalse((soon | late).item_ids)  # nothing before it is agreed
        self.assertEqual(self._propose("session"), soon)  # the next one, unless another is chosen
        self.assertEqual(soon.item_ids.watch_item_id, self.item)
        self.assertEqual(soon.item_ids.state, "proposed")
        self.assertEqual(self._propose("session"), soon)
        self.assertEqual(len(soon.item_ids), 1)
        self.assertFalse(late.item_ids)
        soon.item_ids.unlink()
        self.assertEqual(self._propose("session", session=late), late)
        self.assertEqual(late.item_ids.watch_item_id, self.item)

    def test_no_item_on_an_agenda_that_is_closed(self):
        committee = self.env["commune.committee"].create(
            {"name": "COTECH passé", "kind": "cotech", "place_id": self.epci.id}
        )
        session = self.env["commune.session"].create(
            {"committee_id": committee.id, "date_begin": Datetime.now()}
        )
        session.sudo().state = "held"
        with self.assertRaisesRegex(UserError, "closed"):
            self.item.with_user(self.officer)._propose_in(session)
        self.assertFalse(self.item.session_item_ids)

    def test_a_reader_proposes_nothing(self):
        with self.assertRaises(AccessError):
            self._propose("guide", self.reader)
