"""Who writes: from an e-mail address to a person and a commune."""

from dataclasses import dataclass

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.mail import (
    domain_of,
    find_addresses,
    fold,
    host_of,
    is_public,
    names_in,
    parents_of,
)
from ...territory.mandate.mandate import CURRENT

RECOGNITIONS = [
    ("person", "The person’s address"),
    ("town_hall", "The town hall’s address"),
    ("domain", "The town hall’s domain"),
    ("several", "Known in several communes: to choose"),
    ("staff", "Written by an agent: commune to choose"),
    ("unknown", "Not recognised"),
    ("unproven", "Not confirmed"),
    ("attached", "Attached by an agent"),
]
# Key of the context in which a message that the mail relay does not confirm is taken in.
DOUBT = "request_sender_doubt"


@dataclass(frozen=True)
class Sender:
    """What is known of the author of a message; `commune` and `partner` may be empty."""

    address: str
    name: str
    how: str
    commune: models.BaseModel
    partner: models.BaseModel


class ResPartner(models.Model):
    _inherit = "res.partner"

    known_email_ids = fields.One2many(
        "commune.known.email",
        "partner_id",
        string="Known addresses",
        groups="base.group_user",
        help="Addresses from which this town hall or this person also writes.",
    )


class CommuneSenderRecognition(models.AbstractModel):
    _name = "commune.sender.recognition"
    _description = "Who writes, by the address of a message"

    @api.model
    def _recognise_sender(self, address, name="", words=""):
        """The person and the commune behind an address, as superuser.

        In this order: a person who holds a mandate or a post today, the address of a town hall,
        a domain that is one commune's alone. A choice between several communes is made by the
        one that is named in the message, else left to an agent.

        :param name: name that goes with the address
        :param words: subject and text of the message
        :return: Sender
        """
        self = self.sudo()
        address = next(iter(find_addresses(address)), "")
        found = self._find_by_address(address)
        mandates = self.env["commune.mandate"].search(
            Domain("partner_id", "in", found.filtered(lambda p: not p.is_company).ids)
            & Domain(CURRENT)
        )
        halls = found.filtered(lambda p: p.is_commune or p.is_epci)
        if mandates:
            commune = mandates._get_named_place(words, halls)
            person = mandates._get_named_person(name, commune, halls)
            return Sender(address, name, "person" if commune else "several", commune, person)
        if halls:
            commune = halls if len(halls) == 1 else self._get_named(halls, words)
            return Sender(address, name, "town_hall" if commune else "several", commune, commune)
        return self._recognise_other(address, name, found)

    @api.model
    def _recognise_other(self, address, name, found):
        """A sender who is neither a person in office nor a town hall.

        :param found: partners who have the address: an agent, somebody whose mandate ended…
        """
        commune = self._find_by_domain(domain_of(address))
        if commune:
            return Sender(address, name, "domain", commune, self.env["res.partner"])
        staff = found.filtered(lambda p: any(not user.share for user in p.user_ids))
        how = "staff" if staff else "unknown"
        other = self.env["res.partner"] if staff or len(found) != 1 else found
        return Sender(address, name, how, self.env["res.partner"], other)

    @api.model
    def _find_by_address(self, address):
        """Partners that have an address, alone or among others, on their sheet or known beside."""
        if not address:
            return self.env["res.partner"]
        partners = self.env["res.partner"].search([("email", "ilike", address)])
        partners = partners.filtered(lambda p: address in find_addresses(p.email))
        known = self.env["commune.known.email"].search([("value", "=", address)])
        return partners | known.partner_id.filtered("active")

    @api.model
    def _find_by_domain(self, domain):
        """The commune to which a domain belongs, when it is one commune's alone."""
        others = self.env["commune.known.email"]._get_other_public_domains()
        if not domain or is_public(domain, others):
            return self.env["res.partner"]
        for parent in parents_of(domain):
            known = self.env["commune.known.email"].search([("value", "=", parent)])
            communes = known.partner_id | self.env["res.partner"].search(
                Domain("is_commune", "=", True)
                & (Domain("email", "ilike", f"@{parent}") | Domain("website", "ilike", parent))
            )
            communes = communes.filtered(
                lambda c, d=parent, k=known.partner_id: (
                    c.active and (c in k or self._has_domain(c, d))
                )
            )
            if communes:
                return communes if len(communes) == 1 else self.env["res.partner"]
        return self.env["res.partner"]

    def _has_domain(self, place, domain):
        """Whether the website or an address of the sheet is in this very domain."""
        place.ensure_one()
        domains = {domain_of(address) for address in find_addresses(place.email)}
        return domain in domains | {host_of(place.website)}

    def _get_named(self, places, words):
        """The only one of these places that a text names; empty otherwise."""
        found = names_in(words, places.mapped("name"))
        named = places.filtered(lambda p: p.name in found)
        return named if len(named) == 1 else places.browse()


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _get_named_place(self, words, halls):
        """The commune of these mandates: the only one, else the one named in a text.

        Who sits in a commune and in the intercommunality writes for the commune.

        :param halls: places whose town hall has the address too: they come first
        """
        places = self.commune_id.filtered("is_commune") or self.commune_id
        if len(places & halls) == 1:
            return places & halls
        if len(places) == 1:
            return places
        return self.env["commune.sender.recognition"]._get_named(places, words)

    def _get_named_person(self, name, commune, halls):
        """Who writes from an address that several persons share: the one who is named, else
        the town hall if the address is its own."""
        persons = self.partner_id
        if commune:
            persons = self.filtered(lambda m: m.commune_id == commune).partner_id
        if len(persons) == 1:
            return persons
        words = set(fold(name).split())
        named = persons.filtered(lambda p: words and set(fold(p.name).split()) == words)
        return named if len(named) == 1 else commune & halls
