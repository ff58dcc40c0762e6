"""Lines that a person has put off: each for oneself, until a day."""

from odoo import api, fields, models


class CommuneDaySnooze(models.Model):
    """Read and written by `commune.day` alone; what somebody puts off is nobody else's business."""

    _name = "commune.day.snooze"
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
        """{source: ids} of what the user at hand has put off to a day to come."""
        today = self.env["commune.day"]._get_today()
        rows = self.sudo().search_fetch(
            [("user_id", "=", self.env.uid), ("until", ">", today)], ["source", "res_id"]
        )
        return {source: some.mapped("res_id") for source, some in rows.grouped("source").items()}

    @api.model
    def _put_off(self, source, res_id, until):
        """Until another day: the last one chosen counts, whatever was pressed twice."""
        own = [("user_id", "=", self.env.uid), ("source", "=", source), ("res_id", "=", res_id)]
        known = self.sudo().search(own)
        if known:
            known.until = until
        else:
            self.sudo().create(
                {"user_id": self.env.uid, "source": source, "res_id": res_id, "until": until}
            )

    @api.model
    def _take_back(self, source=None, res_id=None):
        """One line of the user at hand, or all of them."""
        domain = [("user_id", "=", self.env.uid)]
        if source is not None:
            domain += [("source", "=", source), ("res_id", "=", res_id)]
        self.sudo().search(domain).unlink()

    @api.autovacuum
    def _gc_lines(self):
        """What is back, and what no longer waits for the person who put it off."""
        rows = self.sudo()
        today = self.env["commune.day"]._get_today()
        gone = rows.search([("until", "<=", today)])
        for user, some in rows.search([("until", ">", today)]).grouped("user_id").items():
            waiting = self.env["commune.day"].with_user(user)._get_waiting()
            gone |= some.filtered(lambda one, w=waiting: one.res_id not in w.get(one.source, ()))
        gone.unlink()
