"""Removes invented officials when real ones are imported; archives those still referred to."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL


class CommuneImport(models.Model):
    _inherit = "commune.import"

    def _remove_fictitious(self):
        """Delete the invented elected officials now that real ones are known.

        Those with a user account are archived with it. Those whom a committee, a session, a
        request… still names are archived too, and their mandate ended yesterday.
        """
        Mandate = self.env["commune.mandate"].sudo().with_context(active_test=False)
        mandates = Mandate.search([("source", "=", "fictive"), ("kind", "=", "elected")])
        people = mandates.partner_id
        kept = self._find_named(mandates)
        (mandates - kept).unlink()
        self._end_fictitious(kept)
        still = set(kept.ids)
        people = people.filtered(
            lambda p: p.is_fictitious and still.issuperset(p.held_mandate_ids._ids)
        )
        with_user = people.filtered(lambda p: p.with_context(active_test=False).user_ids)
        stays = kept.partner_id | with_user
        stays |= self._find_named(people - stays)
        (people - stays).unlink()
        with_user.user_ids.action_archive()
        # Their accounts are archived by now: Odoo would count them as in use.
        (people & stays).with_context(active_test=True).action_archive()

    def _end_fictitious(self, mandates):
        yesterday = self.env.company._get_today() - timedelta(days=1)
        running = mandates.filtered(lambda m: not m.date_end or m.date_end > yesterday)
        for start, found in running.grouped("date_start").items():
            found.date_end = max(yesterday, start) if start else yesterday

    def _find_named(self, records):
        """Those that PostgreSQL would not let go: a line of another table names them."""
        self.env.flush_all()
        named = set()
        for table, column in self._get_strict_columns(records._table) if records else ():
            query = SQL(
                "SELECT DISTINCT %(column)s FROM %(table)s WHERE %(column)s IN %(ids)s",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=tuple(records.ids),
            )
            named.update(number for (number,) in self.env.execute_query(query))
        return records.filtered(lambda record: record.id in named)

    def _get_strict_columns(self, table):
        """(table, column) of what names a line of this table and forbids its deletion."""
        return self.env.execute_query(
            SQL(
                """
                SELECT source.relname, attribute.attname
                  FROM pg_constraint key
                  JOIN pg_class source ON source.oid = key.conrelid
                  JOIN pg_attribute attribute
                    ON attribute.attrelid = key.conrelid AND attribute.attnum = key.conkey[1]
                 WHERE key.contype = 'f'
                   AND key.confdeltype IN ('a', 'r')
                   AND key.confrelid = %s::regclass
                """,
                table,
            )
        )
