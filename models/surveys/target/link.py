"""The link of a person in a campaign: no account, nothing changes by opening it."""

import secrets

from markupsafe import escape

from odoo import api, fields, models

from ....engine.mail.failure import FINAL
from ...core.private_link import TOKEN_BYTES, find_by_token
from ...network.mailing.trace import BOUNCE


class CommuneSurveyLink(models.Model):
    _name = "commune.survey.link"
    _inherit = ["mail.thread", "commune.letter"]
    _description = "Person written to in a survey"
    _order = "target_id, id"

    target_id = fields.Many2one(
        "commune.survey.target",
        string="Commune asked",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    campaign_id = fields.Many2one(related="target_id.campaign_id", store=True, index=True)
    commune_id = fields.Many2one(related="target_id.commune_id")
    partner_id = fields.Many2one(
        "res.partner", string="Written to", required=True, readonly=True, index=True
    )
    sent_date = fields.Datetime(string="Last letter", readonly=True)
    opened_date = fields.Datetime(string="Opened on", readonly=True)
    bounced_email = fields.Char(string="Address that came back", readonly=True)
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    _pair_uniq = models.Constraint("UNIQUE(target_id, partner_id)", "This person is already asked.")
    _token_uniq = models.Constraint("UNIQUE(token)", "Two links cannot be the same.")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["token"] = secrets.token_urlsafe(TOKEN_BYTES)
        # A thread only for the letters that come back.
        return super(CommuneSurveyLink, self.with_context(mail_create_nosubscribe=True)).create(
            vals_list
        )

    @api.model
    def _find_by_token(self, token):
        """The link that still opens, as superuser; empty otherwise."""
        found = find_by_token(self, "token", token)
        return found if found and found._is_alive() else found.browse()

    def _is_alive(self):
        """The campaign is open or its results are there to be read, and the person still acts
        for the commune. Each step checks by itself that the campaign is open."""
        self.ensure_one()
        campaign = self.campaign_id
        readable = campaign._is_open() or campaign.state == "published"
        return readable and bool(self.target_id._get_rights(self.partner_id))

    def _mark_opened(self):
        """Mark the link as opened while the survey is open.

        Later, the reader opens the results: no sign about the letter that asked for an answer."""
        unread = self.filtered(lambda link: not link.opened_date and link.campaign_id._is_open())
        unread.opened_date = fields.Datetime.now()

    def _get_link(self):
        """Link written in the letter: see `commune.private.link`."""
        return self._get_link_place()

    def _get_secret_address(self, name, person, email):
        if name != "link" or person != self.partner_id:
            return ""
        return f"{self.get_base_url()}{self._get_path()}"

    def _get_path(self):
        """The page that opens; for the eyes of the person alone."""
        return f"/commune-survey/{self.token}"

    def _get_letter_person(self):
        return self.partner_id

    def _message_receive_bounce(self, email, partner):
        result = super()._message_receive_bounce(email, partner)
        for link in self.sudo():
            link._report_bounce(email or link.partner_id.email or "")
        return result

    def _get_letter_document(self):
        return self.campaign_id

    def _after_letters_sent(self, letters):
        for moment, same in letters.grouped("left_at").items():
            self.browse(same.mapped("res_id")).write({"sent_date": moment, "bounced_email": False})

    def _after_letters_failed(self, letters):
        for letter in letters.filtered(lambda one: one.reason in FINAL):
            link = self.browse(letter.res_id)
            link.bounced_email = letter.address or link.partner_id.email

    def _report_bounce(self, address):
        """The letter came back: somebody asks the town hall for the right address."""
        for link in self:
            link.bounced_email = address
            commune, campaign = link.commune_id, link.campaign_id
            known = commune.activity_ids.filtered(
                lambda a, address=address: (
                    a.activity_type_id == self.env.ref(BOUNCE) and address in (a.summary or "")
                )
            )
            if known:
                continue
            owner = campaign.user_id
            if not owner.active or owner.share:
                owner = self.env["res.users"]._get_organisation_manager()
            commune.activity_schedule(
                BOUNCE,
                user_id=owner.id,
                summary=self.env._(
                    "Address to check: %(name)s <%(email)s>",
                    name=link.partner_id.name,
                    email=address,
                ),
                note=escape(
                    self.env._(
                        "“%s” came back. Ask the town hall for the right address.", campaign.name
                    )
                ),
            )
