"""“You said, we did”: actions that follow from the answers, notified to the communes."""

from odoo import fields, models

STATES = [
    ("planned", "Planned"),
    ("running", "In progress"),
    ("done", "Carried out"),
    ("dropped", "Not kept"),
]


class CommuneSurveyAction(models.Model):
    _name = "commune.survey.action"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Action that follows a survey"
    _order = "campaign_id, sequence, id"

    campaign_id = fields.Many2one(
        "commune.survey.campaign", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    survey_id = fields.Many2one(related="campaign_id.survey_id")
    question_id = fields.Many2one(
        "survey.question",
        string="You said",
        index="btree_not_null",
        ondelete="set null",
        domain="[('survey_id', '=', survey_id), ('is_page', '=', False)]",
        help="The question that it follows from.",
    )
    feedback_summary = fields.Char(
        string="In short", help="What the communes said, in a few words."
    )
    name = fields.Text(string="We did", required=True)
    state = fields.Selection(STATES, default="planned", required=True, string="Progress")
    user_id = fields.Many2one(
        "res.users", string="Person in charge", default=lambda self: self.env.user
    )
    date = fields.Date(help="When it was done, or when it is expected.")
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_survey_action_place_rel",
        "action_id",
        "commune_id",
        string="Communes concerned",
        domain="[('is_commune', '=', True)]",
        help="Empty: all those asked.",
    )

    def _get_feedback_summary(self):
        self.ensure_one()
        return self.feedback_summary or self.question_id.title or ""

    def _get_progress(self):
        """`Done`, in the current language."""
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
