"""Reminders: one activity for each thing that must be done on a request, never two."""

from markupsafe import escape

from odoo import api, fields, models

from .stage import OPEN_KINDS

# Reminders that belong to the owner, and follow the request to the next one.
OWNED = ("soon", "reply", "bounce")


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
        for ticket in self.sudo():
            mark = f"{kind}:{ticket.id}:{key}"
            known = self.env["mail.activity"].sudo().with_context(active_test=False)
            known = known.search([("request_reminder", "=", mark)])
            if known.filtered("active"):
                continue
            # Done once already: the new one takes over its mark.
            known.request_reminder = False
            user = ticket.user_id or ticket._get_reminder_lead()
            ticket._create_reminders(kind, [(ticket, user, mark, summary, note)], quick=False)

    @api.model
    def _create_reminders(self, kind, rows, quick=True):
        """Activities that make nobody a follower.

        :param rows: list of (request, user, mark, summary, note)
        :param quick: no message for each activity: `_tell_reminders` sends one for all
        """
        common = {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "activity_type_id": self._get_reminder_types(kind).id,
            "date_deadline": fields.Date.context_today(self),
            "automated": True,
        }
        activities = self.env["mail.activity"].sudo()
        return activities.with_context(
            request_reminder=True, mail_activity_quick_update=quick
        ).create(
            [
                {
                    **common,
                    "res_id": ticket.id,
                    "user_id": user.id,
                    "summary": summary,
                    # The note of an activity is HTML; the name of a sender is not.
                    "note": escape(note),
                    "request_reminder": mark,
                }
                for ticket, user, mark, summary, note in rows
            ]
        )

    @api.model
    def _get_reminder_types(self, *kinds):
        types = self.env["mail.activity.type"].sudo()
        for kind in kinds:
            types |= self.env.ref(f"commune_relations.mail_activity_type_request_{kind}").sudo()
        return types

    def _get_reminders(self, *kinds):
        """Open reminders of these requests."""
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", self._get_reminder_types(*kinds).ids),
                    ("request_reminder", "!=", False),
                ]
            )
        )

    def _get_reminder_lead(self):
        """Who is told when a request is late: the department's lead, never nobody."""
        ticket = self.sudo()[:1]
        return (
            ticket.department_id.user_id
            or ticket.team_id._get_lead()
            or ticket.user_id
            or ticket.company_id.request_direction_ids[:1]
            or self.env.ref("base.user_admin")
        )

    # reminders follow the life of the request

    def write(self, vals):
        result = super().write(vals)
        if "stage_id" in vals:
            self._close_reminders()
        if "team_id" in vals or "user_id" in vals:
            self._move_reminders()
        return result

    def _close_reminders(self):
        """What is done is no longer to be done: taken up, waiting, answered."""
        done = self.sudo().filtered(
            lambda t: t.stage_kind == "waiting" or t.stage_kind not in OPEN_KINDS
        )
        taken = self.sudo().filtered(lambda t: t.stage_kind != "received")
        done._get_reminders("soon", "overdue").action_archive()
        taken._get_reminders("untaken").action_archive()

    def _move_reminders(self):
        """The reminders of a request go with it to its new owner and department."""
        for ticket in self.sudo():
            lead, owner = ticket._get_reminder_lead(), ticket.user_id
            for kinds, user in ((("overdue",), lead), (OWNED, owner or lead)):
                moved = ticket._get_reminders(*kinds).filtered(lambda a, u=user: a.user_id != u)
                if moved:
                    moved.with_context(
                        request_reminder=True, mail_activity_quick_update=True
                    ).user_id = user
