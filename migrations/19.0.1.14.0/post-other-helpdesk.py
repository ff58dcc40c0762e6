"""Which teams and steps are ours, in a database where all of them were: the teams of the house but
those whose tickets name no commune, and the steps but those of helpdesk_mgmt, which serve again.
The labels that we had changed are those of helpdesk_mgmt."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """
        UPDATE helpdesk_ticket_stage
           SET serves_communes = NOT (id IN (SELECT res_id FROM ir_model_data
                WHERE module = 'helpdesk_mgmt' AND model = 'helpdesk.ticket.stage')),
               active = active OR id IN (SELECT res_id FROM ir_model_data
                WHERE module = 'helpdesk_mgmt' AND model = 'helpdesk.ticket.stage')
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    teams = env["helpdesk.ticket.team"].with_context(active_test=False)
    houses = env["res.company"].search([("epci_id", "!=", False)])
    found = teams.search(
        [("serves_communes", "=", False), ("company_id", "in", [False, *houses.ids])]
    )
    tickets = env["helpdesk.ticket"].with_context(active_test=False)
    groups = tickets._read_group([("team_id", "in", found.ids)], ["team_id"], ["commune_id:count"])
    strangers = teams.union(*(team for team, named in groups if not named))
    (found - strangers).serves_communes = True
    _give_back_labels(env)


def _give_back_labels(env):
    names = ("number", "name", "user_id", "partner_id", "priority")
    env.cr.execute(
        """
        UPDATE ir_model_fields
           SET field_description = jsonb_build_object('en_US', field_description -> 'en_US')
         WHERE model = 'helpdesk.ticket' AND name IN %s
        """,
        (names,),
    )
    env.invalidate_all()
    modules = env["ir.module.module"].search([("name", "=", "helpdesk_mgmt")])
    modules._update_translations()
