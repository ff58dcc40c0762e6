"""The members of audiences: one pass over the mandates in force, whatever their number."""

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.mail.addresses import fold
from ...territory.mandate.mandate import OPENING

MEMBER = [
    ("partner_id.active", "=", True),
    ("commune_id.active", "=", True),
    *OPENING,
    "|",
    ("commune_id.membership_date_end", "=", False),
    ("commune_id.membership_date_end", ">=", "today"),
]
MANDATE_FIELDS = ["partner_id", "commune_id", "function_id", "kind", "delegation"]


class CommuneAudience(models.Model):
    _inherit = "commune.audience"

    def _get_members(self):
        """Members of the audiences at hand taken together; a person stands in it once.

        :return: dict: person (res.partner) -> mandates and posts (commune.mandate, empty for a
            person put in by hand) that make the person a member
        """
        together = {}
        Mandate = self.env["commune.mandate"]
        for persons in self._get_members_by_audience().values():
            for person_id, mandates in persons.items():
                together[person_id] = together.get(person_id, Mandate) | mandates
        partners = self.env["res.partner"].browse(sorted(together))
        return {partner: together[partner.id] for partner in partners}

    def _get_members_by_audience(self, partners=None):
        """The same for each audience, in a constant number of queries.

        :param partners: only these persons; everybody when it is not given
        :return: dict: audience -> dict: id of the person -> mandates
        """
        by_hand = {audience: audience.sudo().included_ids.filtered("active") for audience in self}
        if partners is not None:
            by_hand = {audience: persons & partners for audience, persons in by_hand.items()}
        matched = self._match_mandates(partners)
        Mandate = self.env["commune.mandate"]
        result = {}
        for audience, included in by_hand.items():
            excluded = set(audience.sudo().excluded_ids.ids)
            persons = {person: [] for person in included.ids if person not in excluded}
            for mandate in matched[audience]:
                person = mandate.partner_id.id
                if person not in excluded:
                    persons.setdefault(person, []).append(mandate.id)
            result[audience] = {person: Mandate.browse(ids) for person, ids in persons.items()}
        return result

    def _match_mandates(self, partners=None):
        """:return: dict: audience -> list of the mandates in force that meet its criteria"""
        criteria = {audience: audience.sudo()._get_criteria() for audience in self}
        mandates = self.env["commune.mandate"].sudo()
        if any(criteria.values()):
            domain = self._get_mandate_domain(criteria)
            if partners is not None:
                domain &= Domain("partner_id", "in", partners.ids)
            mandates = mandates.search_fetch(domain, MANDATE_FIELDS)
        # One read for all the places, before the criteria are looked at one mandate at a time.
        mandates.commune_id.fetch(["sector_id", "population", "is_commune"])
        words = {mandate: " " + fold(mandate.delegation or "") for mandate in mandates}
        return {
            audience: [m for m in mandates if wanted and _meets(m, words[m], wanted)]
            for audience, wanted in criteria.items()
        }

    @api.model
    def _get_mandate_domain(self, criteria):
        """Domain on mandates: in force, and of a function that one of the criteria asks for."""
        domain = Domain(MEMBER)
        wanted = [c for c in criteria.values() if c]
        if all(c["functions"] for c in wanted):
            functions = set().union(*(c["functions"] for c in wanted))
            domain &= Domain("function_id", "in", list(functions))
        return domain

    def _get_criteria(self):
        """The criteria as sets; False when there is none: such an audience is made by hand."""
        self.ensure_one()
        words = [fold(word) for word in (self.delegation_words or "").split(",")]
        criteria = {
            "kind": self.kind if self.kind != "all" else "",
            "functions": set(self.function_ids.ids),
            "words": [f" {word}" for word in words if word],
            "places": set(self.commune_ids.ids),
            "sectors": set(self.sector_ids.ids),
            "population": (self.population_min, self.population_max),
        }
        asked = any(criteria[name] for name in criteria if name != "population")
        return criteria if asked or self.kind or any(criteria["population"]) else False


def _meets(mandate, words, wanted):
    """Whether a mandate meets all the criteria.

    :param words: the words of its delegation, folded, each after a space
    """
    if wanted["kind"] and mandate.kind != wanted["kind"]:
        return False
    if wanted["functions"] and mandate.function_id.id not in wanted["functions"]:
        return False
    if wanted["words"] and not any(word in words for word in wanted["words"]):
        return False
    return is_in_territory(mandate.commune_id, wanted)


def is_in_territory(place, wanted):
    if wanted["places"] or wanted["sectors"]:
        if place.id not in wanted["places"] and place.sector_id.id not in wanted["sectors"]:
            return False
    low, high = wanted["population"]
    if not (low or high):
        return True
    # An intercommunality is in no band: its population is that of all its communes.
    return bool(place.is_commune) and place.population >= low and not 0 < high < place.population


class ResPartner(models.Model):
    _inherit = "res.partner"

    audience_ids = fields.Many2many(
        "commune.audience",
        string="Audiences",
        compute="_compute_audience_ids",
        search="_search_audience_ids",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help="Audiences to which the person belongs today.",
    )
    audience_titles = fields.Char(
        string="Functions today",
        compute="_compute_audience_titles",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help="“Maire (Aubrive), conseillère communautaire”: what the person is today.",
    )

    def _compute_audience_ids(self):
        members = self.env["commune.audience"].search(Domain.TRUE)._get_members_by_audience()
        for partner in self:
            partner.audience_ids = self.env["commune.audience"].union(
                *(audience for audience, persons in members.items() if partner.id in persons)
            )

    def _search_audience_ids(self, operator, value):
        """Members are computed when the search is made: an audience used in a stored filter is
        never out of date."""
        audiences = self.env["commune.audience"].sudo()
        if operator == "ilike":
            operator, value = "in", audiences.search([("name", "ilike", value)]).ids
        if operator != "in":
            return NotImplemented
        if False in value:
            audiences = audiences.search(Domain.TRUE)
            named = audiences.browse([v for v in value if v]).exists()
            every = {p.id for p in audiences._get_members()} - {p.id for p in named._get_members()}
            return [("id", "not in", list(every))]
        found = audiences.browse(value).exists()._get_members()
        return [("id", "in", [partner.id for partner in found])]

    def _compute_audience_titles(self):
        mandates = self.env["commune.mandate"].search(
            Domain(MEMBER) & Domain("partner_id", "in", self.ids)
        )
        titles = {}
        for mandate in mandates:
            text = f"{mandate.title} ({mandate.commune_id.name})"
            titles.setdefault(mandate.partner_id.id, []).append(text)
        for partner in self:
            partner.audience_titles = ", ".join(titles.get(partner.id, []))
