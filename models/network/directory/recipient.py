"""Who is asked to confirm the contact data of a commune, by a link of one's own."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ...core.private_link import TOKEN_BYTES, find_by_token
from ...core.text_limits import LENGTHS

_lt = LazyTranslate(__name__)

CHURCH_ANSWERS = {"church_yes": "yes", "church_no": "no"}


class CommuneDirectoryRecipient(models.Model):
    _name = "commune.directory.recipient"
    _inherit = ["commune.letter", "commune.readonly.fields.mixin"]
    _description = "Person asked in a directory campaign"
    _order = "campaign_id, commune_id, id"
    _readonly_reason = _lt("The answer of a commune is not written by hand.")
    _readonly_fields = frozenset({"answered_date", "correction"})

    campaign_id = fields.Many2one(
        "commune.directory.campaign", required=True, readonly=True, index=True, ondelete="cascade"
    )
    commune_id = fields.Many2one("res.partner", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Written to", required=True, readonly=True, index=True
    )
    answered_date = fields.Datetime(string="Answered on", readonly=True)
    correction = fields.Text(readonly=True)
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    _pair_uniq = models.Constraint(
        "UNIQUE(campaign_id, commune_id, partner_id)", "This person is already asked."
    )
    _token_uniq = models.Constraint("UNIQUE(token)", "Two links cannot be the same.")

    @api.model_create_multi
    def create(self, vals_list):
        """Anyone who writes to the communes makes the links without being able to read them."""
        recipients = super().create(vals_list)
        for recipient in recipients.sudo():
            recipient.token = secrets.token_urlsafe(TOKEN_BYTES)
        return recipients

    @api.model
    def _find_by_token(self, token):
        """The recipient of a link that still opens, as superuser; empty otherwise."""
        found = find_by_token(self, "token", token)
        return found if found and found._can_answer() else found.browse()

    def _can_answer(self):
        """The campaign is open, and the person still acts for the commune."""
        self.ensure_one()
        campaign = self.campaign_id
        if campaign.state != "open" or campaign.date_end < self.env.company._get_today():
            return False
        if self.partner_id == self.commune_id:
            return True
        return self.commune_id._get_portal_role(self.partner_id) == "full"

    def _get_link(self):
        """Link written in the letter: see `commune.private.link`."""
        return self._get_link_place()

    def _get_secret_address(self, name, person, email):
        if name != "link" or person != self.partner_id:
            return ""
        return f"{self.get_base_url()}/directory-campaign/{self.token}"

    def _get_letter_document(self):
        return self.campaign_id

    def _get_letter_person(self):
        return self.partner_id

    def _take_answer(self, answer, correction):
        """Record the form's answer, for the current user.

        :param answer: `right` or `wrong`, as typed; `church_yes` or `church_no`: Good Friday
        :return: False for an empty answer
        :raise AccessError: the campaign is over, or the person does not act for the commune
        """
        if not self._can_answer():
            raise AccessError(self.env._("This campaign does not take your answer any more."))
        if answer == "right":
            self._confirm()
        elif answer == "wrong" and isinstance(correction, str) and correction.strip():
            self._correct(correction)
        elif answer in CHURCH_ANSWERS and self.commune_id._asks_good_friday():
            self.commune_id._set_good_friday(CHURCH_ANSWERS[answer], self.partner_id)
        else:
            return False
        return True

    def _confirm(self):
        """All is right: the commune confirms its contact data."""
        self.ensure_one()
        self.commune_id._confirm_contact(self.partner_id)
        self.write({"correction": False, "answered_date": fields.Datetime.now()})

    def _correct(self, text):
        """Something is wrong: an agent reads it and corrects the directory."""
        self.ensure_one()
        text = text.strip()[: LENGTHS["correction"]]
        self.write({"correction": text, "answered_date": fields.Datetime.now()})
        self.env["commune.portal.colleague"]._ask_staff(
            self.commune_id,
            "partner_directory",
            self.partner_id.name,
            self.env._("Correct the directory: %s", self.commune_id.name),
            self.env._("%(person)s writes: %(text)s", person=self.partner_id.name, text=text),
        )
