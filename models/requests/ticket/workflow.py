"""Steps of a request: what each change of step means."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.window_actions import open_action, open_dialog
from ..stage import CLOSED_KINDS, OPEN_KINDS

SIMILAR_DAYS = 30
SILENT_SINCE = "today -10d"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    is_owner = fields.Boolean(compute="_compute_is_owner")
    owner_is_absent = fields.Boolean(compute="_compute_owner_is_absent", compute_sudo=True)
    similar_ids = fields.Many2many(
        "helpdesk.ticket",
        string="Requests that look alike",
        compute="_compute_similar_ids",
        groups="base.group_user",
        help="Same commune, same topic, within 30 days.",
    )
    similar_count = fields.Integer(
        compute="_compute_similar_ids", groups="base.group_user", string="Similar requests"
    )
    is_silent = fields.Boolean(
        string="Silent owner",
        compute="_compute_is_silent",
        search="_search_is_silent",
        groups="base.group_user",
        help="Open and owned, and its owner has written and done nothing for 10 days.",
    )
    promised_label = fields.Char(
        string="Promised day", compute="_compute_promised_label", groups="base.group_user"
    )
    promise_color = fields.Integer(compute="_compute_promise_color", groups="base.group_user")

    def _get_handover_fields(self):
        """A topic and a team take a request of a commune to other people; the rest is Odoo’s."""
        given = super()._get_handover_fields() | {"topic_id", "team_id"}
        return given if self._filter_managed() else set()

    def _follow_stage(self, vals):
        before = {ticket: ticket.stage_kind for ticket in self}
        yield
        self._after_stage_change(before)

    def _after_stage_change(self, before):
        now = fields.Datetime.now()
        for ticket in self.sudo():  # pauses and dates are written by no user
            old, new = before[ticket], ticket.stage_kind
            if old == new:
                continue
            values = {}
            if old in ("waiting", *CLOSED_KINDS) or old == "answered":
                ticket.pause_ids.filtered(lambda p: not p.date_end).date_end = now
            if new in OPEN_KINDS and old not in OPEN_KINDS:
                values.update(ticket._prepare_reopening(old, now))
            if new == "waiting":
                ticket.env["commune.request.pause"].create(
                    {"ticket_id": ticket.id, "date_start": now}
                )
            if new not in OPEN_KINDS and new != "cancelled" and not ticket.answered_date:
                values.update(answered_date=now)
                if not ticket.first_response_date:
                    values.update(first_response_date=now)
            if values:
                super(HelpdeskTicket, ticket).write(values)
        cancelled = self.sudo().filtered(
            lambda t: t.stage_kind == "cancelled" and before[t] != "cancelled"
        )
        self.env["commune.request.duplicate"]._notify_cancelled(cancelled)
        return True

    def _prepare_reopening(self, old, now):
        """The request is open again: the time for which it was closed counts for nobody. What
        is promised follows from it (promise.py)."""
        closed = self.closed_date or self.answered_date
        if closed and closed < now:
            self.env["commune.request.pause"].create(
                {"ticket_id": self.id, "date_start": closed, "date_end": now, "reason": "closed"}
            )
        return {
            "reopened_date": now,
            "reopen_count": self.reopen_count + 1,
            "closed_date": False,
            "answered_date": False,
            "duplicate_id": False,  # it is followed for itself again
        }

    def _can_reopen(self):
        """Whether an answer of the commune still belongs here: open, or closed not long ago."""
        self.ensure_one()
        if self.stage_kind not in CLOSED_KINDS or not self.closed_date:
            return True
        days = self.company_id.request_reopening_window
        return (fields.Datetime.now() - self.closed_date).days < days

    def _reopen(self, reason=""):
        """Reopen a request that the answer did not solve, and notify its owner.

        :param reason: comment of the commune
        """
        self._move_to("in_progress")
        self._remind("reply", self.env._("Reopened: the answer did not solve it"), reason)

    def _move_to(self, kind):
        """Put requests in the first step of a kind that their team uses."""
        for team, tickets in self.grouped("team_id").items():
            stage = self.env["helpdesk.ticket.stage"]._get_kind(kind, team)
            if not stage:
                raise UserError(
                    self.env._(
                        "No step of the team %(team)s has the meaning “%(kind)s”: ask a manager"
                        " to add one.",
                        team=team.complete_name or "",
                        kind=dict(
                            self.env["helpdesk.ticket.stage"]
                            ._fields["kind"]
                            ._description_selection(self.env)
                        )[kind],
                    )
                )
            tickets.filtered(lambda t, s=stage: t.stage_id != s).stage_id = stage

    # Buttons of a request, for staff.

    @api.depends("promised_date", "stage_id")
    @api.depends_context("lang")
    def _compute_promised_label(self):
        """The day, and how far it is while the request is open: “12 Dec (in 3 days)”."""
        today = self.env.company._get_today()
        for ticket in self:
            day = ticket.promised_date
            if not day:
                ticket.promised_label = False
                continue
            label = self.env.company._format_short_date(day)
            if ticket.stage_kind in OPEN_KINDS:
                label = f"{label} ({self._get_distance((day - today).days)})"
            ticket.promised_label = label

    @api.model
    def _get_distance(self, days):
        if abs(days) <= 1:
            return {
                -1: self.env._("yesterday"),
                0: self.env._("today"),
                1: self.env._("tomorrow"),
            }[days]
        if days > 0:
            return self.env._("in %s days", days)
        return self.env._("%s days ago", -days)

    @api.depends("promise_state")
    def _compute_promise_color(self):
        colors = {"overdue": 1, "soon": 2, "waiting": 4, "on_time": 10}
        for ticket in self:
            ticket.promise_color = colors.get(ticket.promise_state, 0)

    def _compute_is_silent(self):
        silent = self.search(Domain("id", "in", self.ids) & self._get_silent_domain())
        for ticket in self:
            ticket.is_silent = ticket in silent

    def _search_is_silent(self, operator, value):
        # Odoo asks for the groups of stored fields alone.
        self._check_field_access(self._fields["is_silent"], "read")
        if operator != "in":
            return NotImplemented
        return self._get_silent_domain() if True in value else Domain.FALSE

    @api.model
    def _get_silent_domain(self):
        """Requests in progress on which nobody has written, and nothing was written, lately."""
        spoken = Domain("date", ">=", SILENT_SINCE) & Domain("model", "=", self._name)
        return (
            Domain("is_commune_request", "=", True)
            & Domain("stage_kind", "in", ["received", "in_progress", "to_validate"])
            & Domain("user_id", "!=", False)
            & Domain("create_date", "<", SILENT_SINCE)
            & ~Domain("message_ids", "any", spoken)
        )

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_owner(self):
        for ticket in self:
            ticket.is_owner = ticket.user_id == self.env.user

    @api.depends("user_id")
    def _compute_owner_is_absent(self):
        absent = self.user_id._get_absent_users()
        for ticket in self:
            ticket.owner_is_absent = ticket.user_id in absent

    @api.depends("commune_id", "topic_id", "create_date")
    def _compute_similar_ids(self):
        """Open or recent requests of the same commune on the same topic: in one query."""
        communes, topics = self.commune_id, self.topic_id
        others = self.search_fetch(
            Domain("commune_id", "in", communes.ids)
            & Domain("topic_id", "in", topics.ids)
            & Domain("stage_kind", "!=", "cancelled"),
            ["commune_id", "topic_id", "create_date"],
        )
        grouped = others.grouped(lambda t: (t.commune_id.id, t.topic_id.id))
        for ticket in self:
            day = ticket.create_date or fields.Datetime.now()
            same = grouped.get((ticket.commune_id.id, ticket.topic_id.id), self.browse())
            alike = same.filtered(
                lambda t, day=day: abs(t.create_date - day) <= timedelta(days=SIMILAR_DAYS)
            )
            ticket.similar_ids = alike - ticket._origin
            ticket.similar_count = len(ticket.similar_ids)

    def action_take(self):
        """Take the request up: its owner is the current user."""
        self.check_access("write")
        for ticket in self:
            if ticket.stage_kind not in OPEN_KINDS:
                raise UserError(self.env._("%s is no longer open.", ticket._get_name_for_commune()))
        self.user_id = self.env.user
        self.filtered(lambda t: t.stage_kind == "received")._move_to("in_progress")

    def action_resume(self):
        """The commune has answered outside the tool: the clock runs again."""
        self.check_access("write")
        self.filtered(lambda t: t.stage_kind == "waiting")._move_to("in_progress")

    def action_close(self):
        self.check_access("write")
        for ticket in self:
            if ticket.stage_kind not in ("answered", "rerouted"):
                raise UserError(
                    self.env._(
                        "%s has no answer yet: answer it first, or cancel it.",
                        ticket._get_name_for_commune(),
                    )
                )
        self._move_to("closed")

    def action_cancel(self):
        """A mistake or a duplicate: nothing is promised any more, no figure counts it."""
        self.check_access("write")
        self._move_to("cancelled")

    def action_reopen(self):
        self.check_access("write")
        self.filtered(lambda t: t.stage_kind not in OPEN_KINDS)._move_to("in_progress")

    def action_open_similar(self):
        self.ensure_one()
        self.check_access("read")
        return open_action(
            self, "commune_request_action", [("id", "in", self.similar_ids.ids)], context={}
        )

    def action_transfer(self):
        """Open the hand-over of the current requests."""
        return open_dialog(
            self,
            "commune.request.transfer.wizard",
            self.env._("Hand over"),
            default_ticket_ids=self.ids,
        )


class CommuneRequestTransfer(models.Model):
    _inherit = "commune.request.transfer"

    def _correct_topic(self, tickets, vals):
        """Write a corrected topic, with the team in charge of it, and learn from it."""
        before = {ticket: ticket.topic_id for ticket in tickets}
        self._write_topic(tickets, vals)
        tickets._learn_from_correction(before)
        return True

    def _write_topic(self, tickets, vals):
        """A corrected topic takes the request to the team in charge, as a hand-over."""
        topic = self.env["commune.topic"].browse(vals["topic_id"])
        team = topic._get_team()
        moving = tickets.filtered(lambda t: t.topic_id != topic and team and t.team_id != team)
        if moving:
            reason = self.env._("Topic corrected: %s", topic.name)
            for ticket in moving:
                owner = topic._get_owner(ticket.commune_id, team.id)
                ticket.with_context(
                    transfer_reason=self.env.context.get("transfer_reason") or reason
                ).write({"user_id": owner.id, **vals, "team_id": team.id})
        rest = tickets - moving
        if rest:
            self._write_same_team(rest, vals)
        return True

    def _write_same_team(self, ticket, vals):
        """The same values without a change of team."""
        for team, tickets in ticket.grouped("team_id").items():
            tickets.write({**vals, "team_id": team.id})
