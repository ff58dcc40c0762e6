"""The clock of the territory: an hour that a person reads or types is that of the town halls."""

from zoneinfo import ZoneInfo

from odoo import models

from ....engine.calendar.zone import PARIS, time_zone


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_zone_name(self):
        """Time zone of the communes, by its name; set with the territory."""
        zone = self.sudo().partner_id.tz
        return zone if zone and zone != "UTC" else PARIS

    def _get_zone(self):
        return ZoneInfo(self._get_zone_name())


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
