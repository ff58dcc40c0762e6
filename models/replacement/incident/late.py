"""Overdue incidents: shown, searchable, and notified once to their handlers."""

from odoo import api, fields, models

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from .labels import ENDED


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    notified_due = fields.Datetime(
        string="Recalled for", readonly=True, copy=False, help="The last limit that was recalled."
    )

    @api.depends("step", "acknowledge_due", "due_date")
    def _compute_is_late(self):
        for case in self:
            case.is_late = bool(case._get_passed_due())

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) - {True}:
            return NotImplemented
        return [
            ("step", "not in", ENDED),
            "|",
            "&",
            ("step", "=", "reported"),
            ("acknowledge_due", "<", "now"),
            ("due_date", "<", "now"),
        ]

    def _get_passed_due(self):
        """The last expired deadline of this incident, to acknowledge or to settle; else False."""
        self.ensure_one()
        limits = [self.due_date]
        if self.step == "reported":
            limits.append(self.acknowledge_due)
        now = fields.Datetime.now()
        passed = [limit for limit in limits if limit and limit < now]
        return max(passed, default=False) if self.step not in ENDED else False

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_remind_late(self):
        """Notify handlers once of each expired deadline, every hour.

        The letter contains nothing of the incident; without a handler, a manager receives it."""
        due = {case: case._get_passed_due() for case in self.search([("is_late", "=", True)])}
        cases = self.union(
            *(
                case
                for case, limit in due.items()
                if not case.notified_due or case.notified_due < limit
            )
        )
        for case in cases:
            case.notified_due = due[case]
        cases._send_letters("mail_template_replacement_incident_handler")
