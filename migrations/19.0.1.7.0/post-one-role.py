"""The officer of the demonstration was given the coordination too: each account holds one role."""

from odoo import SUPERUSER_ID, api
from odoo.fields import Command


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    coordinator = env.ref("commune_relations.group_replacement_coordinator")
    # Invented persons only: whoever was given both in real life keeps both.
    officer = env["res.users"].search(
        [("login", "=", "charge-mission"), ("partner_id.is_fictitious", "=", True)]
    )
    officer.group_ids = [Command.unlink(coordinator.id)]
