"""Commitments of the service charter: a milestone and a delay in working days."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MILESTONES = [
    ("acknowledged", "Acknowledged"),
    ("first_answer", "First useful answer"),
    ("final_answer", "Final answer"),
]
# state of helpdesk_mgmt_sla -> what it means for a promise to a commune
OUTCOMES = [
    ("accomplished", "Kept"),
    ("in_progress", "Running"),
    ("expired", "Late"),
    ("on_hold", "Waiting for the commune"),
    ("excluded", "Nothing promised"),
]


class HelpdeskSla(models.Model):
    _inherit = "helpdesk.sla"

    milestone = fields.Selection(
        MILESTONES,
        help="What is promised. The delay counts working days from the day after the arrival.",
    )
    topic_ids = fields.Many2many(
        "commune.topic",
        string="Topics",
        help="Only for these topics, or for all the topics of these families.",
    )

    @api.constrains("milestone", "days")
    def _check_days(self):
        for sla in self:
            if sla.milestone and not 0 <= sla.days <= 365:
                raise ValidationError(
                    self.env._("The delay of a commitment lies between 0 and 365 working days.")
                )

    @api.model
    def _get_commitments(self):
        """All commitments of the charter, read once for a batch of requests."""
        return self.sudo().search([("milestone", "!=", False)], order="milestone, days, id")

    def _get_most_precise(self, ticket):
        """One commitment per milestone: the one for the topic before its family's, the team's,
        the general one."""
        chosen = {}
        for sla in self:
            precision = sla._get_precision(ticket)
            known = chosen.get(sla.milestone)
            if precision and (not known or precision > known[0]):
                chosen[sla.milestone] = (precision, sla)
        return self.browse().union(*(sla for _precision, sla in chosen.values()))

    def _get_precision(self, ticket):
        self.ensure_one()
        topic, team = ticket.topic_id, ticket.team_id
        precision = 1
        if self.topic_ids:
            if topic and topic in self.topic_ids:
                precision += 8
            elif topic.parent_id and topic.parent_id in self.topic_ids:
                precision += 4
            else:
                return 0
        if self.team_ids:
            if team not in self.team_ids and team.department_id not in self.team_ids:
                return 0
            precision += 2
        if self.company_id and self.company_id != ticket.company_id:
            return 0
        return precision


class HelpdeskTicketSla(models.Model):
    _inherit = "helpdesk.ticket.sla"

    ticket_id = fields.Many2one(index=True)
    sla_id = fields.Many2one(index=True)
    milestone = fields.Selection(related="sla_id.milestone", store=True)
    deadline_date = fields.Date(string="Promised for", readonly=True)
    state = fields.Selection(
        selection_add=[("excluded", "Nothing promised")], ondelete={"excluded": "set default"}
    )
    outcome = fields.Selection(
        OUTCOMES, compute="_compute_outcome", help="The state, in the words of the service."
    )
    reached_date = fields.Datetime(string="Kept on", readonly=True)
    _ticket_sla_uniq = models.UniqueIndex(
        "(ticket_id, sla_id) WHERE milestone IS NOT NULL",
        "A commitment is followed once for each request.",
    )

    @api.depends("state")
    def _compute_outcome(self):
        for clock in self:
            clock.outcome = clock.state

    def _split_managed(self):
        """Commitments of the charter, which `helpdesk.ticket._update_clocks` drives; the others,
        which follow the steps as helpdesk_mgmt_sla has it."""
        managed = self.filtered("sla_id.milestone")
        return managed, self - managed

    @api.depends("sla_id")
    def _compute_sla_data(self):
        managed, others = self._split_managed()
        for clock in managed:
            for name in ("hours", "expected_stage_id", "last_state_date", "state"):
                clock[name] = clock[name]
        return super(HelpdeskTicketSla, others)._compute_sla_data()

    @api.depends("hours", "consumed_time", "ticket_id", "last_state_date", "state")
    def _compute_deadline(self):
        managed, others = self._split_managed()
        for clock in managed:
            clock.deadline = clock.deadline
        return super(HelpdeskTicketSla, others)._compute_deadline()

    @api.depends("state", "deadline")
    def _compute_expired(self):
        managed, others = self._split_managed()
        now = fields.Datetime.now()
        for clock in managed:
            clock.expired = clock.state == "expired" or (
                clock.state == "in_progress" and bool(clock.deadline) and clock.deadline < now
            )
        return super(HelpdeskTicketSla, others)._compute_expired()

    def _compute_color(self):
        managed, others = self._split_managed()
        colors = {"accomplished": 10, "expired": 1, "in_progress": 3}
        for clock in managed:
            clock.color = 1 if clock.expired else colors.get(clock.state, 0)
        return super(HelpdeskTicketSla, others)._compute_color()

    def _stage_recompute(self):
        """Stages do not drive the clocks of commune requests."""
        self.ensure_one()
        return None if self.sla_id.milestone else super()._stage_recompute()


class HelpdeskSlaReport(models.Model):
    _inherit = "helpdesk.sla.report"

    def _where_sla(self):
        """Requests without a promise are neither kept nor late."""
        return f"{super()._where_sla()} AND hts.state != 'excluded'"
