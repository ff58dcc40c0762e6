"""The people of a request: who wrote it, who may write into it, who may be written to."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....engine.mail import domain_of, find_addresses, find_sender
from ...core.inside import is_inside
from ...core.window_actions import open_dialog
from ...territory.mandate.mandate import CURRENT, PORTAL_ACCESS
from ...territory.partner.selectable import raise_not_of_place
from ..confidential_places import HEADS
from ..sender.recognise import RECOGNITIONS
from ..stage import OPEN_KINDS

# What the commune writes or chooses, and the field that tells whether the staff still changes it.
FIXED = {
    "description": "is_question_fixed",
    "name": "is_title_fixed",
    "confidentiality": "is_confidentiality_fixed",
    "commune_file_ids": "is_title_fixed",
}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    sender_recognition = fields.Selection(
        RECOGNITIONS,
        string="Sender recognised by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    previous_request_id = fields.Many2one(
        "helpdesk.ticket",
        string="Follows",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The request closed long ago to which this message answered.",
    )
    bounced_email = fields.Char(
        string="Address that does not work",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The last message to this address came back.",
    )
    is_question_fixed = fields.Boolean(
        string="Question that stays as it is",
        compute="_compute_is_question_fixed",
        compute_sudo=True,
        groups="base.group_user",
        help="The commune wrote it, or an agent noted it and it has its answer.",
    )
    is_title_fixed = fields.Boolean(
        string="Title that stays as it is",
        compute="_compute_is_question_fixed",
        compute_sudo=True,
        groups="base.group_user",
        help="The commune wrote it.",
    )
    is_confidentiality_fixed = fields.Boolean(
        string="Confidentiality that stays as it is",
        compute="_compute_is_question_fixed",
        compute_sudo=True,
        groups="base.group_user",
        help="The commune chose it. A message chooses nothing: the staff may.",
    )

    @api.depends("create_uid", "sender_recognition", "stage_kind")
    def _compute_is_question_fixed(self):
        """What a commune asked, by the portal, the API or a message, is its own text; what an agent
        noted during a call is corrected until it has an answer."""
        for ticket in self:
            saved, filed = bool(ticket._origin), ticket.create_uid.share
            own = filed or ticket.sender_recognition not in (False, "staff")
            ticket.is_question_fixed = saved and (own or ticket.stage_kind not in OPEN_KINDS)
            ticket.is_title_fixed = saved and own
            ticket.is_confidentiality_fixed = saved and filed and not ticket.sender_recognition

    def _check_question(self, vals):
        """:raise AccessError: one of these values is no longer changed by the staff"""
        if self.env.su:
            return
        guards = [guard for name, guard in FIXED.items() if name in vals]
        if any(ticket[guard] for ticket in self for guard in guards):
            raise AccessError(
                self.env._(
                    "What the commune asked is not rewritten, its title and its choice of readers"
                    " included, nor a question that has its answer: write a message or an internal"
                    " note below it."
                )
            )

    def _check_requester(self, _vals):
        """The requester receives the answer: a user does not choose a person of another commune.

        Persons whom the directory does not know stay possible; what mail and the portal receive
        has its own rules.
        """
        if self.env.su:
            return
        for ticket in self._filter_managed().sudo():
            person = ticket.partner_id
            places = person.with_context(active_test=False).held_mandate_ids.commune_id
            if person.is_commune or person.is_epci:
                places |= person
            if ticket.commune_id and places and ticket.commune_id not in places:
                raise_not_of_place(person, ticket.commune_id)

    # who may be written to

    def _get_readers(self, partners):
        """Partners to whom a request may be sent: staff, the requester, and the persons and the
        town hall that its confidentiality allows.

        :param partners: as superuser
        """
        self.ensure_one()
        ticket = self.sudo()
        known = partners.filtered(lambda p: not p.partner_share)
        known |= partners & ticket.partner_id
        if ticket.confidentiality == "commune":
            known |= partners & ticket.commune_id
        rest = partners - known
        if rest and ticket.commune_id:
            access = Domain(PORTAL_ACCESS) & Domain("function_id.portal_role", "=", "full")
            known |= (
                ticket.env["commune.request.mail"]._get_mandates_of(ticket, rest, access).partner_id
            )
        return known

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Nobody follows a request that they may not see; being reminded is not following."""
        if is_inside(self.env, "request_reminder"):
            return True
        others = self - self._filter_managed()
        if others:
            super(HelpdeskTicket, others)._message_subscribe(partner_ids, subtype_ids, customer_ids)
        partners = self.env["res.partner"].browse(partner_ids or [])
        outside = partners.sudo().filtered("partner_share")
        inside = partners - outside
        for ticket in self - others:
            allowed = inside | (ticket._get_readers(outside) if outside else outside)
            if allowed:
                super(HelpdeskTicket, ticket)._message_subscribe(
                    allowed.ids, subtype_ids, customer_ids
                )
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """What is posted goes to followers who may still see the request, never to ourselves.

        Persons chosen one by one as recipients by an agent are written to all the same.
        """
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not found or not self._filter_managed():
            return found
        chosen = (msg_vals or {}).get("partner_ids") or message.sudo().partner_ids.ids
        outside = [data["id"] for data in found if data["id"] and data["share"]]
        records = self.sudo()  # any author writes to followers
        followers = records.env["res.partner"].browse(set(outside) - set(chosen))
        lost = set(followers.ids) - set(records._get_readers(followers).ids)
        lost |= set(records.company_id.partner_id.ids)
        addresses = [data["email_normalized"] for data in found if data["share"]]
        aliases = records.env["mail.alias.domain"]._find_aliases(addresses)
        kept = [
            data
            for data in found
            if data["id"] not in lost
            and (not data["share"] or data["email_normalized"] not in aliases)
        ]
        for data in kept:
            if data["share"]:
                data["lang"] = self._choose_lang(data["lang"])
        return kept

    # Senders that nobody recognised: attached to a commune by hand.

    def action_attach_sender(self):
        """Link the current requests to their commune and sender."""
        return open_dialog(
            self,
            "commune.request.attach.sender",
            self.env._("Attach to a commune"),
            default_ticket_ids=self.ids,
        )


