"""School holidays: sessions are not proposed while families are away."""

from odoo import api, fields, models
from odoo.fields import Domain

ZONES = [("A", "Zone A"), ("B", "Zone B"), ("C", "Zone C"), ("other", "Outside the zones")]


class CommuneSchoolHoliday(models.Model):
    _name = "commune.school.holiday"
    _description = "School holiday"
    _order = "date_start, zone, id"

    name = fields.Char(required=True, translate=True)
    zone = fields.Selection(
        ZONES,
        help="Group of académies; empty for holidays common to the three zones."
        " The academy of Lille, for example, is in zone B.",
    )
    date_start = fields.Date(required=True, help="First day without school.")
    date_end = fields.Date(required=True, help="Last day without school.")
    source = fields.Char(translate=True, help="Order of the minister that sets the dates.")

    _period_check = models.Constraint(
        "CHECK(date_end >= date_start)", "A holiday cannot end before it starts."
    )

    @api.model
    def _get_periods(self, zone, start, end):
        """Holidays of a zone that meet a period, in order."""
        zones = Domain("zone", "=", False) | Domain("zone", "=", zone)
        return self.search(
            zones & Domain("date_start", "<=", end) & Domain("date_end", ">=", start)
        )
