"""The clock of the territory: an hour that a person reads or types is that of the town halls."""

from datetime import datetime
from functools import wraps
from zoneinfo import ZoneInfo

from odoo import api, models

from ....engine.calendar.zone import PARIS


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_zone_name(self):
        """Time zone of the communes, by its name; set with the territory."""
        zone = self.sudo().partner_id.tz
        return zone if zone and zone != "UTC" else PARIS

    def _get_zone(self):
        return ZoneInfo(self._get_zone_name())

    def _get_today(self):
        """The day of the communes, whatever the clock of the server or of the person at hand."""
        return datetime.now(self._get_zone()).date()


def at_house_time(method):
    """For what runs by itself, in the name of nobody: “today” is the day of the communes, in what
    is computed and in what is searched."""

    @wraps(method)
    def run(self, *args, **kwargs):
        zone = self.env.company._get_zone_name()
        return method(self.with_context(tz=zone), *args, **kwargs)

    return run


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    def _next_of_year(self, code):
        """The next number of a sequence that holds a year: the year that is written and the
        counter are those of the day of the communes."""
        day = self.env.company._get_today()
        dated = self.sudo().with_context(ir_sequence_date=str(day))
        return dated.next_by_code(code)
