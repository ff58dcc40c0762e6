"""Hand-overs: who held the request, for how long, and why it went on."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.window_actions import open_dialog

OUTSIDE_LEVELS = [
    ("commune", "The commune or its mayor"),
    ("departement", "Department (local authority)"),
    ("region", "Region"),
    ("etat", "State"),
    ("operateur", "Operator"),
]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    level_answer = fields.Selection(
        OUTSIDE_LEVELS,
        string="In charge instead",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Set when the answer is that the intercommunality is not in charge.",
    )
    outside_name = fields.Char(string="Who to ask instead", copy=False)
    outside_contact = fields.Char(string="How to reach them", copy=False)
    rerouted_count = fields.Integer(
        string="Not for us (number)",
        compute="_compute_rerouted_count",
        store=True,
        aggregator="sum",
        help="1 for a request that was closed as not being for the intercommunality.",
    )

    def _transfer(self, team, reason, user=None, manager_reason=None):
        """Hand requests over to a team; the log gives the reason.

        :param team: helpdesk.ticket.team that takes over
        :param user: the person there; empty: the referent of the topic, else the person in charge
            of the team
        :param manager_reason: why there is one more hand-over than was promised to communes; only a
            manager may give it
        :raise UserError: beyond the promised number of hand-overs, without that reason
        """
        for ticket in self.filtered(lambda t: t.team_id != team):
            owner = user or ticket.topic_id._get_owner(ticket.commune_id, team.id)
            ticket.with_context(
                transfer_reason=reason, transfer_manager_reason=manager_reason
            ).write({"team_id": team.id, "user_id": owner.id})

    def _log_hand_over(self, vals):
        """Log the requests that leave their team, and since when the new one holds them."""
        team = self.env["helpdesk.ticket.team"].browse(vals["team_id"] or [])
        if team and self.env["commune.request.transfer"]._log_transfers(self, team, vals):
            vals = {**vals, "holder_since": fields.Datetime.now()}
        return vals

    # Requests that are not for the intercommunality: who the commune is sent to.

    @api.depends("stage_kind")
    def _compute_rerouted_count(self):
        for ticket in self:
            ticket.rerouted_count = int(ticket.stage_kind == "rerouted")

    def _get_outside_sentence(self):
        """Who to ask instead and how, from the request, else from its topic."""
        self.ensure_one()
        own = " – ".join(filter(None, [self.outside_name, self.outside_contact]))
        return own or (self.topic_id._get_outside_sentence() if self.topic_id else "")

    def _prepare_reopening(self, old, now):
        """Values of a reopened request, which is again within the organisation's competence."""
        return {
            **super()._prepare_reopening(old, now),
            "level_answer": False,
            "outside_name": False,
            "outside_contact": False,
        }

    def action_reroute(self):
        self.ensure_one()
        return open_dialog(
            self, "commune.request.reroute", self.env._("Reroute"), default_ticket_id=self.id
        )

    def action_no_reroute(self):
        """Cancel the redirection: the draft is an ordinary answer again."""
        self.check_access("write")
        self.write({"level_answer": False, "outside_name": False, "outside_contact": False})


class CommuneRequestTransfer(models.Model):
    _inherit = "commune.request.transfer"

    def _write_team(self, tickets, vals):
        """Assign the person in charge when only a team is written, and notify that person."""
        team = self.env["helpdesk.ticket.team"].browse(vals["team_id"])
        for ticket in tickets:
            owner = ticket.user_id
            if owner not in team.sudo().user_ids:
                owner = ticket.topic_id._get_owner(ticket.commune_id, team.id)
            ticket.write({**vals, "user_id": owner.id})
        return True

    def _log_transfers(self, tickets, team, vals):
        """Rows of the log for requests that are about to leave their team."""
        reason = self.env.context.get("transfer_reason")
        manager_reason = self.env.context.get("transfer_manager_reason")
        leaving = tickets.filtered(lambda t: t.team_id and t.team_id != team)
        self._check_transfer(leaving, manager_reason)
        now = fields.Datetime.now()
        rows = [
            {
                "ticket_id": ticket.id,
                "date": now,
                "from_team_id": ticket.team_id.id,
                "to_team_id": team.id,
                "from_user_id": ticket.user_id.id,
                "to_user_id": vals.get("user_id"),
                "reason": reason or self.env._("Team changed without a stated reason"),
                "manager_reason": manager_reason if self._is_beyond_promise(ticket) else False,
                "rank": ticket.transfer_count + 1,
                "hold_hours": self._get_hold_hours(ticket, now),
                "author_id": self.env.uid,
            }
            for ticket in leaving
        ]
        self.env["commune.request.transfer"].sudo().create(rows)
        return leaving

    def _get_hold_hours(self, ticket, now):
        since = ticket.holder_since or ticket.create_date
        return (now - since).total_seconds() / 3600 if since else 0

    def _is_beyond_promise(self, ticket):
        """Whether one more hand-over breaks the promise made to communes."""
        return ticket.transfer_count >= ticket.company_id.request_transfer_limit

    def _check_transfer(self, ticket, manager_reason):
        beyond = ticket.filtered(lambda t: self._is_beyond_promise(t))
        if not beyond:
            return
        manager = self.env.su or self.env.user.has_group("commune_relations.group_manager")
        if not (manager and (manager_reason or "").strip()):
            raise UserError(
                self.env._(
                    "%(request)s has already been handed over %(count)s times: communes are"
                    " promised %(limit)s at most. One more needs a manager, who says why.",
                    request=beyond[0]._get_name_for_commune(),
                    count=beyond[0].transfer_count,
                    limit=beyond[0].company_id.request_transfer_limit,
                )
            )
