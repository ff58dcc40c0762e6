"""Writing tens of thousands of rows at once, where `create` would take minutes.

See docs/decisions/003-bulk-import.md: when it may be used and what it must respect.
"""

import csv
import io
import json
from datetime import date, datetime

from odoo.tools import SQL


def _to_text(value):
    """One value in the text form that COPY reads; None and False mean NULL."""
    if value is None or value is False:
        return None
    if value is True:
        return "t"
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def next_ids(model, count):
    """Reserve identifiers of the model's table; returns a list of `count` ints."""
    rows = model.env.execute_query(
        SQL("SELECT nextval(%s) FROM generate_series(1, %s)", f"{model._table}_id_seq", count)
    )
    return [row[0] for row in rows]


def copy_rows(model, columns, rows):
    """Insert rows into the model's table by COPY and forget its cached values.

    :param columns: names of stored columns, `id` among them when other rows refer to it
    :param rows: tuples of values in the order of `columns`; booleans must be given as True
        or None where the column allows NULL, since False means NULL here
    :raise psycopg2.IntegrityError: like any insertion, when a constraint refuses a row
    """
    cr, now = model.env.cr, model.env.cr.now()
    log = {"create_uid": model.env.uid, "write_uid": model.env.uid}
    log |= {"create_date": now, "write_date": now}
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    ending = [_to_text(value) for value in log.values()]
    for row in rows:
        # csv writes None as an empty field, COPY reads an empty unquoted field as NULL.
        writer.writerow([_to_text(value) for value in row] + ending)
    buffer.seek(0)
    names = SQL(", ").join(SQL.identifier(name) for name in [*columns, *log])
    statement = SQL(
        "COPY %s (%s) FROM STDIN WITH (FORMAT csv)", SQL.identifier(model._table), names
    )
    cr.copy_expert(statement.code, buffer)
    model.invalidate_model()


def clone_rows(prototype, columns, rows):
    """Insert rows that are copies of a record, but for some columns.

    The record was made by `create`: every default and computed value that any installed
    module gives to such a record is thus in its row, and in all the copies.

    :param prototype: one record of the model
    :param columns: names of the columns that differ, `id` first
    :param rows: tuples of their values
    """
    model = prototype.browse()
    prototype.flush_recordset()
    skipped = {*columns, "id", "create_uid", "write_uid", "create_date", "write_date"}
    values = model.env.execute_query_dict(
        SQL("SELECT * FROM %s WHERE id = %s", SQL.identifier(model._table), prototype.id)
    )[0]
    # False must stay False here, and not become NULL.
    common = {
        k: "f" if v is False else v for k, v in values.items() if k not in skipped and v is not None
    }
    copy_rows(model, [*columns, *common], [(*row, *common.values()) for row in rows])
