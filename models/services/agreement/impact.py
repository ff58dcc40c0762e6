"""Impact sheet of a shared service: what it changes for the agents.

CGCT, art. L5211-4-2: the effects of a shared service are set by an agreement after an impact sheet,
which describes them on the organisation and the conditions of work, the pay and the acquired rights
of the agents; the sheet is annexed to the agreement. Agents who work wholly for the service are
transferred, those who work for it in part are made available for that part. (Read in November 2026;
to be confirmed by the legal department.)"""

import math

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ....engine.text import round_cent
from ..catalogue.price import to_decimal
from .agreement import RUNNING

OUTCOMES = [
    ("stays", "Stays an agent of the commune"),
    ("transfer", "Transferred to the intercommunality"),
    ("available", "Made available for that part of the time"),
]
EFFECTS = ("impact_organisation", "impact_conditions", "impact_pay", "impact_rights")


class CommuneAgreementImpact(models.Model):
    """Posts of the commune that a shared service touches: never the names of the agents."""

    _name = "commune.agreement.impact"
    _inherit = ["commune.agreement.part"]
    _description = "Post touched by a shared service"
    _order = "agreement_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="Post of the commune", required=True, help="The post, not the name of the agent."
    )
    category = fields.Selection([("A", "A"), ("B", "B"), ("C", "C")])
    agent_count = fields.Integer(string="Agents", default=1, required=True)
    ratio = fields.Float(
        string="Work ratio (%)", digits=(5, 2), default=100, required=True, aggregator=None
    )
    share = fields.Float(
        string="Part given to the service (%)",
        digits=(5, 2),
        default=100,
        required=True,
        aggregator=None,
        help="Part of the working time of the agent that goes to the shared service.",
    )
    fte = fields.Float(string="Full-time equivalents", compute="_compute_fte", digits=(16, 2))
    outcome = fields.Selection(
        OUTCOMES,
        string="What becomes of them",
        compute="_compute_outcome",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    full_time_cost = fields.Float(
        string="Yearly cost of a full-time agent (€)",
        digits=(16, 2),
        aggregator=None,
        help="Pay, allowances and charges of the employer. The sheet then says what is paid back"
        " each year for an agent made available.",
    )
    paid_back = fields.Float(
        string="Paid back each year (€)", compute="_compute_paid_back", digits=(16, 2)
    )
    place_before = fields.Char(string="Workplace today")
    place_after = fields.Char(string="Workplace afterwards")
    _figures_check = models.Constraint(
        "CHECK(agent_count > 0 AND ratio > 0 AND ratio <= 100 AND share >= 0 AND share <= 100)",
        "At least one agent, and parts between 0 and 100 %.",
    )
    _cost_check = models.Constraint(
        "CHECK(full_time_cost >= 0)", "The yearly cost of an agent is a positive number."
    )

    @api.depends("agent_count", "ratio", "share")
    def _compute_fte(self):
        for line in self:
            line.fte = line.agent_count * line.ratio * line.share / 10_000

    @api.depends("outcome", "agent_count", "ratio", "share", "full_time_cost")
    def _compute_paid_back(self):
        """Agents × working time × part given × yearly cost, to the cent, half a cent up; nothing
        for who is not made available."""
        for line in self:
            parts = (line.agent_count, line.ratio, line.share, line.full_time_cost)
            amount = math.prod(map(to_decimal, parts)) / 10_000
            line.paid_back = float(round_cent(amount)) if line.outcome == "available" else 0

    @api.depends("share", "agreement_id.needs_impact")
    def _compute_outcome(self):
        for line in self:
            if not line.agreement_id.needs_impact or not line.share:
                line.outcome = "stays"
            else:
                line.outcome = "transfer" if line.share == 100 else "available"


class Agreement(models.Model):
    _inherit = "agreement"

    impact_ids = fields.One2many(
        "commune.agreement.impact", "agreement_id", string="Posts touched", copy=False
    )
    impact_organisation = fields.Text(
        string="Organisation of the services",
        copy=False,
        help="Who gives instructions, to whom each agent reports, how the commune asks.",
    )
    impact_conditions = fields.Text(
        string="Conditions of work",
        copy=False,
        help="Workplace, hours, travel, equipment, telework.",
    )
    impact_pay = fields.Text(
        string="Pay", copy=False, help="Allowances kept or changed, supplements, reimbursements."
    )
    impact_rights = fields.Text(
        string="Acquired rights",
        copy=False,
        help="Leave, time savings account, social benefits, career, training.",
    )

    def _has_impact_sheet(self):
        """Whether the agreement carries the sheet.

        An amendment does when it has content for it, or adds an option whose own basis requires it.
        """
        self.ensure_one()
        written = self.impact_ids or any(self[name] for name in EFFECTS)
        if not self.parent_id:
            return bool(written or self.needs_impact)
        agreement = self.sudo()
        family = agreement.parent_id | agreement.parent_id.amendment_ids - agreement
        added = agreement.offer_ids - family.filtered(lambda a: a.state in RUNNING).offer_ids
        return bool(written or any(added.service_id.legal_basis_id.mapped("needs_impact")))

    def _check_ready_to_sign(self):
        super()._check_ready_to_sign()
        if not self._has_impact_sheet():
            return
        if missing := self._get_missing_labels(EFFECTS):
            raise UserError(
                self.env._(
                    "This convention is signed with its impact sheet. Before the signature, fill"
                    " in: %s.",
                    ", ".join(missing),
                )
            )


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_words(self, agreement):
        """Add the placeholders of a shared service: number of agents, amount paid back."""
        posts = agreement.impact_ids
        counts = {
            outcome: sum(posts.filtered(lambda p, o=outcome: p.outcome == o).mapped("agent_count"))
            for outcome, _label in OUTCOMES
        }
        return {
            **super()._get_words(agreement),
            "agents_transferes": str(counts["transfer"]),
            "agents_disposition": str(counts["available"]),
            "remboursement_agents": self._render_paid_back(agreement),
        }

    def _render_paid_back(self, agreement):
        """What the intercommunality pays back for the agents made available; empty when none is."""
        posts = agreement.impact_ids.filtered(lambda p: p.outcome == "available")
        if not posts:
            return ""
        what = self.env._(
            "Paid back to the commune each year: the part of the pay and of the social charges of"
            " the agents made available that matches the time given to the shared service"
            " (%s full-time equivalents).",
            formatLang(self.env, sum(posts.mapped("fte")), digits=2),
        )
        how = self.env._(
            "It is worked out post by post: number of agents × working time × part given to the"
            " shared service × yearly cost of a full-time agent (pay, allowances and charges of the"
            " employer)."
        )
        return self._paragraph(what) + self._paragraph(how) + self._render_yearly_costs(posts)

    def _render_yearly_costs(self, posts):
        """The amount of a year, post by post, where the cost of a full-time agent is written."""
        euros, known = self.env["commune.service.price"]._format_euros, []
        for post in posts.filtered("full_time_cost"):
            digits = 2 + len(f"{post.fte:.4f}"[-2:].rstrip("0"))
            fte, cost = formatLang(self.env, post.fte, digits=digits), euros(post.full_time_cost)
            known.append(f"{post.name} – {fte} × {cost} = {euros(post.paid_back)}")
        if not known:
            return Markup("")
        total = euros(float(sum(map(to_decimal, posts.mapped("paid_back")))))
        rows = Markup("").join(Markup("<li>%s</li>") % line for line in known)
        sentence = self.env._("Yearly amount, at the costs of today: %s.", total)
        if len(known) < len(posts):
            sentence = self.env._(
                "Yearly amount for these posts, at the costs of today: %s.", total
            )
        return Markup("<ul>%s</ul>") % rows + self._paragraph(sentence)

    def _render_impact(self, agreement):
        """The sheet with the values of this agreement; empty when there is none."""
        agreement.ensure_one()
        if not agreement._has_impact_sheet():
            return ""
        return self.with_context(impact_sheet=True)._render_deliberation(
            agreement.with_context(impact_sheet=True), "impact"
        )

    def _get_impact_text(self, agreement):
        """The sheet that is signed, else as it is today."""
        if agreement.document_body:  # what was put to the signature does not change any more
            return agreement.document_impact
        return self._render_impact(agreement)
