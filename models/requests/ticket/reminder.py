"""Reminders: one activity for each thing that must be done on a request, never two."""

from datetime import timedelta

from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.inside import INSIDE
from ...core.letter import LAYOUT
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from ..stage import OPEN_KINDS

# Reminders that belong to the owner, and follow the request to the next one.
OWNED = ("soon", "reply", "bounce")
# Working days before the promised date, and before a request counts as not taken up.
REMIND_BEFORE = 2
TAKE_UP_WITHIN = 1
KINDS = ("overdue", "soon", "untaken")
# What being overdue replaces: one reminder is enough.
MILD = ("soon", "untaken")
BATCH = 200
# Two working days never take longer, whatever the holidays around Christmas.
LONGEST = timedelta(days=21)


class MailActivity(models.Model):
    _inherit = "mail.activity"

    request_reminder = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="What the reminder is about: one reminder for the same subject, whatever its cause.",
    )
    _request_reminder_uniq = models.UniqueIndex(
        "(request_reminder) WHERE request_reminder IS NOT NULL", "This reminder exists already."
    )

    def _notify_reminders(self):
        """One message for each person, with all that they must do today."""
        for user, activities in self.grouped("user_id").items():
            lang = user.lang or self.env.lang
            worded = activities.with_context(lang=lang)
            body = self.env["ir.qweb"]._render(
                "commune_relations.request_reminder_letter",
                {"kinds": worded._get_reminder_lines()},
                lang=lang,
            )
            company = user.company_id
            self.env["mail.thread"].with_context(lang=lang).message_notify(
                partner_ids=user.partner_id.ids,
                subject=worded.env._("Requests of communes: %s to follow up", len(activities)),
                body=body,
                author_id=company.partner_id.id,
                email_from=company._get_organisation_sender(),
                email_layout_xmlid=LAYOUT,
                force_email_company=company,
            )

    def _get_reminder_lines(self):
        """Reminders of one person by kind: list of (kind, dicts)."""
        tickets = self.env["helpdesk.ticket"].browse(self.mapped("res_id"))
        tickets = {ticket.id: ticket for ticket in tickets.with_context(lang=self.env.lang)}
        lines = {}
        for activity in self:
            ticket = tickets[activity.res_id]
            lines.setdefault(activity.activity_type_id.name, []).append(
                {
                    "name": ticket._get_name_for_commune(),
                    "url": self.env["commune.request.mail"]._get_office_url(ticket),
                    "text": self._get_reminder_text(ticket),
                }
            )
        return list(lines.items())

    def _get_reminder_text(self, ticket):
        place = ticket.commune_id.name or ticket.partner_email or ""
        if not ticket.promised_date:
            return place
        day = ticket._get_letter_date(ticket.promised_date)
        return self.env._("%(commune)s, promised for %(day)s", commune=place, day=day)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _remind(self, kind, summary, note="", key=""):
        """One activity for the owner of each request, the lead when it has none; not again as
        long as the same one is open. Called as superuser: what came from outside is recalled."""
        reminder = self.env["commune.request.reminder"]
        for ticket in self:
            mark = f"{kind}:{ticket.id}:{key}"
            known = self.env["mail.activity"].with_context(active_test=False)
            known = known.search([("request_reminder", "=", mark)])
            if known.filtered("active"):
                continue
            # Done once already: the new one takes over its mark.
            known.request_reminder = False
            user = ticket.user_id or reminder._get_reminder_lead(ticket)
            reminder._create_reminders(kind, [(ticket, user, mark, summary, note)], quick=False)

    def _notify_empty_desk(self, vals_list):
        """Requests at a desk without staff: one activity for each manager."""
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        filed = self._filter_organisation().sudo()
        arrived = filed.filtered(lambda t: desk and t.team_id == desk)
        if not arrived or desk._get_own_lead():
            return
        summary = self.env._("Nobody is at the desk: answer, or give it a lead")
        arrived.env["commune.request.reminder"]._create_reminders(
            "nobody",
            [
                (ticket, manager, f"nobody:{ticket.id}:{manager.id}", summary, "")
                for ticket in arrived
                for manager in desk._get_managers()
            ],
        )

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """Notify a new owner by the addon's letter, in the name of the organisation.

        The current language is the recipient's.
        """
        managed = self.browse()
        if template == "mail.message_user_assigned":
            managed = self.filtered("commune_id")
        result = super(HelpdeskTicket, self - managed)._message_auto_subscribe_notify(
            partner_ids, template
        )
        quiet = (
            self.env.context.get("mail_auto_subscribe_no_notify")
            or self.env["commune.request.mail"]._keeps_silent()
        )
        if not quiet and self.env.registry.ready:
            for ticket in managed:
                self.env["commune.request.reminder"]._notify_new_owner(ticket, partner_ids)
        return result

    # reminders follow the life of the request

    def _close_reminders(self, vals):
        """What is done is no longer to be done: taken up, waiting, answered."""
        tickets = self.sudo()
        reminder = tickets.env["commune.request.reminder"]
        done = tickets.filtered(
            lambda t: t.stage_kind == "waiting" or t.stage_kind not in OPEN_KINDS
        )
        taken = tickets.filtered(lambda t: t.stage_kind != "received")
        reminder._get_reminders(done, "soon", "overdue").action_archive()
        reminder._get_reminders(taken, "untaken", "nobody").action_archive()

    def _move_reminders(self, vals):
        """The reminders of a request go with it to its new owner and department."""
        tickets = self.sudo()
        reminder = tickets.env["commune.request.reminder"]
        for ticket in tickets:
            lead, owner = (
                reminder._get_reminder_lead(ticket),
                ticket.user_id,
            )
            for kinds, user in ((("overdue",), lead), (OWNED, owner or lead)):
                moved = reminder._get_reminders(ticket, *kinds).filtered(
                    lambda a, u=user: a.user_id != u
                )
                if moved:
                    moved.with_context(
                        request_reminder=INSIDE, mail_activity_quick_update=True
                    ).user_id = user

    # Every morning: owners before the promised date, leads after it, backups when
    # nobody takes a request up.

    @api.model
    @when_used("requests")
    @at_local_time
    def _cron_remind(self):
        cron = self.env["ir.cron"]
        found = {kind: self.env["commune.request.reminder"]._find_to_remind(kind) for kind in KINDS}
        created = self.env["mail.activity"]
        cron._commit_progress(remaining=sum(map(len, found.values())))
        for kind, tickets in found.items():
            for start in range(0, len(tickets), BATCH):
                batch = tickets[start : start + BATCH]
                created |= batch.env["commune.request.reminder"]._remind_all(batch, kind)
                if not cron._commit_progress(len(batch)):
                    created._notify_reminders()
                    return
        created._notify_reminders()


