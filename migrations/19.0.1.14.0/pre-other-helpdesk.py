"""The requests of communes have their own sequence, which goes on where it was: that of
helpdesk_mgmt, which we had taken, is given back as it is installed.

The rule of the portal and the rights that we had taken from helpdesk_mgmt are given back too: what
is ours is narrowed by rules of our own.
"""

from odoo import SUPERUSER_ID, api

MODULES = ("helpdesk_mgmt", "helpdesk_mgmt_sla")
# helpdesk_mgmt and helpdesk_mgmt_sla 19.0: what these lines and this rule say when installed.
READ = (
    "access_helpdesk_ticket_stage_public",
    "access_helpdesk_ticket_team_portal",
    "access_helpdesk_sla_portal",
    "access_helpdesk_ticket_sla_portal",
    "access_helpdesk_ticket_category_public",
)
WRITTEN = "access_helpdesk_ticket_stage_public"
PORTAL = """['|',
                ('partner_id', 'child_of', [user.commercial_partner_id.id]),
                ('message_partner_ids','child_of',[user.commercial_partner_id.id])]"""


def migrate(cr, version):
    _give_back_sequence(cr)
    # An index of the same name, on our commitments alone, takes its place.
    cr.execute(
        "ALTER TABLE helpdesk_ticket_sla"
        " DROP CONSTRAINT IF EXISTS helpdesk_ticket_sla_ticket_sla_uniq"
    )
    cr.execute(
        """
        UPDATE ir_model_access AS line
           SET perm_read = true, perm_write = perm_write OR data.name = %s
          FROM ir_model_data AS data
         WHERE data.model = 'ir.model.access' AND data.res_id = line.id
           AND data.module IN %s AND data.name IN %s
        """,
        (WRITTEN, MODULES, READ),
    )
    cr.execute(
        """
        UPDATE ir_rule
           SET domain_force = %s, name = 'Portal Personal Tickets'
         WHERE id = (SELECT res_id FROM ir_model_data
                      WHERE module = 'helpdesk_mgmt' AND name = 'helpdesk_ticket_rule_portal')
        """,
        (PORTAL,),
    )


def _give_back_sequence(cr):
    cr.execute(
        "SELECT res_id FROM ir_model_data"
        " WHERE module = 'helpdesk_mgmt' AND name = 'helpdesk_ticket_sequence'"
    )
    taken = cr.fetchone()
    cr.execute(
        "SELECT 1 FROM ir_model_data"
        " WHERE module = 'commune_relations' AND name = 'seq_commune_request'"
    )
    if not taken or cr.fetchone():
        return
    cr.execute("UPDATE ir_sequence SET code = 'commune.request' WHERE id = %s", taken)
    cr.execute(
        "INSERT INTO ir_model_data (module, name, model, res_id, noupdate)"
        " VALUES ('commune_relations', 'seq_commune_request', 'ir.sequence', %s, true)",
        taken,
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    theirs = env["ir.sequence"].create(
        {
            "name": "Helpdesk Ticket Sequence",
            "code": "helpdesk.ticket.sequence",
            "prefix": "HT",
            "padding": 5,
            "company_id": False,
        }
    )
    cr.execute(
        "UPDATE ir_model_data SET res_id = %s"
        " WHERE module = 'helpdesk_mgmt' AND name = 'helpdesk_ticket_sequence'",
        (theirs.id,),
    )
