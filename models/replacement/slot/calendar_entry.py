"""A half-day as a line of a calendar, in the one that an agent follows and in the letters."""

from datetime import timedelta

import pytz

from odoo import models

from ....engine.calendar.ics import Entry


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _get_calendar_entry(self, cancelled=False):
        """The same UID wherever the half-day goes; a cancellation is a second later than the
        half-day that it takes out: a calendar believes the latest."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        stamp = max(filter(None, (self.write_date, self.mission_id.write_date)))
        return Entry(
            uid=f"half-day-{self.id}@{database}",
            title=self.env._("Replacement at %s", self.commune_id.name),
            start=pytz.utc.localize(self.start_datetime),
            end=pytz.utc.localize(self.stop_datetime),
            stamp=pytz.utc.localize(stamp) + timedelta(seconds=cancelled),
            text=self.request_id.post or "",
            place=self.mission_id.workplace or self.request_id.workplace or self.commune_id.name,
            cancelled=cancelled,
            tentative=self.state == "held",
        )
