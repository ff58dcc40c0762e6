"""Reminders: one activity for each thing that must be done on a request, never two."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from .stage import OPEN_KINDS

# Working days before the promised date, and before a request counts as not taken up.
REMIND_BEFORE = 2
TAKE_UP_WITHIN = 1
# What being overdue replaces: one reminder is enough.
MILD = ("soon", "untaken")
BATCH = 200


class MailActivity(models.Model):
    _inherit = "mail.activity"

    request_reminder = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the reminder is about: the same thing is said once, whoever counts.",
    )

    _request_reminder_uniq = models.UniqueIndex(
        "(request_reminder) WHERE request_reminder IS NOT NULL", "This reminder exists already."
    )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _remind(self, kind, summary, note="", key=""):
        """One activity for the owner of each request, the lead when it has none; not again as
        long as the same one is open."""
        now = fields.Datetime.now()
        for ticket in self.sudo():
            mark = f"{kind}:{ticket.id}:{key}"
            activities = ticket._find_reminders([mark])
            if activities.filtered("active"):
                continue
            # Done once already: the new one takes its place under the same mark.
            activities.request_reminder = False
            user = ticket.user_id or ticket._get_reminder_lead()
            ticket._create_reminders(
                kind, [(ticket, user, mark, summary, note)], now, quick=False
            )

    def _find_reminders(self, marks):
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search([("request_reminder", "in", marks)])
        )

    @api.model
    def _create_reminders(self, kind, rows, now, quick=True):
        """:param rows: list of (request, user, mark, summary, note)
        :param quick: no message for each activity: `_tell_reminders` sends one for all
        """
        activity_type = self.env.ref(f"commune_relations.mail_activity_type_request_{kind}")
        model = self.env["ir.model"]._get_id(self._name)
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(request_reminder=True, mail_activity_quick_update=quick)
            .create(
                [
                    {
                        "res_model_id": model,
                        "res_id": ticket.id,
                        "activity_type_id": activity_type.id,
                        "user_id": user.id,
                        "summary": summary,
                        "note": note,
                        "date_deadline": fields.Date.context_today(self),
                        "automated": True,
                        "request_reminder": mark,
                    }
                    for ticket, user, mark, summary, note in rows
                ]
            )
        )

    def _get_reminder_lead(self):
        """Who is told when a request is late: the department's lead, never nobody."""
        ticket = self.sudo()
        return (
            ticket.department_id.user_id
            or ticket.team_id._get_lead()
            or ticket.user_id
            or ticket.company_id.request_direction_ids[:1]
            or self.env.ref("base.user_admin")
        )

    def write(self, vals):
        """An answer, a wait, a new owner: the reminders that no longer hold go by themselves."""
        result = super().write(vals)
        if "stage_id" in vals:
            self._close_reminders()
        return result

    def _close_reminders(self):
        """Close the reminders of what is done: taken up, waiting, answered."""
        gone = defaultdict(self.browse)
        for ticket in self.sudo():
            kind = ticket.stage_kind
            if kind != "received":
                gone["untaken"] |= ticket
            if kind not in OPEN_KINDS or kind == "waiting":
                gone["soon"] |= ticket
                gone["overdue"] |= ticket
        for kind, tickets in gone.items():
            tickets._drop_reminders([kind])

    def _drop_reminders(self, kinds):
        types = self.env["mail.activity.type"].sudo()
        for kind in kinds:
            types |= self.env.ref(f"commune_relations.mail_activity_type_request_{kind}")
        activities = self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "in", types.ids),
                ("request_reminder", "!=", False),
            ]
        )
        activities.action_archive()

    # every morning

    @api.model
    def _cron_remind(self):
        """Owners before the date, leads after it, those who stand in when nobody takes up."""
        for remind in (self._remind_overdue, self._remind_soon, self._remind_untaken):
            pending = self.env["mail.activity"].sudo()
            tickets = remind(count=True)
            self.env["ir.cron"]._commit_progress(remaining=len(tickets))
            for start in range(0, len(tickets), BATCH):
                batch = tickets[start : start + BATCH]
                pending = remind(batch)
                pending._tell_reminders()
                if not self.env["ir.cron"]._commit_progress(len(batch)):
                    return
