"""A promise is recalled to its owner twice: some days before its day, and when it has come."""

from datetime import timedelta

from odoo import api, fields, models

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

SOON_DAYS = 7  # before the day: time to do it, or to call the commune


class CommuneCommitment(models.Model):
    _inherit = "commune.commitment"

    # Days that were recalled: once each, and again only when the promise is for another day.
    soon_for = fields.Date(
        string="Recalled before", readonly=True, copy=False, groups="base.group_user"
    )
    due_for = fields.Date(string="Recalled at", readonly=True, copy=False, groups="base.group_user")

    @api.model
    @when_used("steering")
    @at_local_time
    def _cron_remind(self):
        """Each night, remind of promises that are near, due today or late."""
        today = self.env.company._get_today()
        limit = today + timedelta(days=SOON_DAYS)
        found = self.search([("state", "=", "open"), ("due_date", "<=", limit)])
        due = found.filtered(lambda promise: promise.due_date <= today)
        due._remind("due", self.env._("Promise to keep today"))
        (found - due)._remind("soon", self.env._("Promise to keep soon"))

    def _remind(self, kind, summary):
        new = self.filtered(lambda promise: promise[f"{kind}_for"] != promise.due_date)
        if not new:
            return
        if kind == "due":
            new._finish_asked("commitment_soon")
        manager = self.env["res.users"]._get_organisation_manager()
        new._schedule_each(
            f"commitment_{kind}",
            lambda promise: {
                "commune_about": str(promise.due_date),
                "user_id": (promise.user_id.filtered("active") or manager).id,
                "date_deadline": promise.due_date,
                "summary": f"{summary} – {promise.commune_id.name}",
            },
        )
        for day, same in new.grouped("due_date").items():
            same[f"{kind}_for"] = day
