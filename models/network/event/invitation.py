"""Invitations: a link of one's own, no account needed, from which one answers in one press."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, split_every

from ...core.display_notification import display_sent_notification
from ...core.mail_delivery.unwritten import describe_sending
from ...core.private_link import TOKEN_BYTES, find_by_token
from ...core.row_lock import lock_rows
from ...territory.mandate.mandate import LINKS
from .seat_allocation import COUNTED

_lt = LazyTranslate(__name__)

LETTER = "mail_template_event_invitation"
MOST_TOGETHER = 1000  # invitations kept in memory: a department has 16,000 elected persons
ANSWERS = [
    ("yes", "I am coming"),
    ("no", "I cannot come"),
    ("left", "I leave the waiting list"),
    ("other", "Somebody else is coming"),
]


class CommuneEventInvitation(models.Model):
    _name = "commune.event.invitation"
    _inherit = ["mail.thread", "commune.letter", "commune.readonly.fields.mixin"]
    _description = "Invitation to an event"
    _order = "event_id, commune_id, id"
    _readonly_reason = _lt("What was sent and answered is not written by hand.")
    _values_at_creation = {"event_id": None, "mandate_id": None}

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
        """Anyone who writes to the communes makes the links without being able to read them."""
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
        """Link written in the letter: see `commune.private.link`."""
        return self._get_link_place()

    def _get_secret_address(self, name, person, email):
        if name != "link" or person != self.partner_id:
            return ""
        return f"{self.get_base_url()}/event-invitation/{self.token}"

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_document(self):
        return self.event_id

    def _after_letters_sent(self, letters):
        for moment, same in letters.grouped("left_at").items():
            self.sudo().browse(same.mapped("res_id")).sent_date = moment

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
        :return: list of sentences: what became of each place, and of those given back
        """
        self.ensure_one()
        wanted = {"yes": self.mandate_id, "other": mandates}.get(answer) or self.mandate_id.browse()
        persons = wanted.partner_id
        own = self.env["event.registration"].search(
            [
                ("event_id", "=", self.event_id.id),
                "|",
                ("invitation_id", "=", self.id),
                ("attendee_partner_id", "=", self.partner_id.id),
            ]
        )
        if answer == "no" and self.partner_id in own.filtered("is_waiting").attendee_partner_id:
            answer = "left"
        self._log_answer(answer, wanted, self.partner_id)
        self.write({"answer": answer, "answered_date": fields.Datetime.now()})
        gone = own.filtered(lambda r: r.attendee_partner_id not in persons)
        sentences = gone._withdraw_with_messages(self.partner_id)
        places = self.event_id._register_persons(wanted, self.partner_id, self)
        sentences += self.event_id._describe_places(places, self.partner_id)
        return sentences or [self.env._("Thank you, you are excused.")]

    def _log_withdrawal(self, answer):
        """Log a “no” for a person who accepted by letter and cancelled elsewhere."""
        for invitation in self.filtered(lambda one: one.answer == "yes"):
            invitation._log_answer(answer)
            invitation.write({"answer": answer, "answered_date": fields.Datetime.now()})

    def _get_registration(self):
        """The line of the person, given back by him or her or not; empty when there is none."""
        return self.event_id.registration_ids.filtered(
            lambda r: r.attendee_partner_id == self.partner_id
        ).filtered_domain(COUNTED)

    def _log_answer(self, answer, wanted=(), author=None):
        labels = dict(self._fields["answer"]._description_selection(self.env))
        text = labels[answer]
        if answer == "other":
            text = f"{text} ({', '.join(wanted.partner_id.mapped('name'))})"
        if self.answer:
            text = self.env._(
                "%(before)s, replaced by: %(after)s", before=labels[self.answer], after=text
            )
        self._message_log(body=text, author_id=author and author.id)

    # Who is invited to an event, and the sending of the invitations.

    def _send_invitations(self):
        for event, invitations in self.grouped("event_id").items():
            invitations._send_letters(LETTER, event._make_ics_attachment(), may_wait=True)


