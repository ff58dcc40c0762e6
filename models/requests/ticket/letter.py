"""Letters of a request: recipients, sender, wording."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...territory.mandate.mandate import PORTAL_ACCESS

RATES = {"rate-1": 1, "rate-3": 3, "rate-5": 5}


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "commune.letter", "commune.letter.document.mixin"]

    def _get_letter_recipients(self):
        """Who is written to: the requester, and the town hall in copy unless the request is
        confidential. Called as superuser.

        :return: pair (partners, list of addresses of those who are no partner); empty tuple when
            there is nobody
        """
        partners, addresses = self._get_requester_addresses()
        hall = self.commune_id.filtered("email_normalized")
        known = {*partners.mapped("email_normalized"), *addresses}
        if self.confidentiality == "commune" and hall.email_normalized not in known:
            partners |= hall
        return (partners, addresses) if partners or addresses else ()

    def _get_requester_addresses(self):
        """The requester, or those who follow in office, as in `_get_letter_recipients`."""
        self.ensure_one()
        mail = self.env["commune.request.mail"]
        gone = mail._has_requester_left(self)
        partners = self.partner_id.filtered("email_normalized")
        if gone:
            partners = mail._get_successors(self).filtered("email_normalized")
        addresses = []
        if not partners and not self.is_unknown_sender and not gone:
            addresses = [email_normalize(self.partner_email)] if self.partner_email else []
        return partners, [address for address in addresses if address]

    def _get_letter_sender(self):
        self.ensure_one()
        return self.company_id._get_organisation_sender(self.team_id)

    def _get_letter_person(self):
        return self.partner_id

    def _get_greeted_person(self):
        """Nobody by name once the requester has left: others read the letter."""
        person = super()._get_greeted_person()
        gone = self.env["commune.request.mail"]._has_requester_left(self)
        return person.browse() if gone else person

    # wording of the letters

    def _get_letter_owner(self):
        """Who follows the request: `Claire Martin (Pôle voirie), 03 87 00 00 00`, or the desk, its
        telephone and its address. A request that is followed with another one has its owner."""
        ticket = self.duplicate_id or self
        person = self.env["commune.request.portal"]._get_portal_person(ticket)
        name = person["name"]
        if person["user_id"]:
            name = f"{name} ({ticket.team_id._get_shown_team().name})"
        return ", ".join(filter(None, [name, ticket._get_letter_phone(), person["email"]]))

    def _get_letter_phone(self):
        """Number of the owner, or of the organisation; it is not cut at the end of a line."""
        phone = self.env["commune.request.portal"]._get_portal_person(self)["phone"] or ""
        return phone.replace(" ", "\N{NO-BREAK SPACE}")

    def _get_letter_date(self, day):
        return self._format_date(day)

    def _get_letter_url(self):
        return f"{self.get_base_url()}/my/requests/{self.id}"

    def _get_letter_rating_url(self, rate):
        """Link of the letter for a one-press opinion: see `commune.private.link`.

        :param rate: 1, 3 or 5
        """
        return self._get_link_place(f"rate-{rate}")

    def _rating_get_access_token(self, partner=None):
        """Odoo gives it to any reader of the request, by any template; only the person rated may
        have it."""
        if not self.env.su and self.commune_id:
            raise AccessError(self.env._("The opinion of a commune is for nobody else to give."))
        return super()._rating_get_access_token(partner)

    def _get_secret_address(self, name, person, email):
        """The opinion of those who are written to about the request."""
        partners, addresses = self._get_letter_recipients() or (self.env["res.partner"], [])
        known = person in partners if person else email_normalize(email) in addresses
        rate = RATES.get(name)
        if not known or not rate:
            return ""
        return f"{self.get_base_url()}/rate/{self._rating_get_access_token()}/{rate}"

    def _get_letter_outside(self):
        """Sentences, one a line, on whom to ask when another body is competent."""
        return list(filter(None, [self._get_outside_sentence(), self.topic_id.outside_note]))


class CommuneRequestMail(models.AbstractModel):
    _inherit = "commune.request.mail"

    def _has_requester_left(self, ticket):
        """Whether the requester has held mandates in the commune and none opens it any more:
        what follows is for those who are in office."""
        held = (
            self.env["commune.mandate"]
            .with_context(active_test=False)
            .search(
                [
                    ("partner_id", "=", ticket.partner_id.id),
                    ("commune_id", "=", ticket.commune_id.id),
                ]
            )
        )
        today = self.env.company._get_today()
        return bool(held) and all(
            not m.active or m.portal_blocked or (m.date_end and m.date_end <= today) for m in held
        )

    def _get_successors(self, ticket):
        """Those who act for the commune today, when the request is not the requester's alone."""
        if ticket.confidentiality == "perso":
            return self.env["res.partner"]
        return (
            self.env["commune.mandate"]
            .search(
                Domain(PORTAL_ACCESS)
                & Domain("commune_id", "=", ticket.commune_id.id)
                & Domain("function_id.portal_role", "=", "full")
            )
            .partner_id
        )

    def _get_office_url(self, ticket):
        """Page of the request for staff."""
        return f"{ticket.get_base_url()}/odoo/commune-requests/{ticket.id}"
