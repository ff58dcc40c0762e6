"""Filters, rules, views, templates and code of users follow the names of 19.0.2.0.0.

What the module brings is loaded again after this; what a user wrote or changed (`noupdate`) is not,
and would call fields, methods and templates that are gone. A name that other models bear too
(`resource_id` is also of `hr.employee`) is renamed only in expressions on models that lead to ours.
"""

import json
import re
from pathlib import Path
from runpy import run_path

from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

MODULE = "commune_relations"
BY_MODEL_ID = "(SELECT model FROM ir_model WHERE id = t.%s)"
# table: (columns, SQL of the model that the expression starts from)
EXPRESSIONS = {
    "ir_filters": ("domain context sort", "t.model_id"),
    "ir_act_window": ("domain context", "t.res_model"),
    "ir_act_client": ("context", "t.res_model"),
    "ir_act_url": ("url", "NULL"),
    "ir_act_server": ("code value update_path", BY_MODEL_ID % "model_id"),
    "ir_actions_server_history": (
        "code",
        "(SELECT m.model FROM ir_act_server s JOIN ir_model m ON m.id = s.model_id"
        " WHERE s.id = t.action_id)",
    ),
    "ir_act_report_xml": (
        "report_name report_file print_report_name attachment domain",
        "t.model",
    ),
    "ir_rule": ("domain_force", BY_MODEL_ID % "model_id"),
    "ir_ui_view": ("arch_db arch_prev", "t.model"),
    "ir_ui_view_custom": ("arch", "(SELECT model FROM ir_ui_view WHERE id = t.ref_id)"),
    "ir_embedded_actions": ("domain context python_method", "t.parent_res_model"),
    "ir_exports_line": ("name", "(SELECT resource FROM ir_exports WHERE id = t.export_id)"),
    "ir_default": ("condition", "(SELECT model FROM ir_model_fields WHERE id = t.field_id)"),
    "ir_model_fields": ("domain related depends compute", "t.model"),
    "ir_config_parameter": ("value", "NULL"),
    "mail_alias": ("alias_defaults", BY_MODEL_ID % "alias_model_id"),
    "mail_message_subtype": ("relation_field", "t.res_model"),
    "mail_template": (
        "subject body_html email_from email_to email_cc reply_to partner_to lang scheduled_date",
        "t.model",
    ),
    "sms_template": ("body lang", "t.model"),
    "mailing_mailing": (
        "mailing_domain subject preview body_html body_arch lang",
        BY_MODEL_ID % "mailing_model_id",
    ),
    "mailing_filter": ("mailing_domain", BY_MODEL_ID % "mailing_model_id"),
    "base_automation": ("filter_domain filter_pre_domain", BY_MODEL_ID % "model_id"),
}
# Columns that are a path of fields and nothing else.
PATHS = ("ir_exports_line", "mail_message_subtype", "ir_default")
# A model, an external id of ours, or any name.
TOKEN = re.compile(rf"(?<![\w.])commune(?:\.[a-z0-9_]+)+|\b{MODULE}\.[\w-]+|[A-Za-z_][A-Za-z0-9_]*")
WORD = r"(?<![A-Za-z0-9_])(?:%s)(?![A-Za-z0-9_])"


class Expressions:
    """:ivar own: {old: new} of names that nothing else bears
    :ivar leading: {(old, new): models that lead to the field}"""

    def __init__(self, cr, names):
        self.names, self.own, scopes = names, dict(names.names), {}
        shared = find_shared(cr, names)
        for (model, old), new in names.fields.items():
            if old in shared or "_" not in old:
                scopes.setdefault((old, new), set()).add(model)
            else:
                self.own[old] = new
        self.leading = {pair: find_leading(cr, pair[0], own) for pair, own in scopes.items()}
        self.some = "|".join(["commune[._]", *self.own, *(old for old, _new in scopes)])

    def rename(self, text, model, is_path=False):
        text = TOKEN.sub(self._rename_token, text)
        for (old, new), models in self.leading.items():
            if model in models and old in text:
                text = re.sub(get_pattern(old, is_path), new, text)
        return text

    def _rename_token(self, match):
        module, _dot, name = match[0].partition(".")
        if module == MODULE:
            return f"{module}.{self.names.rename_xmlid(name)}" if name else module
        return self.names.rename_model(match[0]) if name else self.own.get(module, module)


def migrate(cr, version):
    names = run_path(str(Path(__file__).with_name("pre-1-rename.py")))
    renames = names["Renames"](Path(__file__).with_name("renames.csv"))
    expressions = Expressions(cr, renames)
    for table, (columns, model) in EXPRESSIONS.items():
        if table_exists(cr, table):
            for column in columns.split():
                if column_exists(cr, table, column):
                    rename_column(cr, expressions, table, column, model)
    rename_comodels(cr, renames)
    empty_extensions(cr)


