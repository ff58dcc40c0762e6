"""A commune answers on the telephone: an agent notes it, and from whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneSurveyPhone(models.TransientModel):
    _name = "commune.survey.phone"
    _description = "Answer by telephone"

    target_id = fields.Many2one(
        "commune.survey.target", string="Commune asked", required=True, readonly=True
    )
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
        "survey.user_input",
        string="Answer prepared",
        domain="[('id', 'in', ready_ids)]",
        compute="_compute_answer_id",
        store=True,
        readonly=False,
    )
    ready_ids = fields.Many2many("survey.user_input", compute="_compute_person_ids")
    reason = fields.Text(string="Why it refuses")

    @api.depends("target_id", "kind")
    def _compute_person_ids(self):
        """Persons who may give this by telephone; a councillor prepares but does not validate."""
        for wizard in self:
            target = wizard.target_id
            campaign = target.campaign_id
            mandates = campaign._get_mandates(target.commune_id)
            if wizard.kind == "answer":
                wizard.person_ids = mandates.partner_id
            else:
                wizard.person_ids = mandates.filtered(campaign._lets_validate).partner_id
            wizard.ready_ids = target._get_answers().filtered(lambda a: a._is_ready())

    @api.depends("ready_ids")
    def _compute_answer_id(self):
        """The only answer that is ready, when there is one."""
        for wizard in self:
            wizard.answer_id = wizard.ready_ids if len(wizard.ready_ids) == 1 else False

    def action_apply(self):
        self.ensure_one()
        target, person, agent = self.target_id, self.partner_id, self.env.user.partner_id
        target.check_access("write")
        target = target.sudo()  # nobody types an answer: it is that of the person who speaks
        if self.kind == "refuse":
            target._refuse(person, self.reason, author=agent)
        elif self.kind == "validate":
            if not self.answer_id:
                raise UserError(self.env._("Choose the answer that the person validates."))
            target._validate(self.answer_id, person, author=agent)
        else:
            return self._enter_answers(target, person, agent)
        return {"type": "ir.actions.act_window_close"}

    def _enter_answers(self, target, person, agent):
        """Open the questionnaire; once sent, the person validates it (or somebody else does)."""
        draft = target._prepare_by_phone(person, agent)
        return {"type": "ir.actions.act_url", "url": draft.get_start_url(), "target": "self"}
