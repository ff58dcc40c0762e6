"""The members of audiences: one pass over the mandates in force, whatever their number."""

from typing import NamedTuple

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
        """Members of the current audiences taken together, each person once.

        :return: dict: person (res.partner) -> mandates and posts (commune.mandate, empty for a
            person put in by hand) that make the person a member
        """
        together, every = {}, set()
        Mandate = self.env["commune.mandate"]
        for persons in self._get_members_by_audience().values():
            for person_id, mandates in persons.items():
                together[person_id] = together.get(person_id, Mandate) | mandates
                every.update(mandates._ids)
        partners = self.env["res.partner"].browse(sorted(together))
        return {partner: together[partner.id].with_prefetch(tuple(every)) for partner in partners}

    def _get_members_by_audience(self, partners=None):
        """The same for each audience, in a constant number of queries.

        :param partners: only these persons; everybody when it is not given
        :return: dict: audience -> dict: id of the person -> mandates
        """
        by_audience = self._get_held_by_audience(partners)
        Mandate = self.env["commune.mandate"]
        # Read the mandates of all persons together as soon as one person needs them.
        every = {
            one.id for found in by_audience.values() for held in found.values() for one in held
        }
        every = tuple(every)
        return {
            audience: {
                person: Mandate.browse(one.id for one in held).with_prefetch(every)
                for person, held in found.items()
            }
            for audience, found in by_audience.items()
        }

    def _get_held_by_audience(self, partners=None):
        """The same, as plain values.

        :return: dict: audience -> dict: id of the person -> list of Held
        """
        audiences = self.sudo()  # criteria and persons that the reader of a count may not open
        by_hand = {one: one.included_ids.filtered("active") for one in audiences}
        if partners is not None:
            by_hand = {audience: persons & partners for audience, persons in by_hand.items()}
        matched = audiences._match_mandates(partners)
        result = {}
        for audience, one in zip(self, audiences, strict=True):
            excluded = set(one.excluded_ids.ids)
            persons = {person: [] for person in by_hand[one].ids if person not in excluded}
            for held in matched[one]:
                if held.person not in excluded:
                    persons.setdefault(held.person, []).append(held)
            result[audience] = persons
        return result

    def _match_mandates(self, partners=None):
        """Called as superuser.

        :return: dict: audience -> list of the mandates (Held) in force that meet its criteria
        """
        criteria = {audience: audience._get_criteria() for audience in self}
        if not any(criteria.values()):
            return dict.fromkeys(self, ())
        domain = self._get_mandate_domain(criteria)
        if partners is not None:
            domain &= Domain("partner_id", "in", partners.ids)
        mandates = self._read_mandates(domain)
        places = self.env["res.partner"].browse({held.place for held in mandates})
        # One read for all the places: each is then matched with the audiences.
        places.fetch(["sector_id", "population", "is_commune"])
        return {
            audience: _select(mandates, places, wanted) if wanted else ()
            for audience, wanted in criteria.items()
        }

    @api.model
    def _read_mandates(self, domain):
        """Mandates as plain values (Held), in their order: there are thousands, looked at for each
        audience."""
        mandates = self.env["commune.mandate"]
        mandates.flush_model(MANDATE_FIELDS)
        query = mandates._search(domain, order=mandates._order)
        names = ["id", *MANDATE_FIELDS]
        columns = [mandates._field_to_sql(query.table, name, query) for name in names]
        return [Held(*row) for row in self.env.execute_query(query.select(*columns))]

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


class Held(NamedTuple):
    """A mandate or post, by the columns of MANDATE_FIELDS."""

    id: int
    person: int
    place: int
    function: int
    kind: str
    delegation: str | None

    def _has_word(self, words):
        delegation = " " + fold(self.delegation or "")
        return any(word in delegation for word in words)


def _select(mandates, places, wanted):
    """The mandates that meet all the criteria."""
    inside = {place.id for place in places if is_in_territory(place, wanted)}
    kind, functions, words = wanted["kind"], wanted["functions"], wanted["words"]
    return [
        held
        for held in mandates
        if (not kind or held.kind == kind)
        and (not functions or held.function in functions)
        and held.place in inside
        and (not words or held._has_word(words))
    ]


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
        members = self.env["commune.audience"].search(Domain.TRUE)._get_held_by_audience(self)
        for partner in self:
            partner.audience_ids = self.env["commune.audience"].union(
                *(audience for audience, persons in members.items() if partner.id in persons)
            )

    def _search_audience_ids(self, operator, value):
        """Members are computed when the search is made: an audience used in a stored filter is
        never out of date."""
        # Odoo asks for the groups of stored fields alone.
        self._check_field_access(self._fields["audience_ids"], "read")
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
