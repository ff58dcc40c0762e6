"""Rules of the replacement service, which are written once: they ask for the field that says where
one acts (models/territory/partner/opened.py). A rule that the house has changed stays."""

import re

from odoo.tools import SQL

FORMER = """mandate_ids', 'any', [
    ('partner_id', '=', user.partner_id.id),
    ('active', '=', True),
    ('function_id.portal_role', '=', 'full'),
    ('portal_blocked', '=', False),
    '|', ('date_start', '=', False), ('date_start', '<=', 'today'),
    '|', ('date_end', '=', False), ('date_end', '>', 'today'),
])"""
PATTERN = r"\s+".join(re.escape(word) for word in FORMER.split())


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            SELECT r.id, r.domain_force
              FROM ir_rule r
              JOIN ir_model_data d ON d.res_id = r.id AND d.model = 'ir.rule'
             WHERE d.module = 'commune_relations' AND d.noupdate
            """
        )
    )
    for rule_id, domain in cr.fetchall():
        changed = re.sub(PATTERN, "is_acted_for_by_me', '=', True)", domain or "")
        if changed != (domain or ""):
            cr.execute(SQL("UPDATE ir_rule SET domain_force = %s WHERE id = %s", changed, rule_id))
