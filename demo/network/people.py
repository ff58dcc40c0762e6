"""Persons of the demonstration: addresses, delegations and town-hall staff, all invented."""

import random

from odoo.fields import Domain

from ...engine.mail.addresses import fold
from ...engine.opendata.fictitious import FIRST_NAMES, LAST_NAMES
from ...models.territory.mandate.mandate import OPENING
from ..territory.accounts import QUIET

DELEGATIONS = {
    1: "Finances et administration générale",
    2: "Urbanisme et aménagement",
    3: "Voirie, travaux et bâtiments",
    4: "Enfance, écoles et jeunesse",
    5: "Transition écologique et cadre de vie",
    6: "Vie associative, culture et sports",
    7: "Action sociale et solidarités",
    8: "Sécurité et tranquillité publique",
    9: "Commerce, artisanat et marchés",
    10: "Mobilités et stationnement",
    11: "Logement et renouvellement urbain",
    12: "Patrimoine et tourisme",
    13: "Personnes âgées et handicap",
    14: "Numérique et relations avec les usagers",
    15: "Espaces verts et propreté",
    16: "Santé et prévention",
}
OTHER_DELEGATION = "Jumelages et cérémonies"
MOST_STAFF = 24
DGS_FROM = 3500  # inhabitants, in this demonstration; below, a secretary runs the town hall


class PeopleDemo:
    def _get_fictive_mandates(self, epci, *codes):
        """Mandates in office of invented persons in the communes; real persons are left alone."""
        domain = Domain(OPENING) & Domain("partner_id.is_fictitious", "=", True)
        domain &= Domain("commune_id", "in", epci._get_members().ids)
        if codes:
            domain &= Domain("function_id.code", "in", codes)
        return self.env["commune.mandate"].search(domain, order="commune_id, rank, id")

    def _complete_people(self, epci):
        """Add the data that the RNE lacks, such as e-mail addresses, which a network needs."""
        deputies = self._get_fictive_mandates(epci, "deputy_mayor")
        for rank, held in deputies.grouped("rank").items():
            held.delegation = DELEGATIONS.get(rank, OTHER_DELEGATION)
        reached = self._get_fictive_mandates(epci, "mayor") | deputies.filtered(
            lambda m: m.rank <= 2
        )
        for mandate in reached.filtered(lambda m: not m.partner_id.email):
            mandate.partner_id.email = self._invent_address(
                mandate.partner_id.firstname, mandate.partner_id.lastname, mandate.commune_id
            )
        # Every other mayor, and the staff below, agree to be known by their peers.
        agreeing = reached.filtered(lambda m: not m.rank).partner_id[::2]
        self.env["commune.portal.page"]._set_directory_consent(agreeing, True)
        self._create_staff(epci)

    def _invent_address(self, first_name, last_name, place):
        """`exemple.invalid` exists nowhere: nothing can be written to it (RFC 2606)."""
        name = ".".join(fold(part).replace(" ", "-") for part in (first_name, last_name))
        return f"{name}@{place.insee_code.lower()}.exemple.invalid"

    def _create_staff(self, epci):
        """A DGS or a secretary in communes of invented mayors where nobody is known."""
        known = self.env["commune.mandate"].search(
            Domain("function_id.code", "in", ("dgs", "town_hall_secretary")) & Domain(OPENING)
        )
        places = epci._get_members().sorted("population") - known.commune_id
        places = places.filtered(lambda place: place.mayor_id.is_fictitious)
        places = places[:: len(places) // MOST_STAFF + 1]
        rng = random.Random(epci.siren)
        people = []
        for rank, place in enumerate(places):
            civility = "mme" if rank % 4 else "m"
            first_name = rng.choice(FIRST_NAMES["F" if civility == "mme" else "M"])
            last_name = rng.choice(LAST_NAMES)
            people.append(
                {
                    "firstname": first_name,
                    "lastname": last_name,
                    "civility": civility,
                    "email": self._invent_address(first_name, last_name, place),
                    "lang": "fr_FR",
                    "is_fictitious": True,
                }
            )
        persons = self.env["res.partner"].with_context(**QUIET).create(people)
        for person, place in zip(persons, places, strict=True):
            code = "dgs" if place.population >= DGS_FROM else "town_hall_secretary"
            person.env["commune.portal.page"]._set_directory_consent(person, True)
            self._appoint(person, self.env["commune.function"]._by_code()[code], place)
