"""A survey of the communes: one official answer each, followed, reminded, published."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...core.mail_delivery.unwritten import display_opening
from ...core.pillar import when_used
from ...core.window_actions import open_action
from ...territory.partner.map_figures import MapMeasure
from ...territory.reference_epci.local_time import at_local_time

_lt = LazyTranslate(__name__)

DAYS_TO_ANSWER = 21  # default: a council meets meanwhile
STATES = [
    ("draft", "Draft"),
    ("open", "Open to answers"),
    ("closed", "Closed"),
    ("published", "Published"),
]
COUNTED = ("pending", "queued", "sent", "opened", "draft", "done", "refused")
# In the order of the legend; colours of the palette `status` of commune_map.scss, from good to
# worrying.
COLOURS = {
    "done": 0,
    "draft": 1,
    "opened": 1,
    "sent": 2,
    "queued": 2,
    "pending": 3,
    "refused": 3,
}


class CommuneSurveyCampaign(models.Model):
    _name = "commune.survey.campaign"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.letter.document.mixin",
    ]
    _description = "Survey campaign"
    _order = "date_open desc, id desc"
    _readonly_reason = _lt("The steps of a campaign follow from its buttons.")
    _readonly_fields = frozenset(
        {"state", "date_open", "published_date", "publication", "notified_date"}
    )
    _values_at_creation = {"state": "draft"}

    name = fields.Char(required=True, tracking=True)
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, tracking=True)
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("survey_type", "in", ("survey", "custom"))],
    )
    previous_campaign_id = fields.Many2one(
        "commune.survey.campaign",
        string="Previous campaign",
        index="btree_not_null",
        ondelete="set null",
        domain="[('id', '!=', id), ('state', '!=', 'draft')]",
        help="The official answer of each commune to the same questions is proposed again.",
    )
    user_id = fields.Many2one(
        "res.users", string="Person in charge", default=lambda self: self.env.user, tracking=True
    )
    intro = fields.Text(string="Why we ask", help="Shown in the letter and on the portal.")
    date_open = fields.Date(string="Opened on", readonly=True, copy=False)
    date_end = fields.Date(
        string="Answers until",
        required=True,
        tracking=True,
        default=lambda self: self.env.company._get_today() + timedelta(days=DAYS_TO_ANSWER),
    )
    published_date = fields.Date(string="Published on", readonly=True, copy=False)

    # who is asked
    audience_ids = fields.Many2many(
        "commune.audience",
        string="Audiences",
        help="The communes of their members are asked, and these members receive the letter.",
    )
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_survey_campaign_place_rel",
        "campaign_id",
        "commune_id",
        string="Other communes",
        domain="[('is_commune', '=', True)]",
        help="Asked as well; those who act for them receive the letter.",
    )
    prepare_function_ids = fields.Many2many(
        "commune.function",
        "commune_survey_prepare_rel",
        "campaign_id",
        "function_id",
        string="May prepare the answer",
        domain="[('portal_role', '!=', False)]",
        help="Empty: every person of the commune who has access to the portal.",
    )
    validate_function_ids = fields.Many2many(
        "commune.function",
        "commune_survey_validate_rel",
        "campaign_id",
        "function_id",
        string="May validate the answer",
        domain="[('portal_role', '=', 'full')]",
        help="Empty: the mayor, the DGS, the town-hall secretary, and persons who act for the"
        " commune on the portal.",
    )

    # rules
    minimum_group = fields.Integer(
        string="Smallest group shown",
        default=3,
        help="Results of fewer communes than that are not shown, to anybody.",
    )
    reminder_days = fields.Integer(
        string="Days between reminders",
        default=7,
        help="A reminder leaves by itself after that many days without answer; 0: never.",
    )
    reminder_max = fields.Integer(string="Reminders at most", default=2)

    # follow-up
    target_ids = fields.One2many(
        "commune.survey.target",
        "campaign_id",
        string="Communes and their answers",
        copy=False,
    )
    action_ids = fields.One2many(
        "commune.survey.action", "campaign_id", string="You said, we did", copy=False
    )
    target_count = fields.Integer(string="Communes asked", compute="_compute_counts")
    pending_count = fields.Integer(string="Not written to", compute="_compute_counts")
    queued_count = fields.Integer(string="Letter not left yet", compute="_compute_counts")
    sent_count = fields.Integer(string="Letter sent", compute="_compute_counts")
    opened_count = fields.Integer(string="Letter opened", compute="_compute_counts")
    draft_count = fields.Integer(string="In preparation", compute="_compute_counts")
    done_count = fields.Integer(string="Answer validated", compute="_compute_counts")
    refused_count = fields.Integer(string="Refusals", compute="_compute_counts")
    missing_count = fields.Integer(string="Still missing", compute="_compute_counts")
    response_rate = fields.Float(
        compute="_compute_counts", help="Communes that answered, in % of those asked."
    )
    _minimum_check = models.Constraint(
        "CHECK(minimum_group >= 1)", "The smallest group shown is one commune or more."
    )
    _reminder_check = models.Constraint(
        "CHECK(reminder_days >= 0 AND reminder_max >= 0)",
        "Days and numbers of reminders cannot be negative.",
    )

    @api.depends("target_ids.state")
    def _compute_counts(self):
        counts = {}
        for campaign, state, count in self.env["commune.survey.target"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        ):
            counts[campaign.id, state] = count
        for campaign in self:
            for state in COUNTED:
                campaign[f"{state}_count"] = counts.get((campaign.id, state), 0)
            asked = sum(counts.get((campaign.id, state), 0) for state in COUNTED)
            campaign.target_count = asked
            campaign.missing_count = asked - campaign.done_count - campaign.refused_count
            campaign.response_rate = 100 * campaign.done_count / asked if asked else 0

    def copy(self, default=None):
        """The same survey another year: a copy of the questions, so that each year keeps its own,
        and last answers proposed again."""
        default = dict(default or {})
        copies = self.browse()
        for campaign in self:
            values = dict(default)
            if "survey_id" not in values:
                survey = campaign.sudo().survey_id
                copied = survey.copy({})
                copied.title = survey.title
                values["survey_id"] = copied.id
            values.setdefault("previous_campaign_id", campaign.id)
            copies |= super(CommuneSurveyCampaign, campaign).copy(values)
        return copies

    def copy_data(self, default=None):
        values_list = super().copy_data(default)
        for campaign, values in zip(self, values_list, strict=True):
            if "name" not in (default or {}):
                values["name"] = self.env._("%s (copy)", campaign.name)
        return values_list

    def _check_record_state(self, vals):
        if "minimum_group" in vals:
            self._check_minimum_group(vals["minimum_group"])
        if "survey_id" in vals and self.filtered(lambda c: c.state != "draft"):
            raise UserError(
                self.env._("The communes were asked: the questionnaire does not change.")
            )

    def _check_minimum_group(self, count):
        """What was promised to the communes that answered is not lowered afterwards."""
        if self.filtered(lambda c: c.state != "draft" and (count or 0) < c.minimum_group):
            raise UserError(
                self.env._(
                    "The communes were asked: the smallest group that is shown is not lowered."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        if self.filtered(lambda c: c.state != "draft"):
            raise UserError(
                self.env._("A campaign that was opened is kept, with the answers of the communes.")
            )

    # life

    def action_open(self):
        """Write to the communes: each has one answer to give."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("The campaign is already open."))
        self._check_last_day()
        campaign = self.sudo()  # nobody types who is asked, nor writes a personal link
        communes = campaign._get_asked_communes()
        if not communes:
            raise UserError(self.env._("Choose an audience or communes to ask."))
        campaign.survey_id._prepare_for_campaign()
        campaign.write({"state": "open", "date_open": self.env.company._get_today()})
        campaign._create_targets(communes)
        campaign._write_to(campaign.target_ids, "mail_template_survey")
        return display_opening(self.env, self._count_letters()[self.id].total())

    def action_close(self):
        self.check_access("write")
        self.sudo().filtered(lambda c: c.state == "open").state = "closed"

    def action_reopen(self):
        """More time: the last day must be moved first."""
        self.ensure_one()
        self.check_access("write")
        self._check_last_day()
        self.sudo().write({"state": "open", "published_date": False})

    def action_publish(self):
        """The communes asked see the results and what is done about them."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "closed":
            raise UserError(self.env._("Close the campaign before publishing its results."))
        self.sudo().write({"state": "published", "published_date": self.env.company._get_today()})

    def action_withdraw(self):
        """Take the results back from the portal."""
        self.check_access("write")
        self.sudo().filtered(lambda c: c.state == "published").write(
            {"state": "closed", "published_date": False}
        )

    def _check_last_day(self):
        if self.date_end < self.env.company._get_today():
            raise UserError(self.env._("The last day for the answers is over: choose a later one."))

    def _is_open(self):
        self.ensure_one()
        return self.state == "open" and self.date_end >= self.env.company._get_today()

    @api.model
    @when_used("surveys")
    @at_local_time
    def _cron_close(self):
        """The day after the last one, a campaign closes by itself."""
        self.search(
            [("state", "=", "open"), ("date_end", "<", self.env.company._get_today())]
        ).state = "closed"

    # lists behind the figures

    def action_open_targets(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_survey_target_action"
        )
        state = self.env.context.get("target_state")
        domain = [("campaign_id", "=", self.id)]
        if state == "missing":
            domain.append(("state", "not in", ("done", "refused")))
        elif state:
            domain.append(("state", "=", state))
        return dict(action, name=self.name, domain=domain, context={"create": False})

    # The map of the communes coloured by their answer to a campaign.

    def action_open_map(self):
        self.ensure_one()
        measure = f"survey_campaign_{self.id}"
        return open_action(self, "commune_map_action", params={"choices": {"measureCode": measure}})


class CommuneMap(models.AbstractModel):
    _inherit = "commune.map"

    def _get_map_measures(self, communes):
        measures = super()._get_map_measures(communes)
        if not self.env.company._uses("surveys"):
            return measures
        campaigns = self.env["commune.survey.campaign"].sudo()
        shown = campaigns.search([("state", "=", "open")])
        shown = shown or campaigns.search([("state", "!=", "draft")], limit=1)
        return [*measures, *(self._get_survey_measure(communes, campaign) for campaign in shown)]

    def _get_survey_measure(self, communes, campaign):
        """Progress of each commune's answer to a survey."""
        states = {target.commune_id.id: target.state for target in campaign.target_ids}
        labels = dict(
            self.env["commune.survey.target"]._fields["state"]._description_selection(self.env)
        )
        return MapMeasure(
            code=f"survey_campaign_{campaign.id}",
            label=self.env._("Survey: %s", campaign.name),
            definition=self.env._("Where the answer of each commune to this survey stands."),
            kind="categorical",
            palette="status",
            options=[(code, labels[code], colour) for code, colour in COLOURS.items()],
            values={commune_id: states.get(commune_id) for commune_id in communes.ids},
            none_label=self.env._("Not asked"),
        )
