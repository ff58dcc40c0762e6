"""Steps of a request: what each change of step means."""

from odoo import fields, models
from odoo.exceptions import UserError

from .stage import CLOSED_KINDS, OPEN_KINDS
from .ticket_promise import MOVES_CLOCKS


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def write(self, vals):
        vals = dict(vals)
        if vals.get("topic_id") and "team_id" not in vals:
            before = {ticket: ticket.topic_id for ticket in self}
            self._write_topic(vals)
            if not self.env.context.get("no_learning"):
                self._learn_from_correction(before)
            return True
        if vals.get("team_id"):
            team = self.env["helpdesk.ticket.team"].browse(vals["team_id"])
            if self._log_transfers(team, vals):
                vals["holder_since"] = fields.Datetime.now()
        before = {ticket: ticket.stage_kind for ticket in self} if "stage_id" in vals else {}
        result = super().write(vals)
        if before:
            self._after_stage_change(before)
        if MOVES_CLOCKS & set(vals):
            self._update_clocks()
        return result

    def _write_topic(self, vals):
        """A corrected topic takes the request to the team in charge, as a hand-over."""
        topic = self.env["commune.topic"].browse(vals["topic_id"])
        team = topic._get_team()
        moving = self.filtered(lambda t: t.topic_id != topic and team and t.team_id != team)
        if moving:
            reason = self.env._("Topic corrected: %s", topic.name)
            for ticket in moving:
                owner = topic._get_owner(ticket.commune_id, team.id)
                ticket.with_context(
                    transfer_reason=self.env.context.get("transfer_reason") or reason
                ).write({"user_id": owner.id, **vals, "team_id": team.id})
        rest = self - moving
        if rest:
            rest._write_same_team(vals)
        return True

    def _write_same_team(self, vals):
        """The same values without a change of team."""
        for team, tickets in self.grouped("team_id").items():
            tickets.write({**vals, "team_id": team.id})

    def _after_stage_change(self, before):
        now = fields.Datetime.now()
        for ticket in self:
            old, new = before[ticket], ticket.stage_kind
            if old == new:
                continue
            values = {}
            if old in ("waiting", *CLOSED_KINDS) or old == "answered":
                ticket.sudo().pause_ids.filtered(lambda p: not p.date_end).date_end = now
            if new in OPEN_KINDS and old not in OPEN_KINDS:
                values.update(ticket._prepare_reopening(old, now))
            if new == "waiting":
                self.env["commune.request.pause"].sudo().create(
                    {"ticket_id": ticket.id, "date_start": now}
                )
            if new not in OPEN_KINDS and new != "cancelled" and not ticket.answered_date:
                values.update(answered_date=now)
                if not ticket.first_response_date:
                    values.update(first_response_date=now)
            if values:
                super(HelpdeskTicket, ticket).write(values)
        return True

    def _prepare_reopening(self, old, now):
        """The request is open again: the time for which it was closed counts for nobody."""
        closed = self.closed_date or self.answered_date
        if closed and closed < now:
            self.env["commune.request.pause"].sudo().create(
                {"ticket_id": self.id, "date_start": closed, "date_end": now, "reason": "closed"}
            )
        return {
            "reopened_date": now,
            "reopen_count": self.reopen_count + 1,
            "closed_date": False,
            "answered_date": False,
        }

    def _move_to(self, kind):
        """Put requests in the first step of a kind that their team uses."""
        for team, tickets in self.grouped("team_id").items():
            stage = self.env["helpdesk.ticket.stage"].sudo()._get_kind(kind, team)
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
