"""Who can go: the agents of a request, those stopped with the exact rule, and the choice."""

from odoo import fields, models
from odoo.exceptions import UserError


class CommuneReplacementCandidates(models.TransientModel):
    _name = "commune.replacement.candidates"
    _description = "Agents for a request"

    request_id = fields.Many2one("commune.replacement.request", required=True, readonly=True)
    open_count = fields.Integer(string="Half-days to fill", readonly=True)
    line_ids = fields.One2many("commune.replacement.candidate", "wizard_id")
    eligible_ids = fields.One2many(
        "commune.replacement.candidate", "wizard_id", domain=[("eligible", "=", True)]
    )
    stopped_ids = fields.One2many(
        "commune.replacement.candidate", "wizard_id", domain=[("eligible", "=", False)]
    )

    def _open_for(self, request):
        request.check_access("write")
        open_slots = request._get_open_slots()
        lines = [
            {
                "employee_id": line["agent"].id,
                "eligible": line["eligible"],
                "half_day_count": len(line["slots"]),
                "days": [[str(day), half] for day, half in line["slots"]],
                "words": line["words"],
                "text": line["text"],
                "lost": line["lost"],
                "sequence": rank,
            }
            for rank, line in enumerate(request._get_candidates())
        ]
        return self.create(
            {
                "request_id": request.id,
                "open_count": len(open_slots),
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )


class CommuneReplacementCandidate(models.TransientModel):
    _name = "commune.replacement.candidate"
    _description = "An agent for a request"
    _order = "sequence, id"

    wizard_id = fields.Many2one("commune.replacement.candidates", ondelete="cascade", index=True)
    sequence = fields.Integer()
    employee_id = fields.Many2one("hr.employee", string="Agent", readonly=True)
    eligible = fields.Boolean(readonly=True)
    half_day_count = fields.Integer(string="Half-days possible", readonly=True)
    days = fields.Json(readonly=True)
    cover_text = fields.Char(string="Can take", compute="_compute_cover_text")
    words = fields.Text(string="Why this agent", readonly=True)
    text = fields.Text(string="Reason", readonly=True)
    lost = fields.Integer(string="Lost elsewhere", readonly=True)

    def _compute_cover_text(self):
        for line in self:
            cover = f"{line.half_day_count} / {line.wizard_id.open_count}"
            line.cover_text = cover if line.eligible else ""

    def action_choose(self):
        """Hold what this agent can take; the rules are run again on the way."""
        self.ensure_one()
        request = self.wizard_id.request_id
        request.check_access("write")
        wanted = {tuple(day) for day in self.days or ()}
        slots = request._get_open_slots().filtered(lambda s: (str(s.date), s.half_day) in wanted)
        if not slots and self.eligible:
            raise UserError(
                self.env._(
                    "These half-days are no longer to be filled: an agent was chosen for them, or"
                    " they were cancelled, since this list was opened. Open it again."
                )
            )
        # A forced attempt displays the rule that forbids it.
        reasons = "\n".join(filter(None, (self.words, self.text)))
        proposal = request._assign(self.employee_id, slots or request._get_open_slots(), reasons)
        return {
            "type": "ir.actions.act_window",
            "res_model": proposal._name,
            "res_id": proposal.id,
            "view_mode": "form",
        }
