"""Mail of the communes: a message becomes a request, a reply finds its own."""

import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, is_html_empty, parse_contact_from_email

from ....engine.mail import (
    clean_title,
    find_addresses,
    find_forwarded,
    find_numbers,
    find_sender,
    is_automatic,
    own_words,
    senders_of,
)
from ...core.inside import get_inside
from ..sender.recognise import DOUBT, Sender
from ..team_staffing import STAFF

_logger = logging.getLogger(__name__)
# What a machine answered: kept among staff, it moves nothing.
AUTOMATIC = "out_of_office"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # a new request

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        mail = self.env["commune.request.mail"]
        if not self._are_managed(custom_values or {}):
            return super().message_new(msg_dict, custom_values=custom_values)
        self.env["mail.thread"]._check_hands_in_mail()
        # An address that is written to gives a team or a topic, never a step.
        given = {
            name: value
            for name, value in (custom_values or {}).items()
            if value and not self._is_readonly_at_creation(name)
        }
        text = html2plaintext(msg_dict.get("body") or "")
        sender = mail._identify_sender(msg_dict, text)
        msg_dict["author_id"] = sender.partner.id or (
            msg_dict.get("author_id") if sender.how in ("staff", "unknown") else False
        )
        title = clean_title(msg_dict.get("subject")) or clean_title(own_words(text))
        cards = mail._orient_mail(title, own_words(text), sender.commune)
        values = mail._prepare_mail_values(msg_dict, title, sender)
        values.update(mail._prepare_mail_topic(cards, given))
        values["is_unknown_sender"] &= not values["commune_id"]
        if sender.how == "unproven":
            values.update(mail._prepare_unproven())
            msg_dict["cc"] = ""
        ticket = super().message_new(msg_dict, custom_values=values)
        self.env["commune.orientation.log"]._log(
            title, cards, origin="email", chosen=ticket.topic_id, ticket=ticket
        ).is_zero_result = not cards
        return ticket

    def _creation_subtype(self):
        """In the addon's words: helpdesk_mgmt's text says “ticket”."""
        if not self._filter_managed():
            return super()._creation_subtype()
        return self.env.ref("commune_relations.mail_message_subtype_request_received")

    # a reply

    def message_update(self, msg_dict, update_vals=None):
        """Mark as internal a message of a stranger to the commune, or of a reader without part in
        the request."""
        if not self._filter_managed():
            return super().message_update(msg_dict, update_vals=update_vals)
        self.env["mail.thread"]._check_hands_in_mail()
        self.ensure_one()
        partner = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        staff = self._is_spoken_for_by(partner)
        if not staff and not self.env["commune.request.mail"]._is_authorised_sender(
            self, msg_dict.get("email_from")
        ):
            msg_dict["is_internal"] = True
            # Persons whom a stranger puts in copy are not authorised senders either.
            return super().message_update({**msg_dict, "cc": ""}, update_vals=update_vals)
        return super().message_update(msg_dict, update_vals=update_vals)

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """A town hall may send many requests in a morning; a stranger may not."""
        others = super()._detect_loop_sender_domain(email_from_normalized)
        strangers = Domain("partner_email", "=", email_from_normalized) & Domain(
            "sender_recognition", "in", ("unknown", "unproven")
        )
        if not others:
            return strangers
        return strangers | (Domain(others) & Domain("is_commune_request", "=", False))


