"""Which mandates get a path: new ones, once, never who goes on in the same function.

All is worked out by PostgreSQL: the import of a general renewal costs the same three queries as
one mandate typed by hand.
"""

from odoo import fields, models
from odoo.tools import SQL

NEW_DAYS = 90  # a mandate that is noted later than that is no beginning any more
GAP_DAYS = 365  # who comes back within a year to the same function knows the organisation
READ = {
    "commune.mandate": ["partner_id", "commune_id", "function_id", "date_start", "date_end"],
    "commune.path": ["function_ids", "date_from", "sequence", "active"],
    "commune.path.step": ["path_id", "day"],
    "commune.path.progress": ["partner_id", "mandate_id", "state"],
}
FOLLOWS = """
    INSERT INTO commune_path_progress
           (path_id, mandate_id, partner_id, commune_id, date_start, state,
            create_uid, create_date, write_uid, write_date)
    SELECT DISTINCT ON (m.partner_id)
           p.id, m.id, m.partner_id, m.commune_id, GREATEST(m.date_start, %(today)s), 'running',
           %(uid)s, now() at time zone 'UTC', %(uid)s, now() at time zone 'UTC'
      FROM commune_mandate m
      JOIN commune_path_function_rel r ON r.function_id = m.function_id
      JOIN commune_path p ON p.id = r.path_id AND p.active AND p.date_from <= %(today)s
     WHERE m.id = ANY(%(mandates)s)
       AND m.active
       AND m.date_start > %(since)s
       AND (m.date_end IS NULL OR m.date_end > %(today)s)
       AND NOT EXISTS (
            SELECT FROM commune_mandate former
             WHERE former.partner_id = m.partner_id AND former.commune_id = m.commune_id
               AND former.function_id = m.function_id AND former.id != m.id AND former.active
               AND former.date_end >= m.date_start - %(gap)s)
       AND NOT EXISTS (
            SELECT FROM commune_path_progress f
             WHERE f.mandate_id = m.id
                OR (f.partner_id = m.partner_id AND f.state = 'running'))
  ORDER BY m.partner_id, p.sequence, p.id, m.function_sequence, m.id
        ON CONFLICT DO NOTHING
 RETURNING id
"""
LINES = """
    INSERT INTO commune_path_progress_line
           (progress_id, step_id, date_due,
            create_uid, create_date, write_uid, write_date)
    SELECT f.id, s.id, f.date_start + s.day,
           %(uid)s, now() at time zone 'UTC', %(uid)s, now() at time zone 'UTC'
      FROM commune_path_progress f
      JOIN commune_path_step s ON s.path_id = f.path_id
     WHERE f.id = ANY(%(follows)s)
  ORDER BY f.id, s.day, s.id
 RETURNING id
"""


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _start_new_paths(self, vals_list):
        self._start_paths()

    def _start_paths(self):
        """Begin the path of each new mandate that gets one, once."""
        env = self.sudo().env  # paths begin with any writer of the mandate
        follows = env["commune.path.progress"]
        switched = env["commune.path"].search_count([("date_from", "!=", False)])
        if not (self and switched and self.env.company._uses("knowledge")):
            return follows
        for model, names in READ.items():
            self.env[model].flush_model(names)
        today = self.env.company._get_today()
        rows = self.env.execute_query(
            SQL(
                FOLLOWS,
                mandates=list(self.ids),
                today=today,
                since=fields.Date.subtract(today, days=NEW_DAYS),
                gap=GAP_DAYS,
                uid=self.env.uid,
            )
        )
        started = follows.browse(number for (number,) in rows)
        if started:
            self.env.execute_query(SQL(LINES, follows=list(started.ids), uid=self.env.uid))
            started.invalidate_model(["line_ids"])
        return started


class CommuneImport(models.Model):
    _inherit = "commune.import"

    def _create_mandates(self, lines, people):
        """Those that the import copies do not pass by `create`."""
        mandates = super()._create_mandates(lines, people)
        mandates._start_paths()
        return mandates
