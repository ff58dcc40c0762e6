"""Lines that a person has put off: each for oneself, until a day."""

from odoo import api, fields, models
from odoo.tools import SQL


class CommuneMyDaySnooze(models.Model):
    """Read and written by `commune.my.day` only; other users do not see snoozed items."""

    _name = "commune.my.day.snooze"
    _description = "Line of the day put off"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="cascade"
    )
    source = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(string="Record", required=True, readonly=True)
    until = fields.Date(string="Back on", required=True, readonly=True)
    _line_uniq = models.Constraint(
        "UNIQUE(user_id, source, res_id)", "This line is already put off."
    )

    @api.model
    def _get_of_user(self):
        """{source: ids} that the current user has snoozed to a later day."""
        today = self.env["commune.my.day"]._get_today()
        rows = self.sudo().search_fetch(
            [("user_id", "=", self.env.uid), ("until", ">", today)], ["source", "res_id"]
        )
        return {source: some.mapped("res_id") for source, some in rows.grouped("source").items()}

    @api.model
    def _put_off(self, source, res_id, until):
        """Postpone a line until another day; the last choice wins.

        PostgreSQL merges concurrent clicks, which only it can see.
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO commune_my_day_snooze (user_id, source, res_id, until,
                                                create_uid, create_date, write_uid, write_date)
                VALUES (%(user)s, %(source)s, %(record)s, %(until)s,
                        %(user)s, %(now)s, %(user)s, %(now)s)
                ON CONFLICT (user_id, source, res_id) DO UPDATE SET until = EXCLUDED.until
                """,
                user=self.env.uid,
                source=source,
                record=res_id,
                until=until,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_model()

    @api.model
    def _take_back(self, source=None, res_id=None):
        """One line of the current user, or all of them."""
        domain = [("user_id", "=", self.env.uid)]
        if source is not None:
            domain += [("source", "=", source), ("res_id", "=", res_id)]
        self.sudo().search(domain).unlink()

    @api.autovacuum
    def _gc_lines(self):
        """Delete snoozes that are over, or whose item no longer waits for their user."""
        today = self.env["commune.my.day"]._get_today()
        gone = self.search([("until", "<=", today)])
        for user, some in self.search([("until", ">", today)]).grouped("user_id").items():
            waiting = self.env["commune.my.day"].with_user(user)._get_waiting()
            gone |= some.filtered(lambda one, w=waiting: one.res_id not in w.get(one.source, ()))
        gone.unlink()