class CommuneRequestMail(models.AbstractModel):
    _name = "commune.request.mail"
    _description = "Messages by which requests arrive and are acknowledged"

    # the route of a message

    @api.model
    def _find_numbered_route(self, message, msg, model=None):
        """A reply whose references were lost, found by the number in its subject, as superuser.

        Only for authorised senders of that request who may also see it: who guesses a number
        creates a new request.
        """
        if msg.get("parent_id") or not self._is_for_us(msg, model):
            return []
        numbers = find_numbers(msg.get("subject"))
        managed = Domain("number", "in", numbers) & Domain("is_commune_request", "=", True)
        Ticket = self.env["helpdesk.ticket"]
        for ticket in Ticket.search(managed) if numbers else Ticket:
            if self._is_authorised_sender(ticket, msg.get("email_from"), guessed=True):
                user = self.env["mail.thread"]._mail_find_user_for_gateway(msg["email_from"])
                route = (
                    self.env["helpdesk.ticket"]._name,
                    ticket.id,
                    None,
                    user.id or self.env.uid,
                    None,
                )
                return [] if self._find_sender_doubt(message, msg, [route]) else [route]
        return []

    @api.model
    def _is_for_us(self, msg, model):
        """Whether a message is sent to a team, or to the address of all replies."""
        if model == self.env["helpdesk.ticket"]._name:
            return True
        addresses = find_addresses(msg.get("recipients"))
        names = [address.partition("@")[2] for address in addresses]
        domains = self.env["mail.alias.domain"].search([("name", "in", names)])
        if set(addresses) & set(domains.mapped("catchall_email")):
            return True
        local = Domain("alias_incoming_local", "=", True) & Domain(
            "alias_name", "in", [address.partition("@")[0] for address in addresses]
        )
        aliases = Domain("alias_model_id.model", "=", self.env["helpdesk.ticket"]._name)
        aliases &= local | Domain("alias_full_name", "in", addresses)
        return bool(self.env["mail.alias"].search_count(aliases, limit=1))

    @api.model
    def _is_sent_to_organisation(self, msg):
        """Whether a person of a commune, or staff, writes only to the reply address of the
        organisation's companies; Odoo bounces what strangers write there."""
        env = self.sudo().env  # the gateway reads no company, nor who has an address
        written = find_addresses(msg.get("recipients"))
        names = [address.partition("@")[2] for address in written]
        domains = env["mail.alias.domain"].search([("name", "in", names)])
        found = domains.filtered(lambda one: one.catchall_email in written).company_ids
        if not found or not set(found.ids) <= set(found._get_organisation_ids()):
            return False
        recognition = env["commune.sender.recognition"]
        sender = recognition._recognise_sender(msg.get("email_from"))
        if sender.how != "staff":
            return sender.how != "unknown"
        users = recognition._find_by_address(sender.address).user_ids
        return any(user.has_groups(STAFF) for user in users)

    @api.model
    def _get_desk_route(self, msg):
        user = self.env["mail.thread"]._mail_find_user_for_gateway(msg["email_from"])
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        return (
            self.env["helpdesk.ticket"]._name,
            0,
            {"team_id": desk.id},
            user.id or self.env.uid,
            None,
        )

    @api.model
    def _is_our_route(self, route):
        """Whether a message on this route posts on a commune request, or creates one."""
        if route[0] != self.env["helpdesk.ticket"]._name:
            return False
        if route[1]:
            return bool(self.env["helpdesk.ticket"].browse(route[1]).exists()._filter_managed())
        return self.env["helpdesk.ticket"]._are_managed(route[2] or {})

    @api.model
    def _sort_routes(self, message, msg, routes):
        """One message makes one request at most; machines and ourselves make none.

        Called as superuser, as what it calls.
        """
        managed = [route for route in routes or [] if self._is_our_route(route)]
        if not managed:
            return routes
        others = [route for route in routes if route not in managed]
        senders = {*senders_of(message), *find_addresses(msg.get("email_from"))}
        if self.env["mail.alias.domain"]._find_aliases(list(senders)):
            _logger.info("Mail %s comes from one of our own aliases", msg["message_id"])
            return others
        automatic = is_automatic(message)
        doubt = self._find_sender_doubt(message, msg, managed)
        if doubt:  # nothing is done in the name of the user whose address it is
            managed = [(*route[:3], self.env.uid, route[4]) for route in managed]
        reply = next((route for route in managed if route[1]), None)
        if reply:
            return [*others, self._sort_reply(msg, reply, automatic, doubt)]
        if automatic:
            _logger.info("Mail %s was written by a machine: no request", msg["message_id"])
            return others
        desk = self.env["helpdesk.ticket.team"]._get_desk().id
        managed.sort(key=lambda route: (route[2] or {}).get("team_id") in (desk, None))
        return [*others, managed[0]]

    @api.model
    def _sort_reply(self, msg, route, automatic, doubt=""):
        """Where a reply goes: to the request that the other one duplicates, unless that one is
        cancelled; to a new request when the former one was closed long ago, unless its sender is
        not confirmed."""
        ticket = self.env["helpdesk.ticket"].browse(route[1])
        if ticket.duplicate_id.stage_kind != "cancelled":
            ticket = ticket.duplicate_id or ticket
        if automatic:
            msg.update(message_type=AUTOMATIC, is_internal=True, parent_id=False)
        elif (
            not doubt
            and not ticket._can_reopen()
            and self._is_authorised_sender(ticket, msg.get("email_from"))
        ):
            values = {
                "team_id": ticket.team_id.id,
                "topic_id": ticket.topic_id.id,
                "commune_id": ticket.commune_id.id,
                "previous_request_id": ticket.id,
                "confidentiality": ticket.confidentiality,
            }
            return (self.env["helpdesk.ticket"]._name, 0, values, route[3], None)
        return (self.env["helpdesk.ticket"]._name, ticket.id, None, route[3], route[4])

    @api.model
    def _identify_sender(self, msg, text):
        """Who asks: the author, or the one whose message an agent forwards."""
        name, address = parse_contact_from_email(msg.get("email_from"))
        address = find_sender(msg.get("email_from")) or address
        words = " ".join(
            filter(None, [msg.get("subject"), text[:2000], msg.get("to"), msg.get("cc")])
        )
        Partner = self.env["res.partner"]
        if get_inside(self.env, DOUBT):
            return Sender(address, name, "unproven", Partner, Partner)
        recognition = self.env["commune.sender.recognition"]
        sender = recognition._recognise_sender(address, name, words)
        if sender.how == "staff":
            name, address = find_forwarded(text)
            if address:
                return recognition._recognise_sender(address, name, words)
        return sender

    @api.model
    def _prepare_mail_values(self, msg, title, sender):
        body = msg.get("body") or ""
        if is_html_empty(body):
            body = self.env._("(Message without text)")
        return {
            "name": title or self.env._("Request received by e-mail"),
            "description": body,
            "channel_id": self._get_channel("email").id,
            "commune_id": sender.commune.id,
            "partner_id": sender.partner.id,
            "partner_name": sender.partner.name or sender.name or sender.address,
            "partner_email": sender.address,
            "is_unknown_sender": not sender.commune and sender.how != "several",
            "sender_recognition": sender.how,
        }

    @api.model
    def _orient_mail(self, title, words, commune):
        """The subject alone when it is clear; with the first words of the text otherwise."""
        Topic = self.env["commune.topic"]
        cards = Topic.orient(title, commune)
        if cards and cards[0]["clear"]:
            return cards
        return Topic.orient(f"{title}\n{words}", commune) or cards

    @api.model
    def _prepare_mail_topic(self, cards, given):
        """A clear topic sends the request to its team, unless it was sent to another team than
        the desk; when it is not clear, the desk chooses."""
        desk = self.env["helpdesk.ticket.team"]._get_desk().id
        values = {**given, "suggested_topic_id": cards[0]["topic_id"] if cards else False}
        if cards and cards[0]["clear"] and not given.get("topic_id"):
            values["topic_id"] = cards[0]["topic_id"]
            if given.get("team_id") == desk:
                values.pop("team_id")
        return values