class EventEvent(models.Model):
    _inherit = "event.event"

    audience_ids = fields.Many2many("commune.audience", string="Audiences")
    invited_ids = fields.Many2many(
        "res.partner",
        "commune_event_invited_rel",
        string="Also invited",
        domain="[('is_company', '=', False), ('held_mandate_ids', '!=', False)]",
        help="Persons invited by hand, beside the audiences.",
    )
    # The letter document reports the invitations.
    _sheet_kinds = ("event_invitation",)

    invitation_ids = fields.One2many("commune.event.invitation", "event_id", readonly=True)
    invitation_count = fields.Integer(compute="_compute_invitation_counts", compute_sudo=True)
    answer_count = fields.Integer(compute="_compute_invitation_counts", compute_sudo=True)

    def _compute_invitation_counts(self):
        counts = {
            event: (total, answered)
            for event, total, answered in self.env["commune.event.invitation"]._read_group(
                [("event_id", "in", self.ids)], ["event_id"], ["__count", "answer:count"]
            )
        }
        for event in self:
            event.invitation_count, event.answer_count = counts.get(event, (0, 0))

    def _get_invitable(self):
        """One mandate or post in force for each person of the audiences or invited by hand.

        :return: commune.mandate; that which opens most of the portal comes first
        """
        self.ensure_one()
        persons = self.invited_ids
        chosen = self.env["commune.mandate"]
        if self.audience_ids:
            members = self.audience_ids._get_members()
            chosen = chosen.union(*members.values())
            persons |= self.env["res.partner"].union(*members)
        mandates = self.env["commune.mandate"].search(
            Domain(LINKS) & Domain("partner_id", "in", persons.ids)
        )
        return self._pick_one_each(mandates, chosen)

    def _pick_one_each(self, mandates, preferred=()):
        """Of several mandates of a person: the one asked for, else the one that decides."""
        weights = {"full": 0, "limited": 1}
        ordered = mandates.sorted(
            lambda m: (
                m not in preferred,
                weights.get(m.function_id.portal_role, 2),
                m.function_sequence,
                m.id,
            )
        )
        first = {}
        for mandate in ordered:
            first.setdefault(mandate.partner_id, mandate)
        kept = {mandate.id for mandate in first.values()}
        return mandates.filtered(lambda mandate: mandate.id in kept)

    def _get_registrable(self, commune):
        """Mandates and posts in office in a commune, a person once, in the order of protocol."""
        return self._pick_one_each(commune.sudo()._get_current_mandates())

    def action_invite(self):
        """Invite anyone who is in an audience today and was not invited yet. Of two colleagues who
        press together, the second finds all of them invited."""
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        if not self._is_open_to_answers():
            raise UserError(self.env._("The event is over or called off: nobody is invited."))
        mandates = self._get_invitable()
        known = self.invitation_ids.partner_id
        fresh = mandates.filtered(lambda m: m.partner_id not in known)
        silent = fresh.filtered(lambda m: not m.partner_id.email_normalized)
        invitations = self.env["commune.event.invitation"]
        for mandate_ids in split_every(MOST_TOGETHER, (fresh - silent).ids):
            made = invitations.create(
                [{"event_id": self.id, "mandate_id": mandate_id} for mandate_id in mandate_ids]
            )
            made._send_invitations()
            invitations |= made
            self.env.invalidate_all()
        return self._describe_invited(invitations, silent)

    def action_invite_again(self):
        """Write again to those who have not answered and are still in office; to nobody twice on
        the same day."""
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        if not self._is_open_to_answers():
            raise UserError(self.env._("The event is over or called off: nobody is invited."))
        silent = self.invitation_ids.filtered(lambda i: not i.answer)
        silent = silent.filtered(lambda i: i.mandate_id.filtered_domain(LINKS))
        silent = silent._filter_unwritten(LETTER)
        silent._send_invitations()
        return self._describe_invited(silent, self.env["commune.mandate"])

    def _describe_invited(self, invitations, silent):
        count = len(invitations)
        message = self.env._("Invitations being sent: %s.", count)
        message = describe_sending(self.env, message, count)
        return display_sent_notification(message, silent.partner_id)
