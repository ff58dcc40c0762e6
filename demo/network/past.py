"""Demonstration events and letters of the 24 months before those of the other files."""

import csv
import random
from datetime import timedelta

from odoo import fields
from odoo.tools import file_open

from ..territory.past import MONTH, MONTHS
from .letters import LETTERS

# kind, name, hours, cost, audience, topic, what it is about: one a month, again and again
PAST_EVENTS = (
    (
        "training",
        "Les marchés publics pas à pas",
        (9, 12),
        900,
        "audience_dgs_secretaries",
        "JUR-MAR",
        "Seuils, publicité, avenants : un marché de la commune suivi du besoin à la réception.",
    ),
    (
        "information",
        "Fonds de concours : la nouvelle campagne",
        (14, 16),
        0,
        "audience_dgs_secretaries",
        "FIN-FDC",
        "Qui peut demander, pour quoi, avec quelles pièces.",
    ),
    (
        "encounter",
        "Rencontre de secteur",
        (18, 20),
        0,
        "audience_mayors",
        "GOU-CMM",
        "Les dossiers du secteur, une commune après l’autre.",
    ),
    (
        "information",
        "Viabilité hivernale : qui fait quoi",
        (10, 12),
        0,
        "audience_deputy_mayors",
        "VOI-HIV",
        "Circuits, priorités, numéro d’astreinte.",
    ),
    (
        "visit",
        "Visite de la station d’épuration",
        (9.5, 12),
        0,
        "audience_deputy_mayors",
        "EAU-ASS",
        "Le chemin de l’eau, du regard à la rivière.",
    ),
    (
        "training",
        "Bien accueillir à la mairie",
        (9, 17),
        1400,
        "audience_dgs_secretaries",
        "RH-MUT",
        "Écouter, orienter, apaiser : mises en situation.",
    ),
    (
        "information",
        "Urbanisme : ce qui change au PLUi",
        (14, 16.5),
        0,
        "audience_urbanism",
        "URB-PLA",
        "La modification en cours, zone par zone.",
    ),
)
LETTERS_EVERY = 2  # months
SUBJECTS = (
    "La lettre aux communes : travaux et subventions",
    "La lettre aux communes : eau, déchets, mobilités",
    "La lettre aux communes : ce que décide la conférence des maires",
    "La lettre aux communes : vos rendez-vous du trimestre",
)


class PastNetworkDemo:
    def _create_past_network(self, epci, place, body):
        rng = random.Random(f"{epci.siren} events")
        for month in range(MONTHS, 1, -1):
            kind, name, (start, end), cost, audience, topic, note = PAST_EVENTS[
                month % len(PAST_EVENTS)
            ]
            row = {
                "days": -MONTH * month - rng.randint(0, 20),
                "kind": kind,
                "name": name,
                "start": start,
                "end": end,
                "seats": "0",
                "quota": 0,
                "scope": "invited",
                "cost": cost,
                "audience": audience,
                "topic": topic,
                "note": note,
            }
            event = self._create_event(row, place, body)
            self._hold_past_event(rng, event, epci, month)

    def _hold_past_event(self, rng, event, epci, month):
        """Those who registered, more of them in the last year, and who came; a person of each
        commune at most."""
        talking = self._get_talking_communes(epci)
        mandates = event._get_invitable().filtered(
            lambda m: m.partner_id.is_fictitious and m.commune_id in talking
        )
        firsts = [found[0] for found in mandates.grouped("commune_id").values()]
        share = 0.28 if month > MONTHS / 2 else 0.4
        chosen = [one for one in firsts if rng.random() < share]
        registrations = self._take_places(event, chosen)
        came = registrations.filtered(lambda _one: rng.random() < 0.82)
        slots = event.half_day_ids.sorted()
        self.env["commune.event.attendance"].create(
            [
                {
                    "registration_id": one.id,
                    "half_day_id": slot.id,
                    "state": "present" if one in came else "absent",
                }
                for one in registrations
                for slot in slots
            ]
        )
        self._end_event(event, came)
        if event.kind == "training":
            came._number_certificates()

    def _post_past_letters(self):
        """A letter every other month, read by more and more persons."""
        with file_open(LETTERS, "r") as file:
            rows = csv.DictReader(file, delimiter=";")
            row = next(row for row in rows if row["step"] == "sent")
        row["audience"] = "audience_mayors"
        months = range(MONTHS, 1, -LETTERS_EVERY)
        for rank, month in enumerate(months):
            letter = self._write_letter({**row, "subject": SUBJECTS[rank % len(SUBJECTS)]})
            self._post_letter(letter, MONTH * month, shift=len(months) - rank)
            self._set_created({letter: fields.Datetime.now() - timedelta(days=MONTH * month)})
