"""Deadlines to acknowledge and settle an incident, in hours set by the organisation."""

from datetime import UTC, timedelta

from odoo import fields, models

from ....engine.calendar import add_hours


class ResCompany(models.Model):
    _inherit = "res.company"

    incident_acknowledge_hours = fields.Integer(
        string="Hours to acknowledge a case", default=24, help="Hours of the clock."
    )
    incident_hours_1 = fields.Integer(string="Working hours, minor case", default=70)
    incident_hours_2 = fields.Integer(string="Working hours, case to be settled", default=35)
    incident_hours_3 = fields.Integer(string="Working hours, serious case", default=14)
    incident_hours_4 = fields.Integer(string="Working hours, urgent case", default=4)
    incident_retention_years = fields.Integer(
        string="Years before a case is anonymised", default=5, help="After its end."
    )
    _incident_hours_check = models.Constraint(
        "CHECK(LEAST(incident_acknowledge_hours, incident_hours_1, incident_hours_2,"
        " incident_hours_3, incident_hours_4, incident_retention_years) > 0)",
        "A delay is of one hour at least, the time that a case is kept of one year.",
    )

    def _get_acknowledge_due(self, moment):
        """:param moment: naive UTC"""
        hours = self.incident_acknowledge_hours
        return moment + timedelta(hours=hours) if moment else False

    def _get_incident_due(self, moment, severity):
        """Deadline to settle an incident of this severity, as naive UTC.

        :param moment: naive UTC
        """
        if not moment or not severity:
            return False
        zone = self._get_zone()
        start = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        spans = [
            tuple(self._get_half_day_hours(half, start.date()))
            for half in ("am", "pm")
            if self._knows_half_day_hours(half, start.date())
        ]
        hours = self[f"incident_hours_{severity}"]
        end = add_hours(start, hours, self._get_working_days(), spans)
        return end.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
