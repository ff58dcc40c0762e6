"""Two gestures at once on the same record: the second waits, then starts again."""

from odoo.tools import SQL


def lock_rows(records):
    """Be the only one to change what hangs on these records until the transaction ends.

    A written row makes PostgreSQL refuse the older snapshot of whoever waited, whose request Odoo
    then runs again on what the first one left; a lock alone would answer “cannot grab a lock”.
    """
    records.env.flush_all()
    for row in sorted(records.ids):  # always in the same order: nobody waits for one another
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s",
                SQL.identifier(records._table),
                row,
            )
        )
    records.invalidate_recordset()
