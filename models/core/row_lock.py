"""Row lock: of two concurrent transactions, the second is retried."""

from odoo.tools import SQL


def lock_rows(records):
    """Lock these records, and what depends on them, until the transaction ends.

    A written row makes PostgreSQL refuse the older snapshot of the user who waited, whose request
    Odoo then runs again on what the first one left; a lock alone would answer “cannot grab a lock”.
    """
    records.env.flush_all()
    if records:
        # Always in the same order: nobody waits for one another.
        records.env.cr.execute(
            SQL(
                """
                WITH kept AS (
                    SELECT id FROM %(table)s WHERE id IN %(ids)s ORDER BY id FOR NO KEY UPDATE
                )
                UPDATE %(table)s AS row SET write_date = row.write_date
                  FROM kept WHERE row.id = kept.id
                """,
                table=SQL.identifier(records._table),
                ids=tuple(records.ids),
            )
        )
    records.invalidate_recordset()
