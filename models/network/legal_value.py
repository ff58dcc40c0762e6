"""Figures set by law, with the text that sets them and the time in which they hold."""

from odoo import api, fields, models
from odoo.fields import Domain

TRAINING_DAYS = "training_days"


class CommuneLegalValue(models.Model):
    _name = "commune.legal.value"
    _description = "Figure set by law"
    _order = "code, date_start desc, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Which figure it is, for the tables that use it.")
    value = fields.Float(required=True)
    unit = fields.Char(translate=True)
    date_start = fields.Date(string="In force from", help="Empty: always until the end.")
    date_end = fields.Date(string="Until", help="Last day; empty while it holds.")
    source = fields.Char(required=True, help="Article or law that sets it.")
    note = fields.Text(translate=True)
    _period_excl = models.Constraint(
        "EXCLUDE USING gist (code WITH =, daterange(date_start, date_end, '[]') WITH &&)",
        "This figure already has a value over that period.",
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A figure cannot cease to hold before it holds.",
    )

    @api.model
    def _find_value(self, code, day):
        """The line that holds on a day, as superuser; empty when none is known."""
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", day)
        lasts = Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        return self.sudo().search(Domain("code", "=", code) & begun & lasts, limit=1)

    @api.model
    def _get_value(self, code, day):
        """The figure that holds on a day, 0 when none is known."""
        return self._find_value(code, day).value