class CommuneRequestReminder(models.AbstractModel):
    _name = "commune.request.reminder"
    _description = "Reminders of requests that wait for an answer"

    @api.model
    def _create_reminders(self, kind, rows, quick=True):
        """Activities that make nobody a follower.

        :param rows: list of (request, user, mark, summary, note)
        :param quick: no message for each activity: `_notify_reminders` sends one for all
        """
        common = {
            "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
            "activity_type_id": self._get_reminder_types(kind).id,
            "date_deadline": self.env.company._get_today(),
            "automated": True,
        }
        activities = self.env["mail.activity"]
        return activities.with_context(
            request_reminder=INSIDE, mail_activity_quick_update=quick
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
        types = self.env["mail.activity.type"]
        for kind in kinds:
            types |= self.env.ref(f"commune_relations.mail_activity_type_request_{kind}")
        return types

    def _get_reminders(self, tickets, *kinds):
        """Open reminders of these requests."""
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", tickets._name),
                ("res_id", "in", tickets.ids),
                ("activity_type_id", "in", self._get_reminder_types(*kinds).ids),
                ("request_reminder", "!=", False),
            ]
        )

    def _get_reminder_lead(self, ticket):
        """User notified when a request is late: the department's lead, never empty."""
        ticket = ticket[:1]
        return (
            ticket.department_id.user_id
            or ticket.team_id._get_lead()
            or ticket.user_id
            or ticket.company_id.request_direction_ids[:1]
            or self.env["res.users"]._get_organisation_manager()
        )

    def _notify_new_owner(self, ticket, partner_ids):
        ticket = ticket.sudo()
        why = self.env.context.get("transfer_reason")
        text = self.env["mail.activity"]._get_reminder_text(ticket)
        line = {
            "name": ticket._get_name_for_commune(),
            "url": self.env["commune.request.mail"]._get_office_url(ticket),
        }
        body = self.env["ir.qweb"]._render(
            "commune_relations.request_assigned_letter",
            {
                "lines": [{**line, "text": text}],
                "why": self.env._("Why it comes to you: %s", why) if why else "",
            },
            lang=self.env.lang,
        )
        user = self.env.user
        author = ticket.company_id.partner_id if user.share else user.partner_id
        ticket.message_notify(
            partner_ids=partner_ids,
            subject=self.env._("A request for you: %s", line["name"]),
            body=body,
            author_id=author.id,
            email_from=ticket._get_letter_sender(),
            email_layout_xmlid=LAYOUT,
            force_email_company=ticket.company_id,
        )

    @api.model
    def _find_to_remind(self, kind):
        """Requests of which somebody must be reminded today, and was not yet."""
        today = self.env.company._get_today()
        tickets = getattr(self, f"_find_{kind}")(today)
        reminded = (
            tickets.env["commune.request.reminder"]._get_reminders(tickets, kind).mapped("res_id")
        )
        marks = {mark: ticket for ticket in tickets for mark in self._get_marks(ticket, kind)}
        known = self.env["mail.activity"].with_context(active_test=False)
        known = known.search([("request_reminder", "in", list(marks))])
        requests = self.env["helpdesk.ticket"]
        reminded = requests.browse(reminded) | requests.union(
            *(marks[a.request_reminder] for a in known)
        )
        return tickets - reminded

    @api.model
    def _find_overdue(self, today):
        return self.env["helpdesk.ticket"].search([("promise_state", "in", ["overdue"])])

    @api.model
    def _find_soon(self, today):
        """Promised for one of the next working days: two nights and days are left at most."""
        tickets = self.env["helpdesk.ticket"].search(
            [
                ("stage_kind", "in", ["received", "in_progress", "to_validate"]),
                ("promised_date", ">=", today),
                ("promised_date", "<=", today + LONGEST),
            ]
        )
        known = {}
        return tickets.filtered(
            lambda t: t.promised_date <= t._get_working_days(known).add(today, REMIND_BEFORE)
        )

    @api.model
    def _find_untaken(self, today):
        """Nobody took them up, and the working day that followed their arrival is over."""
        fresh = Domain("stage_kind", "=", "received") & Domain("create_date", "<", today)
        tickets = self.env["helpdesk.ticket"].search(
            fresh & Domain("is_commune_request", "=", True)
        )
        known = {}
        return tickets.filtered(
            lambda t: (
                t.promise_state != "overdue"
                and t._get_working_days(known).add(
                    self.env["commune.request.clock"]._to_day(t, t.create_date), TAKE_UP_WITHIN
                )
                < today
            )
        )

    def _get_marks(self, ticket, kind):
        """The marks of the reminders of a request: once for each promise."""
        ticket.ensure_one()
        mark = f"{kind}:{ticket.id}:{ticket.promised_date or ''}"
        return (mark, f"{mark}:backup")

    def _remind_all(self, tickets, kind):
        """Create the reminders of one kind for these requests; returns them."""
        summaries = {
            "overdue": self.env._("Overdue: the commune is waiting for its answer"),
            "soon": self.env._("Answer promised in two working days at most"),
            "untaken": self.env._("Not taken up"),
        }
        if kind == "overdue":
            self._get_reminders(tickets, *MILD).action_archive()
        leads = self._get_reminder_leads(tickets)
        backups = (
            self._get_backups(tickets, only_absent=kind == "soon") if kind != "overdue" else {}
        )
        rows = []
        for ticket in tickets:
            mark, backup_mark = self._get_marks(ticket, kind)
            user = leads[ticket] if kind != "soon" else ticket.user_id or leads[ticket]
            rows.append((ticket, user, mark, summaries[kind], ""))
            backup = backups.get(ticket)
            if backup and backup != user:
                rows.append((ticket, backup, backup_mark, summaries[kind], ""))
        return self._create_reminders(kind, rows)

    def _get_reminder_leads(self, tickets):
        """Lead of each request; asked once for each team."""
        leads = {}
        for _key, same in tickets.grouped(lambda t: (t.team_id, t.user_id, t.company_id)).items():
            leads |= dict.fromkeys(same, self._get_reminder_lead(same[:1]))
        return leads

    def _get_backups(self, late, only_absent=False):
        """Backup of the owner of each request on its topic, at work today.

        One query for each commune.

        :param only_absent: only for the requests whose owner is away
        """
        tickets = late.filtered("topic_id")
        absent = late.user_id._get_absent_users()
        if only_absent:
            tickets = tickets.filtered(lambda t: t.user_id in absent)
        found = {}
        for commune, asked in tickets.grouped("commune_id").items():
            rows = asked.topic_id._get_candidates(commune)
            rows = [(r["topic_id"], r["user_id"]) for r in rows if r["role"] == "backup"]
            for ticket in asked:
                users = [user for topic, user in rows if topic == ticket.topic_id.id]
                found[ticket] = self.env["res.users"].browse(users) - ticket.user_id
        away = self.env["res.users"].union(*found.values())._get_absent_users()
        return {ticket: (users - away)[:1] for ticket, users in found.items()}
