"""Lasting changes of the addon to third-party rows: `lifecycle_rows.py BEFORE AFTER`.

Both are databases. It reads each table and column that existed before, and prints the changes.
"""

import sys

import psycopg2

# Tables that Odoo writes by itself: what it knows of its code, logs, bundles of scripts.
ODOO = ("base_registry_signaling", "bus_", "ir_attachment", "ir_cron_", "ir_logging", "ir_module_")
ODOO += ("ir_profile", "orm_signaling", "res_device")
REFLECTION = {f"ir_model{part}" for part in ("", "_constraint", "_data", "_fields", "_inherit")}
REFLECTION |= {"ir_model_fields_selection", "ir_model_relation"}
# Settings, rights and screens: nothing new stays in them.
SETTINGS = ("ir_act", "ir_config_parameter", "ir_cron", "ir_default", "ir_model_access", "ir_rule")
SETTINGS += ("ir_sequence", "ir_ui_", "mail_template", "res_groups_implied_rel", "rule_group_rel")
CLOCKS = {"create_date", "create_uid", "lastcall", "nextcall", "write_date", "write_uid"}
# What anyone who sets the territory up chooses for the organisation (docs/deployment.md, “Partir”).
CHOSEN = {
    "res_company": {"currency_id", "name"},
    "res_currency": {"active"},
    "res_partner": {"commercial_company_name", "complete_name", "country_id", "lang", "lastname"}
    | {"name", "tz"},
    "resource_calendar": {"tz"},
}


def read(cursor, table):
    """{key: row} of a table; a parameter is known by its name, a link by what it links."""
    cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
    own = "key" if table == "ir_config_parameter" else "id"
    return {row.get(own) or tuple(row.values()): row for (row,) in cursor.fetchall()}


def is_changed(before, after):
    """French that was missing (`i18n_extra/`) stays: it takes nothing away."""
    if isinstance(before, dict) and isinstance(after, dict) and "en_US" in before:
        return before["en_US"] != after.get("en_US")
    return before != after


def compare(table, before, after):
    skipped = CLOCKS | CHOSEN.get(table, set()) | {"id"}
    if table.startswith(SETTINGS):
        yield from (
            f"{table} {key}: stays, {str(after[key])[:200]}" for key in after.keys() - before
        )
    for key, row in before.items():
        if key not in after:
            yield f"{table} {key}: gone, {str(row)[:200]}"
            continue
        for name, value in row.items():
            now = after[key].get(name)
            if name not in skipped and is_changed(value, now):
                yield f"{table} {key} {name}: {str(value)[:80]} -> {str(now)[:80]}"


def main(first, second):
    with psycopg2.connect(dbname=first) as one, psycopg2.connect(dbname=second) as two:
        before, after = one.cursor(), two.cursor()
        before.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
        changes = []
        for (table,) in before.fetchall():
            if not table.startswith(ODOO) and table not in REFLECTION:
                changes += compare(table, read(before, table), read(after, table))
        # Of two currencies in use, Odoo shows the second to everybody.
        after.execute("SELECT res_id FROM ir_model_data WHERE name = 'group_multi_currency'")
        shown = f"'hid': {after.fetchone()[0]}}}"
        changes = [one for one in changes if shown not in one]
    print("\n".join(changes))
    return bool(changes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
