"""The hours of the half-days become rules of working time, with the values of the settings.

Other days that would do are ticked from now on: the second grid of a request of the past stays
empty and its text stays as a note, because “not on Wednesdays” was understood as Wednesdays
accepted. Plans already applied are not touched; one that waits to be applied is checked again,
and moves nothing that is not ticked.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

COLUMNS = {
    "half_day_am_start": "morning_start",
    "half_day_am_end": "morning_end",
    "half_day_pm_start": "afternoon_start",
    "half_day_pm_end": "afternoon_end",
}


def migrate(cr, version):
    if not column_exists(cr, "res_company", "half_day_am_start"):
        return
    columns = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
    cr.execute(SQL("SELECT id, %s FROM res_company ORDER BY id", columns))
    (_first, *house), *others = cr.fetchall()
    env = api.Environment(cr, SUPERUSER_ID, {})
    rules = {
        code: env.ref(f"commune_relations.work_rule_{code}", raise_if_not_found=False)
        for code in COLUMNS.values()
    }
    if not all(rules.values()):
        return
    # By SQL: between two writes the morning may end after the afternoon begins.
    for rule, value in zip(rules.values(), house, strict=True):
        cr.execute(SQL("UPDATE commune_work_rule SET value = %s WHERE id = %s", value, rule.id))
    env.invalidate_all()
    env.registry.clear_cache()
    for company, *hours in others:
        if hours != house:
            _set_apart(env, company, rules, hours)


def _set_apart(env, company, rules, hours):
    """Rules of a company whose half-days are not those of the house; a missing value is its."""
    env["commune.work.rule"].create(
        [
            {
                "code": code,
                "name": rule.name,
                "value": value or rule.value,
                "source": rule.source,
                "date_start": rule.date_start,
                "company_id": company,
            }
            for (code, rule), value in zip(rules.items(), hours, strict=True)
        ]
    )
