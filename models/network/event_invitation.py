"""Invitations: a link of one's own, no account needed, from which one answers in one press."""

import secrets

from odoo import api, fields, models

from ..core.private_link import TOKEN_BYTES, find_by_token
from ..territory.mandate import LINKS

ANSWERS = [
    ("yes", "I am coming"),
    ("no", "I cannot come"),
    ("other", "Somebody else is coming"),
]


class CommuneEventInvitation(models.Model):
    _name = "commune.event.invitation"
    _inherit = ["mail.thread", "commune.letter"]
    _description = "Invitation to an event"
    _order = "event_id, commune_id, id"

    event_id = fields.Many2one(
        "event.event", required=True, readonly=True, index=True, ondelete="cascade"
    )
    mandate_id = fields.Many2one(
        "commune.mandate",
        string="Mandate or post",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="mandate_id.partner_id", string="Person", store=True, index=True
    )
    commune_id = fields.Many2one(
        related="mandate_id.commune_id", string="Commune", store=True, index=True
    )
    email = fields.Char(related="partner_id.email")
    answer = fields.Selection(ANSWERS, readonly=True)
    sent_date = fields.Datetime(string="Sent on", readonly=True)
    answered_date = fields.Datetime(string="Answered on", readonly=True)
    registration_ids = fields.One2many("event.registration", "invitation_id", readonly=True)
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _person_uniq = models.Constraint(
        "UNIQUE(event_id, partner_id)", "This person is already invited to this event."
    )
    _token_uniq = models.Constraint("UNIQUE(token)", "Two links cannot be the same.")

    @api.depends("partner_id", "event_id")
    def _compute_display_name(self):
        for invitation in self:
            invitation.display_name = (
                f"{invitation.partner_id.name or ''} – {invitation.event_id.name or ''}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever writes to the communes makes the links without being able to read them."""
        invitations = super().create(vals_list)
        for invitation in invitations.sudo():
            invitation.token = secrets.token_urlsafe(TOKEN_BYTES)
        return invitations

    # the link

    @api.model
    def _find_by_token(self, token):
        """The invitation of a link that still opens, as superuser; empty otherwise.

        A link dies with the event, and with the mandate of the person or its access.
        """
        found = find_by_token(self, "token", token)
        alive = found and found.event_id._is_open_to_answers()
        return found if alive and found.mandate_id.filtered_domain(LINKS) else found.browse()

    def _get_link(self):
        """What stands in the letter: see `commune.private.link`."""
        return self._get_link_place()

    def _get_secret_address(self, name, person, email):
        if name != "link" or person != self.partner_id:
            return ""
        return f"{self.get_base_url()}/event-invitation/{self.token}"

    def _get_letter_person(self):
        return self.partner_id

    # answers

    def _can_send_others(self):
        """Those who act in the name of the commune may send somebody else."""
        self.ensure_one()
        return self.commune_id._get_portal_role(self.partner_id) == "full"

    def _get_colleagues(self):
        """Mandates and posts of the commune that may be registered instead, a person once."""
        self.ensure_one()
        return self.event_id._get_registrable(self.commune_id) - self.mandate_id

    def _answer(self, answer, mandates=None):
        """Take the answer; it replaces the one before, which stays in the history.

        :param mandates: with `other`, who comes instead
        :return: list of Place
        """
        self.ensure_one()
        wanted = {"yes": self.mandate_id, "other": mandates}.get(answer) or self.mandate_id.browse()
        self._log_answer(answer, wanted)
        self.write({"answer": answer, "answered_date": fields.Datetime.now()})
        persons = wanted.partner_id
        own = self.env["event.registration"].search(
            [
                ("event_id", "=", self.event_id.id),
                "|",
                ("invitation_id", "=", self.id),
                ("attendee_partner_id", "=", self.partner_id.id),
            ]
        )
        own.filtered(lambda r: r.attendee_partner_id not in persons)._withdraw()
        return self.event_id._register_persons(wanted, self.partner_id, self)

    def _log_answer(self, answer, wanted):
        labels = dict(self._fields["answer"]._description_selection(self.env))
        said = labels[answer]
        if answer == "other":
            said = f"{said} ({', '.join(wanted.partner_id.mapped('name'))})"
        if self.answer:
            said = self.env._(
                "%(before)s, replaced by: %(after)s", before=labels[self.answer], after=said
            )
        self._message_log(body=said, author_id=self.partner_id.id)
