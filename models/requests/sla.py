"""Commitments of the service charter: a milestone and a delay in working days."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MILESTONES = [
    ("acknowledged", "Acknowledged"),
    ("first_answer", "First useful answer"),
    ("final_answer", "Final answer"),
]


class HelpdeskSla(models.Model):
    _inherit = "helpdesk.sla"
    _order = "milestone, days, id"

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
        return self.sudo().search([("milestone", "!=", False)])

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
