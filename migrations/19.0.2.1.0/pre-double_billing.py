"""Half-days that were billed both as worked and as cancelled, before an index forbade it.

PostgreSQL does not make a unique index on such lines, and Odoo only writes it in the log: a
database that was updated to 19.0.2.0.0 may live without it. One line of each half-day stays live:
that of a statement issued, then that of the hours, which the commune signed. The other one leaves
its statement when that is a draft. A statement issued never changes: its line stays and is no
longer live, and `post-double_billing.py` asks the service for a cancelling statement."""

FOUND = """
    CREATE TABLE commune_double_billing AS
    WITH ranked AS (
        SELECT line.id, line.statement_id, line.mission_id, line.date, line.half_day, line.amount,
               statement.state IN ('issued', 'paid') AS is_issued,
               first_value(line.statement_id) OVER same AS kept_id,
               row_number() OVER same AS rank
          FROM commune_replacement_statement_line line
          JOIN commune_replacement_statement statement ON statement.id = line.statement_id
         WHERE line.is_live
        WINDOW same AS (
            PARTITION BY line.mission_id, line.date, line.half_day
            ORDER BY statement.state IN ('issued', 'paid') DESC, line.slot_id IS NULL DESC, line.id
        )
    )
    SELECT * FROM ranked WHERE rank > 1
"""


def migrate(cr, version):
    cr.execute("DROP TABLE IF EXISTS commune_double_billing")
    cr.execute(FOUND)
    cr.execute(
        """
        UPDATE commune_replacement_statement_line line SET is_live = FALSE
          FROM commune_double_billing found WHERE found.id = line.id AND found.is_issued
        """
    )
    cr.execute(
        """
        DELETE FROM commune_replacement_statement_line line
         USING commune_double_billing found WHERE found.id = line.id AND NOT found.is_issued
        """
    )