class CommuneRequestMail(models.AbstractModel):
    _inherit = "commune.request.mail"

    @api.model
    def _get_channel(self, name):
        """The channel `web`, `email` or `phone` of helpdesk_mgmt."""
        xmlid = f"helpdesk_mgmt.helpdesk_ticket_channel_{name}"
        found = self.env.ref(xmlid, raise_if_not_found=False)
        return found or self.env["helpdesk.ticket.channel"]

    # who may write into a request

    def _is_authorised_sender(self, ticket, address, guessed=False):
        """Whether a message from this address is posted as the commune's on the request.

        Always for the requester and persons in copy. When the request belongs to the commune: its
        mandate and post holders and the addresses of the town hall. When it is confidential: the
        mayor and the head of administration alone.

        :param ticket: as superuser, as the gateway reads it
        :param guessed: nothing but its number leads to the request: a person of the commune whose
            portal would not show it may have tried any number
        """
        ticket.ensure_one()
        address = find_sender(address)
        partners = ticket.env["commune.sender.recognition"]._find_by_address(address)
        if partners & ticket.partner_id:
            return True
        if address and address in find_addresses(f"{ticket.partner_email} {ticket.email_cc}"):
            return True
        commune = ticket.commune_id
        if not commune or ticket.confidentiality == "perso":
            return False
        mandates = self._get_mandates_of(ticket, partners, Domain(CURRENT))
        if guessed and mandates:
            return "full" in mandates.function_id.mapped("portal_role")
        if mandates:
            return True
        if ticket.confidentiality != "commune":
            return False
        found = self.env["commune.sender.recognition"]._find_by_domain(domain_of(address))
        return commune in partners or found == commune

    def _get_mandates_of(self, ticket, partners, domain):
        """Mandates of persons in the commune of the request that open it to them.

        Called as superuser: every author has mandates of the commune counted.
        """
        domain &= Domain("commune_id", "=", ticket.commune_id.id)
        domain &= Domain("partner_id", "in", partners.ids) & Domain("active", "=", True)
        if ticket.confidentiality == "maire_dgs":
            domain &= Domain("function_id.code", "in", HEADS)
        elif ticket.confidentiality == "perso":
            return self.env["commune.mandate"]
        return self.env["commune.mandate"].search(domain)

    def _attach_sender(self, tickets, commune, partner):
        """Give requests their commune and their requester, then acknowledge them.

        The messages take the name of the person, and the owner is looked for again: the commune
        may have its own referent.
        """
        partner_email = partner.email_normalized
        self._sign_messages(tickets, partner)
        for ticket in tickets:
            ticket.write(
                {
                    "commune_id": commune.id,
                    "partner_id": partner.id,
                    "partner_name": partner.name,
                    "partner_email": ticket.partner_email or partner_email,
                    **self._prepare_attached_owner(ticket, commune),
                }
            )
        tickets.sudo().write({"is_unknown_sender": False, "sender_recognition": "attached"})
        self._acknowledge(tickets)

    def _prepare_attached_owner(self, ticket, commune):
        ticket.ensure_one()
        if not ticket.topic_id or ticket.stage_kind != "received":
            return {}
        owner = ticket.topic_id._get_owner(commune, ticket.team_id.id)
        return {"user_id": owner.id} if owner and owner != ticket.user_id else {}

    def _sign_messages(self, tickets, partner):
        """Messages that came by mail without a known author get one."""
        Message = self.env["mail.message"].sudo()
        messages = Message.search(
            [
                ("model", "=", tickets._name),
                ("res_id", "in", tickets.ids),
                ("message_type", "=", "email"),
                ("author_id", "=", False),
            ]
        )
        messages.author_id = partner
