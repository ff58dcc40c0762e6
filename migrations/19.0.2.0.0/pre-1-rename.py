"""Models, columns and external ids take the names of 19.0.2.0.0 before the module is loaded.

`renames.csv` lists them: model, field (of a model, by its new name), xmlid (of this module), name
(a method or field that is not stored, in expressions alone). Rows are never copied: tables,
sequences, columns, indexes and constraints are renamed, then every place where Odoo or a user keeps
such a name. A second run finds nothing to do.
"""

import csv
import re
from pathlib import Path

from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

MODULE = "commune_relations"
# Short names that mean something else too: they are renamed in external ids of models alone.
COMMON = {"day", "home", "found", "promised", "apart", "nearest", "guarded"}
TABLES = {"ir.actions.report": "ir_act_report_xml"}
ACTION = "_ir_actions_server"
MAX_NAME = 63  # of PostgreSQL


class Renames:
    """:ivar models: {old: new}, dotted :ivar fields: {(model, old): new}, by the new model"""

    def __init__(self, path):
        self.models, self.fields, self.xmlids, self.names = {}, {}, {}, {}
        with open(path, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["kind"] == "field":
                    self.fields[row["model"], row["old"]] = row["new"]
                else:
                    getattr(self, f"{row['kind']}s")[row["old"]] = row["new"]
        self._fields = {(m.replace(".", "_"), old): new for (m, old), new in self.fields.items()}
        self.tables = {get_table(a): get_table(b) for a, b in self.models.items()}
        common = {f"commune_{name}" for name in COMMON}
        rare = any_of(set(self.tables) - common)
        self._table = re.compile(
            rf"(?<![a-z0-9])(?P<rare>{rare})(?![a-z0-9])"
            rf"|(?P<head>^(?:model_|field_|selection__|constraint_)|__)(?P<common>{any_of(common)})"
            r"(?=$|_)"
        )

    def rename_table(self, name):
        """A table, or what is named after one: relation, index, external id."""

        def replace(match):
            if match["rare"]:
                return self.tables[match["rare"]]
            return match["head"] + self.tables.get(match["common"], match["common"])

        return self.tables.get(name) or self._table.sub(replace, name)

    def rename_model(self, name):
        """A model, or what follows one: `commune.guide.form`."""
        parts = name.split(".")
        for count in range(len(parts), 1, -1):
            new = self.models.get(".".join(parts[:count]))
            if new:
                return ".".join([new, *parts[count:]])
        return name

    def rename_xmlid(self, name):
        """Of our module, those of fields, of selections and of the actions of crons included."""
        cron = name.removesuffix(ACTION)
        if cron in self.xmlids:
            return self.xmlids[cron] + name[len(cron) :]
        name = self.rename_table(name)
        match = re.fullmatch(r"(field_|selection__)(\w+?)__(\w+?)(__\w*)?", name)
        new = match and self._fields.get((match[2], match[3]))
        return f"{match[1]}{match[2]}__{new}{match[4] or ''}" if new else name


def migrate(cr, version):
    names = Renames(Path(__file__).with_name("renames.csv"))
    rename_tables(cr, names)
    rename_columns(cr, names)
    rename_indexes(cr, names)
    rename_model_values(cr, names)
    rename_fields(cr, names)
    rename_external_ids(cr, names)


def any_of(names):
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def get_table(model):
    return TABLES.get(model) or model.replace(".", "_")


def run(cr, query, *args):
    cr.execute(SQL(query, *args))


def get_pairs(pairs):
    """(VALUES (old, new), …) of names, for a join."""
    return SQL("(VALUES %s)", SQL(", ").join(SQL("%s", tuple(pair)) for pair in pairs))


# --- PostgreSQL


def rename_tables(cr, names):
    """Tables of models and of relations, whose name follows, with their sequences."""
    run(cr, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    for (old,) in cr.fetchall():
        new = names.rename_table(old)[:MAX_NAME]
        if new == old or table_exists(cr, new):
            continue
        run(cr, "ALTER TABLE %s RENAME TO %s", SQL.identifier(old), SQL.identifier(new))
        run(cr, "SELECT 1 FROM pg_class WHERE relkind = 'S' AND relname = %s", f"{old}_id_seq")
        if cr.fetchone():
            old, new = SQL.identifier(f"{old}_id_seq"), SQL.identifier(f"{new}_id_seq")
            run(cr, "ALTER SEQUENCE %s RENAME TO %s", old, new)


def rename_columns(cr, names):
    """Fields, and the two columns of relations, which are named after a table."""
    wanted = [(get_table(model), old, new) for (model, old), new in names.fields.items()]
    run(
        cr,
        """
        SELECT table_name, column_name FROM information_schema.columns c
         WHERE table_schema = current_schema() AND column_name IN %s
           AND NOT EXISTS (SELECT 1 FROM information_schema.columns o
                            WHERE o.table_schema = c.table_schema
                              AND o.table_name = c.table_name AND o.column_name = 'id')
        """,
        tuple(f"{table}_id" for table in names.tables),
    )
    wanted += [(table, old, f"{names.tables[old[:-3]]}_id") for table, old in cr.fetchall()]
    for table, old, new in wanted:
        if column_exists(cr, table, old) and not column_exists(cr, table, new):
            run(
                cr,
                "ALTER TABLE %s RENAME COLUMN %s TO %s",
                *map(SQL.identifier, (table, old, new)),
            )


def rename_indexes(cr, names):
    """Odoo looks for indexes and constraints by name, and would make them twice."""
    columns = {}
    for (model, old), new in names.fields.items():
        columns.setdefault(get_table(model), {})[old] = new
    renamed = {}
    for kind, table, old in list_indexes(cr):
        new = rename_index(names.rename_table(old), columns.get(table))
        if new[:MAX_NAME] == old:
            continue
        renamed[old] = new = new[:MAX_NAME]
        if kind == "index":
            run(cr, "ALTER INDEX %s RENAME TO %s", SQL.identifier(old), SQL.identifier(new))
        else:
            rename = "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
            run(cr, rename, *map(SQL.identifier, (table, old, new)))
    rename_noted(cr, "ir_model_constraint", renamed)


def rename_index(name, columns):
    if not columns:
        return name
    return re.sub(rf"(?<=_)(?:{any_of(columns)})(?=_|$)", lambda match: columns[match[0]], name)


def list_indexes(cr):
    """[(kind, table, name)]: constraints first, an index of which bears the same name."""
    run(
        cr,
        """
        SELECT 'constraint', t.relname, c.conname
          FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
         WHERE t.relnamespace = current_schema()::regnamespace
         UNION ALL
        SELECT 'index', t.relname, i.relname
          FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
          JOIN pg_class t ON t.oid = x.indrelid
         WHERE t.relnamespace = current_schema()::regnamespace
           AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
        """,
    )
    return cr.fetchall()


def rename_noted(cr, table, renamed):
    """The names of constraints or relations that Odoo keeps, to drop them at uninstallation."""
    if renamed:
        run(
            cr,
            "UPDATE %s t SET name = pair.new FROM %s pair (old, new) WHERE t.name = pair.old",
            SQL.identifier(table),
            get_pairs(renamed.items()),
        )


# --- what names a model


def rename_model_values(cr, names):
    """In every column that holds the name of a model, ours, those of Odoo and of other modules."""
    pairs = get_pairs(names.models.items())
    for table, column in list_columns(cr, "model|^relation$|^resource$"):
        rename_values(cr, table, column, pairs)
    rename_references(cr, names)


def list_columns(cr, pattern):
    run(
        cr,
        """
        SELECT c.table_name, c.column_name
          FROM information_schema.columns c
          JOIN pg_class t ON t.relname = c.table_name AND t.relkind = 'r'
           AND t.relnamespace = current_schema()::regnamespace
         WHERE c.table_schema = current_schema() AND c.column_name ~ %s
           AND c.data_type IN ('character varying', 'text')
        """,
        pattern,
    )
    return cr.fetchall()


def rename_references(cr, names):
    """“model,id”: the stored references."""
    run(cr, "SELECT model, name FROM ir_model_fields WHERE ttype = 'reference' AND store")
    for model, column in cr.fetchall():
        table = get_table(model)
        if column_exists(cr, table, column):
            run(
                cr,
                """
                UPDATE %s t SET %s = pair.new || substr(t.%s, length(pair.old) + 1)
                  FROM %s pair (old, new)
                 WHERE split_part(t.%s, ',', 1) = pair.old
                """,
                SQL.identifier(table),
                *(SQL.identifier(column), SQL.identifier(column)),
                get_pairs(names.models.items()),
                SQL.identifier(column),
            )


def rename_fields(cr, names):
    """What Odoo knows of our fields and relations; files of a field follow it."""
    fields = [(model, old, new) for (model, old), new in names.fields.items()]
    if not fields:
        return
    pairs = get_pairs(fields)
    for table, model, column in (
        ("ir_model_fields", "relation", "relation_field"),
        ("ir_model_fields", "model", "name"),
        ("ir_attachment", "res_model", "res_field"),
    ):
        run(
            cr,
            """
            UPDATE %s t SET %s = pair.new FROM %s pair (model, old, new)
             WHERE t.%s = pair.model AND t.%s = pair.old
            """,
            *map(SQL.identifier, (table, column)),
            pairs,
            *map(SQL.identifier, (model, column)),
        )
    run(cr, "SELECT name FROM ir_model_relation")
    relations = {old: new for (old,) in cr.fetchall() if (new := names.rename_table(old)) != old}
    rename_noted(cr, "ir_model_relation", relations)
    run(
        cr,
        """
        SELECT id, relation_table, column1, column2 FROM ir_model_fields
         WHERE ttype = 'many2many'
        """,
    )
    for number, *former in cr.fetchall():
        table, first, second = (name and names.rename_table(name) for name in former)
        if [table, first, second] != former:
            run(
                cr,
                "UPDATE ir_model_fields SET relation_table = %s, column1 = %s, column2 = %s"
                " WHERE id = %s",
                *(table, first, second, number),
            )


def rename_external_ids(cr, names):
    """Else Odoo would make each record again, and delete that of the old name."""
    run(
        cr,
        "SELECT id, module, name FROM ir_model_data WHERE module = %s OR name ~ %s",
        *(MODULE, "^(model|field|selection|constraint)_"),
    )
    rows, own = [], {}
    for number, module, old in cr.fetchall():
        new = names.rename_xmlid(old)
        if new != old and (module == MODULE or old.removesuffix(ACTION) not in names.xmlids):
            rows.append((number, module, new))
            if module == MODULE:
                own[old] = new
    if not rows:
        return
    run(
        cr,
        """
        UPDATE ir_model_data t SET name = pair.new FROM %s pair (id, module, new)
         WHERE t.id = pair.id AND NOT EXISTS (
               SELECT 1 FROM ir_model_data o WHERE o.module = pair.module AND o.name = pair.new)
        """,
        get_pairs(rows),
    )
    pairs = get_pairs((f"{MODULE}.{old}", f"{MODULE}.{new}") for old, new in own.items())
    for table, column in [*list_columns(cr, "xmlid"), ("ir_ui_view", "key")]:
        rename_values(cr, table, column, pairs)
    # A letter keeps the name of its template.
    rename_values(cr, "commune_letter_delivery", "kind", get_pairs(own.items()))


def rename_values(cr, table, column, pairs):
    run(
        cr,
        "UPDATE %s t SET %s = pair.new FROM %s pair (old, new) WHERE t.%s = pair.old",
        *(SQL.identifier(table), SQL.identifier(column), pairs, SQL.identifier(column)),
    )