def find_shared(cr, names):
    """Old names that a field of another model bears."""
    olds = {old for _model, old in names.fields}
    cr.execute(SQL("SELECT name FROM ir_model_fields WHERE name IN %s", tuple(olds)))
    return {name for (name,) in cr.fetchall()}


def find_leading(cr, old, models):
    """These models, and those with a relation to one of them and no field of this old name: views
    hold the lines of a record, and a domain follows a path."""
    cr.execute(
        SQL(
            """
            SELECT DISTINCT f.model FROM ir_model_fields f
             WHERE f.relation IN %s AND NOT EXISTS (
                   SELECT 1 FROM ir_model_fields o WHERE o.model = f.model AND o.name = %s)
            """,
            tuple(models),
            old,
        )
    )
    return models | {model for (model,) in cr.fetchall()}


def get_pattern(old, is_path):
    if is_path or "_" in old:
        return WORD % old
    # An English word: a quoted name, an attribute, or compared with a value.
    return (
        rf"(?<=[\"']){old}(?=\\?[\"'])|(?<=[\w\])]\.){old}(?![\w(])"
        rf"|(?<![\w.]){old}(?=\s*(?:==|!=|(?:not )?in\b))"
    )


def rename_column(cr, expressions, table, column, model):
    names = SQL.identifier(table), SQL.identifier(column)
    # `model` is a text of this file.
    query = "SELECT t.id, t.%s::text, " + model + " FROM %s t WHERE t.%s::text ~ %s"  # nosec B608
    cr.execute(SQL(query, names[1], names[0], names[1], expressions.some))
    changed = []
    for number, text, start in cr.fetchall():
        new = rename_text(expressions, text, start, table in PATHS)
        if new != text:
            changed.append((number, new))
    if changed:
        cr.execute(SQL("SELECT pg_typeof(%s)::text FROM %s LIMIT 1", names[1], names[0]))
        kind = SQL("jsonb") if cr.fetchone()[0] == "jsonb" else SQL("text")
        cr.execute(
            SQL(
                "UPDATE %s t SET %s = pair.new::%s FROM (VALUES %s) pair (id, new)"
                " WHERE t.id = pair.id",
                *(names[0], names[1], kind),
                SQL(", ").join(SQL("%s", row) for row in changed),
            )
        )


def rename_text(expressions, text, model, is_path):
    """:param text: plain, or {language: text} in JSON, which quotes in another way"""
    if text.startswith("{"):
        try:
            values = json.loads(text)
        except ValueError:
            values = None
        if isinstance(values, dict) and all(
            v is None or isinstance(v, str) for v in values.values()
        ):
            new = {k: v and expressions.rename(v, model, is_path) for k, v in values.items()}
            return text if new == values else json.dumps(new)
    return expressions.rename(text, model, is_path)


def rename_comodels(cr, names):
    """Models that a property points at."""
    cr.execute(
        "SELECT model, name FROM ir_model_fields WHERE ttype = 'properties_definition' AND store"
    )
    for model, column in cr.fetchall():
        table = model.replace(".", "_")
        if not column_exists(cr, table, column):
            continue
        for old, new in names.models.items():
            table_name, column_name = SQL.identifier(table), SQL.identifier(column)
            cr.execute(
                SQL(
                    "UPDATE %s SET %s = replace(%s::text, %s, %s)::jsonb WHERE %s::text LIKE %s",
                    *(table_name, column_name, column_name),
                    *(f'"{old}"', f'"{new}"', column_name, f'%"{old}"%'),
                )
            )


def empty_extensions(cr):
    """Our extensions of views say nothing until they are loaded: Odoo checks a view with those that
    it holds already, where an `xpath` looks for a name of before. `post-translations.py` gives back
    what users had translated in them.
    """
    cr.execute(
        SQL(
            """
            CREATE TABLE IF NOT EXISTS commune_former_view AS
            SELECT v.id, v.arch_db
              FROM ir_ui_view v
              JOIN ir_model_data d ON d.model = 'ir.ui.view' AND d.res_id = v.id
             WHERE d.module = %s AND d.noupdate IS NOT TRUE
               AND v.inherit_id IS NOT NULL AND v.mode = 'extension'
            """,
            MODULE,
        )
    )
    cr.execute(
        SQL(
            "UPDATE ir_ui_view v SET arch_db = %s FROM commune_former_view f WHERE f.id = v.id",
            json.dumps({"en_US": "<data/>"}),
        )
    )
