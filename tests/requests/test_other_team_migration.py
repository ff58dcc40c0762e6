"""After the update, what we had taken from helpdesk_mgmt is its own again, and ours goes on."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from .other_team_case import OtherTeamCase

SCRIPTS = Path(__file__).parents[2] / "migrations/19.0.1.14.0"
CUT = (
    "helpdesk_mgmt.access_helpdesk_ticket_stage_public",
    "helpdesk_mgmt.access_helpdesk_ticket_team_portal",
    "helpdesk_mgmt_sla.access_helpdesk_sla_portal",
    "helpdesk_mgmt_sla.access_helpdesk_ticket_sla_portal",
)


@tagged("post_install", "-at_install")
class TestOtherTeamMigration(OtherTeamCase):
    def _migrate(self):
        self.env.flush_all()
        for name in ("pre-other-helpdesk", "post-other-helpdesk"):
            spec = importlib.util.spec_from_file_location(
                name.replace("-", "_"), SCRIPTS / f"{name}.py"
            )
            script = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(script)
            script.migrate(self.env.cr, "19.0.1.13.0")
            self.env.flush_all()
            self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _number(self, ticket):
        return int(ticket.number.rpartition("-")[2])

    def test_numbers_go_on_and_theirs_begin(self):
        self._ticket()  # what tells their team from an empty one of ours
        self.env.ref("commune_relations.seq_commune_request").unlink()
        taken = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        taken.write({"prefix": "D%(range_year)s-", "padding": 4, "use_date_range": True})
        drawn = [self.env["ir.sequence"].next_by_code(taken.code) for _time in range(2)]
        self._migrate()
        request = self._request()
        self.assertEqual(self._number(request), int(drawn[-1].rpartition("-")[2]) + 1)
        self.assertEqual(request.number[:6], drawn[-1][:6])
        self.assertEqual(self._ticket().number, "HT00001")

    def test_rights_steps_and_teams_are_sorted(self):
        for name in CUT:
            self.env.ref(name).write({"perm_read": False, "perm_write": False})
        rule = self.env.ref("helpdesk_mgmt.helpdesk_ticket_rule_portal")
        rule.domain_force = "[('commune_id', '!=', False)]"
        former = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        ours = self.env.ref("commune_relations.stage_received")
        ticket = self._ticket()
        ticket.stage_id = self.steps["in_progress"]
        former.active = False
        ours.serves_communes = False
        empty, theirs = self.env["helpdesk.ticket.team"].create(
            [{"name": "Voirie annexe"}, {"name": "Ailleurs", "company_id": self._other().id}]
        )
        self.env.company.epci_id = self.epci
        self._migrate()
        lines = [self.env.ref(name) for name in CUT]
        self.assertTrue(all(line.perm_read for line in lines))
        self.assertEqual([line.perm_write for line in lines], [True, False, False, False])
        self.assertIn("message_partner_ids", rule.domain_force)
        self.assertTrue(former.active and ours.serves_communes)
        self.assertFalse(former.serves_communes)
        self.assertTrue(self.desk.serves_communes and self.roads.serves_communes)
        self.assertTrue(empty.serves_communes)
        self.assertFalse((self.computers | theirs).filtered("serves_communes"))
        self.assertFalse(ticket.is_commune_request)

    def _other(self):
        return self.env["res.company"].create({"name": "Menuiserie Durand"})
