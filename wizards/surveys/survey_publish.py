"""Wizard: publish results and notify the communes, after a preview of letter and recipients."""

from lxml import html

from odoo import api, fields, models

from ...models.core.display_notification import CLOSE, display_notification
from ...models.core.mail_delivery.unwritten import describe_sending
from ...models.surveys.campaign.letter import TEMPLATES


class CommuneSurveyPublish(models.TransientModel):
    _name = "commune.survey.publish"
    _description = "Publish the results of a survey and write to the communes"

    campaign_id = fields.Many2one(
        "commune.survey.campaign", required=True, readonly=True, ondelete="cascade"
    )
    campaign_state = fields.Selection(related="campaign_id.state")
    # Kept as it was shown: the user who presses after somebody else is informed.
    kind = fields.Char(compute="_compute_kind", store=True, readonly=False)
    person_count = fields.Integer(string="Persons to write to", compute="_compute_letter")
    commune_count = fields.Integer(string="Their communes", compute="_compute_letter")
    unreached_ids = fields.Many2many(
        "res.partner",
        string="Communes without anybody to write to",
        compute="_compute_letter",
        help="No person with access to the portal and an address who accepts it.",
    )
    nothing_shown = fields.Boolean(compute="_compute_nothing_shown")
    preview = fields.Html(compute="_compute_letter", sanitize=False)

    @api.depends("campaign_id")
    def _compute_kind(self):
        for wizard in self:
            campaign = wizard.campaign_id
            closed = campaign.state == "closed"
            wizard.kind = "results" if closed else campaign._get_kind_to_notify()

    @api.depends("campaign_id", "kind")
    def _compute_letter(self):
        for wizard in self:
            campaign, kind = wizard.campaign_id.sudo(), wizard.kind
            actions = wizard._get_actions()
            about = actions if kind == "actions" else None
            recipients = campaign._get_persons_to_notify(about) if kind else {}
            reached = campaign.target_ids.browse().union(*recipients.values()).commune_id
            wizard.person_count = len(recipients)
            wizard.commune_count = len(reached)
            wizard.unreached_ids = campaign._get_communes_to_notify(about) - reached
            wizard.preview = wizard._render_letter(recipients, actions) if recipients else False

    @api.depends("campaign_id")
    def _compute_nothing_shown(self):
        """With fewer answers than the smallest group, the page would show no figure at all."""
        for wizard in self:
            campaign = wizard.campaign_id
            wizard.nothing_shown = campaign.done_count < campaign.minimum_group

    def _get_actions(self):
        """Actions listed in the letter; before publication, all those already written."""
        campaign = self.campaign_id.sudo()
        if campaign.state == "published":
            return campaign._get_unnotified_actions()
        return campaign.action_ids.filtered(lambda a: not a.notified_date)

    def _render_letter(self, recipients, actions):
        """Preview of the letter to the first recipient; nothing is stored or sent."""
        Notice = self.env["commune.survey.notice"].sudo()
        person, targets = next(iter(recipients.items()))
        campaign = self.campaign_id.sudo()
        notice = Notice.new(Notice._prepare_notice(campaign, self.kind, person, targets, actions))
        lang = notice._get_letter_lang()
        letter = self.env.ref(f"commune_relations.{TEMPLATES[self.kind]}").sudo()
        body = html.fragment_fromstring(letter.with_context(lang=lang).body_html, "div")
        values = {"object": notice.with_context(lang=lang), "ctx": {}}
        return self.env["ir.qweb"].with_context(lang=lang)._render(body, values)

    def action_publish_and_write(self):
        """Publish and notify; after a concurrent publication the letter is still sent, once."""
        self.ensure_one()
        if self.campaign_id.state == "closed":
            self.campaign_id.action_publish()
        notices = self.campaign_id._notify_communes(self.kind)
        message = self.env._("Persons written to: %s.", len(notices))
        message = describe_sending(self.env, message, len(notices))
        return display_notification(message, following=CLOSE)

    def action_publish_only(self):
        self.ensure_one()
        self.campaign_id.action_publish()
        return {"type": "ir.actions.act_window_close"}
