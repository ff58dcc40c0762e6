"""The clock of the territory: an hour that a person reads or types is that of the town halls."""

from datetime import datetime
from functools import wraps
from zoneinfo import ZoneInfo

from odoo import api, models

from ....engine.calendar.zone import PARIS, time_zone


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


class CommuneReferenceEpci(models.Model):
    _inherit = "commune.reference.epci"

    def _apply_plan(self, *args, **kwargs):
        epci = super()._apply_plan(*args, **kwargs)
        if self.env.company.epci_id == epci:
            self._set_clock()
        return epci

    def _set_clock(self):
        """Overseas: the clock of the place, for who is there already and for who will come.

        On the mainland nothing is written: the zone of Paris is the default everywhere.
        """
        zone = time_zone(self.department)
        if zone == PARIS:
            return
        company = self.env.company.sudo()
        people = company.partner_id | self.sudo().env.ref("base.user_admin").partner_id
        people.write({"tz": zone})
        company.resource_calendar_id.tz = zone
        self.sudo().env["ir.default"].set("res.partner", "tz", zone)
