"""Target of a campaign: a commune and the state of its answer."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

from ...core.window_actions import open_action

STATES = [
    ("pending", "Not written to"),
    ("queued", "Letter not left yet"),
    ("sent", "Letter sent"),
    ("opened", "Letter opened"),
    ("draft", "In preparation"),
    ("done", "Answer validated"),
    ("refused", "Refusal"),
]


class CommuneSurveyTarget(models.Model):
    _name = "commune.survey.target"
    _inherit = [
        "mail.thread",
        "commune.readonly.fields.mixin",
        "commune.proof",
        "commune.collation",
    ]
    _description = "Commune asked in a survey"
    _order = "campaign_id desc, commune_name, id"
    _collated = ("commune_name",)
    # The staff writes messages about a commune, not its answer or its refusal.
    _readonly_reason = _lt("The answer of a commune is not written by hand.")
    _writable_fields = frozenset()
    _rec_name = "commune_id"

    campaign_id = fields.Many2one(
        "commune.survey.campaign", required=True, readonly=True, index=True, ondelete="cascade"
    )
    campaign_state = fields.Selection(related="campaign_id.state", string="Campaign status")
    commune_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict"
    )
    commune_name = fields.Char(related="commune_id.name", store=True, string="Name of the commune")
    population = fields.Integer(related="commune_id.population")
    population_band = fields.Selection(
        related="commune_id.population_band", store=True, string="Size of the commune"
    )
    sector_id = fields.Many2one(related="commune_id.sector_id", store=True)
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        index=True,
        group_expand=True,
        string="Answer",
    )
    link_ids = fields.One2many(
        "commune.survey.link", "target_id", string="Persons written to", readonly=True
    )
    answer_ids = fields.One2many(
        "survey.user_input", "commune_target_id", string="Answers", readonly=True
    )
    official_id = fields.Many2one(
        "survey.user_input",
        string="Official answer",
        compute="_compute_official_id",
        compute_sudo=True,
    )
    validated_by_id = fields.Many2one(
        "res.partner",
        string="Validated by",
        compute="_compute_official_id",
        compute_sudo=True,
    )
    official_date = fields.Datetime(
        string="Validated on", compute="_compute_official_id", compute_sudo=True
    )
    last_letter_date = fields.Date(string="Last letter", readonly=True)
    reminder_count = fields.Integer(string="Reminders", readonly=True, aggregator="sum")
    refused_date = fields.Datetime(string="Refused on", readonly=True)
    refused_by_id = fields.Many2one(
        "res.partner", string="Refused by", readonly=True, index="btree_not_null"
    )
    refusal_reason = fields.Text(string="Why it refuses", readonly=True)
    _commune_uniq = models.Constraint(
        "UNIQUE(campaign_id, commune_id)", "This commune is already asked in this campaign."
    )

    @api.depends(
        "refused_date",
        "link_ids.sent_date",
        "link_ids.bounced_email",
        "link_ids.opened_date",
        "answer_ids.is_official",
        "answer_ids.is_superseded",
    )
    def _compute_state(self):
        for target in self:
            current = target.answer_ids.filtered(lambda a: not a.is_superseded)
            if current.filtered("is_official"):
                target.state = "done"
            elif target.refused_date:
                target.state = "refused"
            elif current:
                target.state = "draft"
            elif target.link_ids.filtered("opened_date"):
                target.state = "opened"
            else:
                target.state = target._get_letter_state()

    def _get_letter_state(self):
        """Nobody can be written to, or every address refuses: somebody calls the town hall."""
        self.ensure_one()
        if self.link_ids.filtered("sent_date"):
            return "sent"
        waiting = self.link_ids.filtered(lambda link: not link.bounced_email)
        return "queued" if waiting else "pending"

    @api.depends("answer_ids.is_official")
    def _compute_official_id(self):
        for target in self:
            official = target.answer_ids.filtered("is_official")[:1]
            target.official_id = official
            target.validated_by_id = official.validated_by_id
            target.official_date = official.official_date

    @api.depends("campaign_id.name", "commune_id.name")
    def _compute_display_name(self):
        for target in self:
            target.display_name = f"{target.campaign_id.name} – {target.commune_id.name}"

    def action_enter_by_phone(self):
        """Open the form where staff note an answer given by telephone."""
        self.ensure_one()
        self.check_access("write")
        return open_action(
            self, "commune_survey_phone_action", context={"default_target_id": self.id}
        )
