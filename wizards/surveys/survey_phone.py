"""A commune answers on the telephone: an agent notes it, and from whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneSurveyPhone(models.TransientModel):
    _name = "commune.survey.phone"
    _description = "Answer by telephone"

    target_id = fields.Many2one("commune.survey.target", required=True, readonly=True)
    commune_id = fields.Many2one(related="target_id.commune_id")
    person_ids = fields.Many2many("res.partner", compute="_compute_person_ids")
    partner_id = fields.Many2one(
        "res.partner",
        string="On the telephone",
        required=True,
        domain="[('id', 'in', person_ids)]",
        help="Who speaks for the commune.",
    )
    kind = fields.Selection(
        [
            ("answer", "Gives the answers"),
            ("validate", "Validates the answer already prepared"),
            ("refuse", "Refuses to answer"),
        ],
        required=True,
        default="answer",
        string="The person",
    )
    answer_id = fields.Many2one(
        "survey.user_input", string="Answer prepared", domain="[('id', 'in', ready_ids)]"
    )
    ready_ids = fields.Many2many("survey.user_input", compute="_compute_person_ids")
    reason = fields.Text(string="Why it refuses")

    @api.depends("target_id")
    def _compute_person_ids(self):
        for wizard in self:
            target = wizard.target_id
            mandates = target.campaign_id._get_mandates(target.commune_id)
            wizard.person_ids = mandates.partner_id
            wizard.ready_ids = target._get_answers().filtered(lambda a: a._is_ready())

    def action_apply(self):
        self.ensure_one()
        target, person, agent = self.target_id, self.partner_id, self.env.user.partner_id
        target.check_access("write")
        if self.kind == "refuse":
            target._refuse(person, self.reason, author=agent)
        elif self.kind == "validate":
            answer = self.answer_id or (self.ready_ids if len(self.ready_ids) == 1 else False)
            if not answer:
                raise UserError(self.env._("Choose the answer that the person validates."))
            target._validate(answer, person, author=agent)
        else:
            return self._enter_answers(target, person, agent)
        return {"type": "ir.actions.act_window_close"}

    def _enter_answers(self, target, person, agent):
        """Open the questionnaire; once sent, the person validates it (or somebody else does)."""
        draft = target._prepare_by_phone(person, agent)
        return {"type": "ir.actions.act_url", "url": draft.get_start_url(), "target": "self"}
