"""The conference of mayors gives opinions: no decision, no quorum nor proxy but by its own rule."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .committee_case import CommitteeCase

ITEMS = [Command.create({"name": "Pacte de gouvernance", "kind": "opinion"})]


@tagged("post_install", "-at_install")
class TestAdvisory(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayors = cls._committee("Conférence des maires", "mayors", quorum_mode="majority")
        cls._seat(cls.mayors, cls.mandate_a, cls.mandate_b, cls.mandate_both_a)
        cls.session = cls._session(cls.mayors, item_ids=ITEMS)

    def _html(self, report):
        values = self.env[f"report.commune_relations.{report}"]._get_report_values(self.session.ids)
        return str(self.env["ir.qweb"]._render(f"commune_relations.{report}", values))

    def test_neither_quorum_nor_proxy(self):
        self.assertEqual(self.session.quorum_required, 0)
        answers = dict(self.session.attendance_ids[0]._get_possible_answers())
        self.assertNotIn("proxy", answers)
        self.assertIn("excused", answers)
        with self.assertRaises(UserError):
            self.session.state = "convened"
            line, holder = self.session.attendance_ids[:2]
            line._reply("proxy", "staff", holder=holder)

    def test_its_own_rule_gives_both(self):
        self.mayors.own_rule = "Règlement intérieur du 3 juin 2026, article 12"
        self.assertEqual(self.session.quorum_required, 2)
        self.assertIn("proxy", dict(self.session.attendance_ids[0]._get_possible_answers()))
        self.mayors.own_rule = "  "
        self.assertEqual(self.session.quorum_required, 0)

    def test_an_item_asks_for_an_opinion(self):
        kinds = self.session.item_ids.possible_kinds.split(",")
        self.assertEqual(kinds, ["information", "debate", "opinion"])
        with self.assertRaisesRegex(ValidationError, "L.5211-11-3"):
            self.session.item_ids.kind = "decision"
        self.assertIn("decision", self._session().item_ids[0].possible_kinds)

    def test_an_item_proposed_on_the_portal_is_no_decision_either(self):
        item = self.session.with_user(self.portal_a)._propose_item(
            self.commune_a, self.portal_a.partner_id, "Voirie", kind="decision"
        )
        self.assertEqual(item.kind, "debate")

    def test_the_documents_speak_of_opinions(self):
        documents = {
            name: self._html(f"session_{name}") for name in ("sheet", "notice", "decisions")
        }
        self.assertNotIn("Quorum", documents["sheet"] + documents["notice"])
        self.assertNotIn("Proxy given", documents["sheet"])
        self.assertNotIn("written proxy", documents["notice"])
        self.assertNotIn("Represented by", documents["sheet"])
        self.assertIn("Advisory body", documents["sheet"])
        self.assertNotIn("5211-11-3", documents["sheet"])  # the source document does not mention it
        self.assertIn("Record of opinions", documents["decisions"])
        self.assertIn("No opinion was given", documents["decisions"])

    def test_the_minutes_speak_of_opinions(self):
        self.env["commune.decision"].create(
            {
                "session_id": self.session.id,
                "item_id": self.session.item_ids.id,
                "text": "Favorable",
            }
        )
        self.session.write({"state": "held", "notice_date": "2026-01-05 09:00:00"})
        html = str(
            self.env["ir.qweb"]._render(
                "commune_relations.session_minutes_body",
                self.env["commune.session.minutes"]._get_minutes_values(self.session),
            )
        )
        self.assertIn("Opinion", html)
        self.assertNotIn("Decision", html)

    def test_an_ordinary_committee_keeps_its_quorum_and_its_proxies(self):
        self.copil.quorum_mode = "number"
        self.copil.quorum_number = 3
        session = self._session()
        self.assertEqual(session.quorum_required, 3)
        self.assertIn("proxy", dict(session.attendance_ids[0]._get_possible_answers()))
