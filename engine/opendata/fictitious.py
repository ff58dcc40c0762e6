"""Invented elected officials, in the layout of the RNE, to try the product without its data.

The same seed gives the same persons. Sizes follow the law; names are drawn at random.
"""

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass

from ..law.council import members as council_size

DEPUTY_SHARE = 0.3  # of the council, at most: CGCT, article L2122-2
MAX_VICE_PRESIDENTS = 15  # CGCT, article L5211-10

LAST_NAMES = (
    "MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL"
    " LEFEBVRE LEROY ROUX DAVID BERTRAND MOREL FOURNIER GIRARD BONNET DUPONT LAMBERT FONTAINE"
    " ROUSSEAU VINCENT MULLER FAURE ANDRÉ MERCIER BLANC GUÉRIN BOYER GARNIER CHEVALIER FRANÇOIS"
    " LEGRAND GAUTHIER GARCIA PERRIN ROBIN CLÉMENT MORIN NICOLAS HENRY ROUSSEL MATHIEU GAUTIER"
    " MASSON MARCHAND DUVAL DENIS DUMONT MARIE LEMAIRE NOËL MEYER DUFOUR MEUNIER BRUN BLANCHARD"
    " GIRAUD JOLY RIVIÈRE LUCAS BRUNET GAILLARD BARBIER ARNAUD MARTINEZ GÉRARD ROCHE RENARD"
    " SCHMITT ROY LEROUX COLIN VIDAL CARON PICARD ROGER FABRE AUBERT LEMOINE RENAUD DUMAS LACROIX"
    " OLIVIER PHILIPPE BOURGEOIS PIERRE BENOÎT REY LECLERC PAYET ROLLAND LECLERCQ GUILLAUME"
    " D'ANGELO"
).split() + ["LE GOFF", "DE LA TOUR", "SAINT-MARTIN", "DUPONT-MOREL"]
FIRST_NAMES = {
    "F": (
        "Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Christine Sandrine Céline"
        " Véronique Sophie Nicole Patricia Stéphanie Aurélie Élodie Julie Hélène Claire Chloé"
        " Camille Léa Émilie Laëtitia Marie-Claude Anne-Sophie Jocelyne Agnès Fatima"
    ).split(),
    "M": (
        "Jean Philippe Michel Alain Patrick Nicolas Christophe Pierre Éric Frédéric Laurent"
        " Stéphane David Pascal Daniel Thierry Olivier Bruno Julien Thomas Jérôme François Gilles"
        " Sébastien Jean-Luc Jean-Marc Gérard André Karim Hugo"
    ).split(),
}
HEADERS = {
    "mayor": ["Code de la commune", "Libellé de la commune"],
    "community": ["N° SIREN", "Libellé de l'EPCI", "Code de la commune de rattachement"],
}
PERSON = ["Nom de l'élu", "Prénom de l'élu", "Code sexe", "Date de début du mandat"]
FUNCTION = ["Libellé de la fonction", "Date de début de la fonction"]
ELECTION, INSTALLATION, COMMUNITY = "2026-03-15", "2026-03-22", "2026-04-09"


@dataclass(frozen=True, slots=True)
class FictiveCommune:
    """Data of a commune for the generator."""

    insee_code: str
    name: str
    population: int


def _people(rng: random.Random, count: int) -> list[tuple[str, str, str]]:
    """Distinct persons (last name, first name, sex), women and men in turn."""
    people = []
    first = rng.randrange(2)
    while len(people) < count:
        sex = "FM"[(first + len(people)) % 2]
        person = (rng.choice(LAST_NAMES), rng.choice(FIRST_NAMES[sex]), sex)
        if person not in people:
            people.append(person)
    return people


def _municipal_rows(commune, people):
    """Rows of a council: the mayor, the deputies by rank, the other councillors."""
    deputies = int(len(people) * DEPUTY_SHARE)
    for index, person in enumerate(people):
        label = "Maire" if index == 0 else ""
        if 1 <= index <= deputies:
            label = "1er adjoint au Maire" if index == 1 else f"{index}ème adjoint au Maire"
        taken = INSTALLATION if label else ""
        yield [commune.insee_code, commune.name, *person, ELECTION, label, taken]


def _community_rows(communes, councils, siren, epci_name):
    """Two delegates for the larger half of the communes, one for the others."""
    ranking = sorted(communes, key=lambda c: -c.population)
    vice_presidents = min(MAX_VICE_PRESIDENTS, max(1, len(communes) // 3))
    for order, commune in enumerate(ranking):
        delegates = councils[commune.insee_code][: 2 if order < len(ranking) / 2 else 1]
        for index, person in enumerate(delegates):
            label = ""
            if index == 0 and order == 0:
                label = "Président du conseil communautaire"
            elif index == 0 and order <= vice_presidents:
                suffix = "er" if order == 1 else "eme"
                label = f"{order}{suffix} Vice-président du conseil communautaire"
            taken = COMMUNITY if label else ""
            yield [siren, epci_name, commune.insee_code, *person, ELECTION, label, taken]


def _csv(header, rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def files(
    communes: Iterable[FictiveCommune], siren: str, epci_name: str, seed: int = 2026
) -> list[tuple[str, bytes]]:
    """Files of municipal and community councillors for these communes, as (name, bytes)."""
    communes = sorted(communes, key=lambda c: c.insee_code)
    rng = random.Random(f"{seed}-{siren}")
    councils = {c.insee_code: _people(rng, council_size(c.population)) for c in communes}
    municipal = [row for c in communes for row in _municipal_rows(c, councils[c.insee_code])]
    community = list(_community_rows(communes, councils, siren, epci_name))
    return [
        (
            "fictifs-conseillers-municipaux.csv",
            _csv(HEADERS["mayor"] + PERSON + FUNCTION, municipal),
        ),
        (
            "fictifs-conseillers-communautaires.csv",
            _csv(HEADERS["community"] + PERSON + FUNCTION, community),
        ),
    ]
