"""What the addon changed of other applications is theirs again: our own rules stand beside."""

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

OWN_CONTACTS = "[('id', 'child_of', user.commercial_partner_id.id)]"
LENGTH = "auth_password_policy.minlength"
LENGTH_BEFORE = "commune_relations.password_length_before"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("base.res_partner_portal_public_rule", raise_if_not_found=False)
    if rule and "held_mandate_ids" in (rule.domain_force or ""):
        rule.domain_force = OWN_CONTACTS
    menu = env.ref("agreement.agreement_menu_root", raise_if_not_found=False)
    managers = env.ref("agreement.group_agreement_manager", raise_if_not_found=False)
    readers = env.ref("agreement.group_agreement_readonly", raise_if_not_found=False)
    if menu and readers and menu.group_ids == managers:
        menu.group_ids = [Command.set(readers.ids)]
    _note_password_length(env)


def _note_password_length(env):
    """The length that was there before us is noted where all that we change is."""
    parameters = env["ir.config_parameter"]
    before = parameters.get_param(LENGTH_BEFORE)
    if not before:
        return
    found = env["commune.found"]
    found._write_notes({**found._read_notes(), LENGTH: [before, parameters.get_param(LENGTH)]})
    parameters.set_param(LENGTH_BEFORE, False)
