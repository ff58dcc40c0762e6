"""Matching of the lines of the source with known persons.

Nothing but names, places and terms of office is compared: when they do not decide, the user
does.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ..text import words
from .merge import TERM_GAP
from .names import name_key, same_first_name
from .persons import Group, Person, how_matched


def recognise(groups: list[Group], persons: Iterable[Person], today: date) -> None:
    """Find the known person of each group: sets `person`, or `doubt` and `candidates`.

    Within a term, names are compared without accents, hyphens and second first names; from one
    term to the next, only the same spelling is the same person.
    """
    by_name = defaultdict(list)
    for person in persons:
        by_name[name_key(person.last_name)].append(person)
    claims: dict[int, list[tuple[tuple, Group]]] = defaultdict(list)
    for group in groups:
        namesakes = by_name[name_key(group.rows[0].last_name)]
        scored = [
            (score, person) for person in namesakes if (score := _score(group, person, today))
        ]
        best = min((score for score, _person in scored), default=None)
        found = [person for score, person in scored if score == best]
        if len(found) > 1 or group.is_homonym:
            group.doubt = "homonyms" if group.is_homonym else "same_name"
            group.candidates = tuple(found)
        elif found and not (_same_spelling(group, found[0]) or _same_term(group, found[0])):
            # Bruno of the former council may be Bruno Gérald of this one, or his cousin.
            group.candidates = (found[0],)
        elif found:
            group.person = found[0]
            claims[found[0].partner_id].append((best, group))
        else:
            _look_elsewhere(group, namesakes)
    for claim in claims.values():
        _settle(claim)


def _same_spelling(group: Group, person: Person) -> bool:
    """Whether a line writes both names as they are known."""
    return any(how_matched(row, person) == "exact" for row in group.rows)


def _same_term(group: Group, person: Person) -> bool:
    """Whether the lines and a known mandate began together: one council, one person.

    An unknown date does not distinguish two terms.
    """
    starts = [known.date_start for known in person.mandates]
    return any(
        row.date_start is None or start is None or abs(row.date_start - start) <= TERM_GAP
        for row in group.rows
        for start in starts
    )


def _score(group: Group, person: Person, today: date) -> tuple[int, int, int] | None:
    """Distance of a known person from a group, the lowest is best; None: another person."""
    distance = group.name_distance(person)
    if distance is None:
        return None
    commune = group.commune
    places = {commune} | group.sirens if commune else group.sirens
    if commune in person.communes or (not commune and person.epcis & group.sirens):
        circle = 1
    elif not person.communes or not commune:
        # Known at the intercommunality without a commune, or the other way round.
        circle, places = 2, person.epcis | person.communes
    else:
        return None
    return circle, distance, 0 if person.runs_at(places, today) else 1


def _look_elsewhere(group: Group, namesakes: list[Person]) -> None:
    """A delegate whom his commune does not know may be the namesake of another commune."""
    if any(not row.siren for row in group.rows):
        return
    found = tuple(person for person in namesakes if group.name_distance(person) == 0)
    if found:
        group.doubt, group.candidates = "other_commune", found


def _settle(claim: list[tuple[tuple, Group]]) -> None:
    """When several groups mean the same known person, the closest one is right, if it is alone."""
    if len(claim) == 1:
        return

    def rank(item: tuple[tuple, Group]) -> tuple:
        score, group = item
        return (*score, not group.sirens & group.person.epcis)

    ranks = [rank(item) for item in claim]
    alone = ranks.count(min(ranks)) == 1
    person = claim[0][1].person
    for item_rank, (_score, group) in zip(ranks, claim, strict=True):
        closest = item_rank == min(ranks)
        if closest and alone:
            continue
        group.person, group.candidates = None, (person,)
        if closest:
            group.doubt = "same_name"


def similar(group: Group, persons: Iterable[Person], today: date) -> tuple[Person, ...]:
    """Persons of the commune with the same first name and part of the last name: a married name."""
    names = {word for word in words(group.rows[0].last_name) if len(word) > 2}
    return tuple(
        person
        for person in persons
        if group.commune in person.communes
        and person.runs_at({group.commune}, today)
        and any(same_first_name(row.first_name, person.first_name) for row in group.rows)
        and names & set(words(person.last_name))
    )
