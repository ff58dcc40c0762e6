"""A refusal does not quote what it refuses, in developer mode either."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .incident_case import SECRET, IncidentCase

CASE = "commune.replacement.incident"


@tagged("post_install", "-at_install")
class TestRefusal(IncidentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.case = self._open_case()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_refusal_does_not_quote_what_it_refuses(self):
        """In developer mode Odoo names the records: a line of a case is named by its words."""
        line = (
            self.env[f"{CASE}.event"]
            .with_user(self.coordinator)
            .create({"incident_id": self.case.id, "text": f"Appel : {SECRET}"})
        )
        self.authenticate("test_reader", "test_reader")
        self.url_open("/odoo?debug=1")
        for record in (line, self.case.party_ids[:1]):
            answer = self.url_open(
                "/web/dataset/call_kw",
                json={
                    "params": {
                        "model": record._name,
                        "method": "read",
                        "args": [record.ids, ["incident_id"]],
                        "kwargs": {},
                    }
                },
            ).json()
            sentence = answer["error"]["data"]["message"]
            self.assertIn(f"({record._name}: {record.id}", sentence)  # the developer mode is on
            self.assertNotIn(record.sudo().display_name, sentence)

    def test_anyone_who_may_not_read_a_record_learns_no_name_by_writing_on_it(self):
        exclusion = self.env["commune.exclusion"].create(
            {"employee_id": self.nadia.id, "commune_id": self.commune_a.id, "reason": SECRET}
        )
        for who in ("portal_a", "agent_user", "employee", "officer"):
            seen = exclusion.with_user(getattr(self, who))
            with self.subTest(who=who), self.assertRaises(AccessError) as refusal:
                seen.message_post(body="Bonjour")
            for word in (self.nadia.name, self.commune_a.name):
                self.assertNotIn(word, str(refusal.exception))
