"""Letters around an event: seven days before, the day before, and thanks."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.display_notification import display_notification
from ...core.pillar import when_used
from ...core.row_lock import lock_rows
from ...territory.mandate.mandate import OPENING
from ...territory.reference_epci.local_time import at_local_time

WEEK = 7


class EventEvent(models.Model):
    _inherit = "event.event"

    thanked_date = fields.Datetime(string="Thanks sent on", readonly=True, copy=False)

    @api.model
    @when_used("network")
    @at_local_time
    def _cron_remind_registered(self):
        """Send the reminders each morning; the next run catches up on a missed morning."""
        now = fields.Datetime.now()
        events = self.search(
            [
                ("kind", "!=", False),
                ("kanban_state", "!=", "cancel"),
                ("date_begin", ">", now),
                ("date_begin", "<", now + timedelta(days=WEEK + 1)),
            ]
        )
        today = self.env.company._get_today()
        for event in events:
            days = (event._get_local_days()[0] - today).days
            if days == 1:
                event._remind_registered("reminded_day")
            elif 1 < days <= WEEK:
                event._remind_registered("reminded_week")

    def _remind_registered(self, mark):
        """Remind those who have a place, once for each mark; who registered since is not."""
        self.ensure_one()
        domain = Domain("event_id", "=", self.id) & Domain("state", "=", "open")
        domain &= Domain(mark, "=", False) & Domain("mandate_id", "any", OPENING)
        if mark == "reminded_week":
            domain &= Domain("create_date", "<=", self.date_begin - timedelta(days=WEEK))
        registrations = self.env["event.registration"].search(domain)
        if registrations:
            registrations._send_letters("mail_template_event_reminder", self._make_ics_attachment())
            registrations.write({mark: True})

    def action_thank(self):
        """Thank those who were present, with the documents and, for a training, the certificate."""
        self.ensure_one()
        self.check_access("write")
        self._check_begun()
        present = self.registration_ids.filtered("attended_half_days")
        if not present:
            raise UserError(self.env._("Nobody is noted as present: check the attendance first."))
        lock_rows(self)
        for registration in present._filter_unwritten("mail_template_event_thanks"):
            attachments = self.document_ids | registration._make_certificate_attachment()
            registration._send_letters("mail_template_event_thanks", attachments)
        self._set({"thanked_date": fields.Datetime.now()})
        return display_notification(self.env._("Thanks being sent: %s.", len(present)))
