"""Who is who: lines of the source that are one person, and the person already known.

Nothing but names and places is compared: when they do not decide, the user does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .diff_model import Known
from .model import MandateRow
from .names import clean, compatible_first_names, name_key, same_first_name, words

# Councils of communes and of their intercommunality begin within weeks of each other.
SAME_TERM_DAYS = 60


@dataclass(slots=True)
class Person:
    """A person of the database with all the mandates at hand."""

    partner_id: int
    last_name: str
    first_name: str
    mandates: list[Known] = field(default_factory=list)

    @property
    def communes(self) -> set[str]:
        """Communes where the person has or had a mandate."""
        return {known.place for known in self.mandates if len(known.place) == 5}

    @property
    def epcis(self) -> set[str]:
        """Intercommunalities where the person has or had a mandate."""
        return {known.place for known in self.mandates if len(known.place) == 9}

    def runs_at(self, places: set[str], today: date) -> bool:
        """Whether a mandate in one of the places is not over."""
        return any(known.place in places and runs(known, today) for known in self.mandates)


@dataclass(slots=True)
class Group:
    """Lines of the source about one person, in one commune.

    person: who it is, None when unknown. candidates: who it may be. doubt: reason code when the
    user has to choose.
    """

    commune: str
    rows: list[MandateRow]
    person: Person | None = None
    candidates: tuple[Person, ...] = ()
    doubt: str = ""

    @property
    def key(self) -> str:
        """Stable name of a person who is not known yet."""
        row = self.rows[0]
        names = f"{name_key(row.last_name)}:{name_key(row.first_name)}"
        return f"new:{self.commune or row.siren}:{names}"

    @property
    def sirens(self) -> set[str]:
        """Intercommunalities of the lines."""
        return {row.siren for row in self.rows if row.siren}

    @property
    def is_homonym(self) -> bool:
        """Whether one file names the person twice for the same thing: they are two persons."""
        same = Counter((row.file, row.kind, row.place, row.function) for row in self.rows)
        return max(same.values()) > 1

    def name_distance(self, person: Person) -> int | None:
        """0: same names; 1: one has more first names; None: other names."""
        if name_key(self.rows[0].last_name) != name_key(person.last_name):
            return None
        names = {row.first_name for row in self.rows}
        if any(same_first_name(name, person.first_name) for name in names):
            return 0
        return 1 if any(compatible_first_names(name, person.first_name) for name in names) else None


def runs(known: Known, today: date) -> bool:
    """Whether a mandate is current or future."""
    return known.date_end is None or known.date_end >= today


def how_matched(row: MandateRow, person: Person) -> str:
    """`exact`, `spelling` or `first_name` (see `Difference.match`)."""
    names = [(row.last_name, person.last_name), (row.first_name, person.first_name)]
    if all(clean(left).casefold() == clean(right).casefold() for left, right in names):
        return "exact"
    return "spelling" if same_first_name(row.first_name, person.first_name) else "first_name"


def known_persons(known: Iterable[Known]) -> list[Person]:
    """The persons who hold or held the mandates."""
    persons: dict[int, Person] = {}
    for mandate in known:
        person = persons.get(mandate.partner_id)
        if person is None:
            person = Person(mandate.partner_id, mandate.last_name, mandate.first_name)
            persons[mandate.partner_id] = person
        person.mandates.append(mandate)
    return list(persons.values())


def group_rows(rows: Iterable[MandateRow]) -> list[Group]:
    """Put together the lines about one person, across files."""
    buckets: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for row in rows:
        groups = buckets[row.insee_code, name_key(row.last_name)]
        for group in groups:
            if same_first_name(group.rows[0].first_name, row.first_name):
                group.rows.append(row)
                break
        else:
            groups.append(Group(row.insee_code, [row]))
    for groups in buckets.values():
        _join_first_names(groups)
    _attach(buckets)
    return [group for groups in buckets.values() for group in groups]


def _join_first_names(groups: list[Group]) -> None:
    """Bruno of one file is Bruno Gérald of another; one file does not write a name in two ways."""
    for group in list(groups):
        partners = [other for other in groups if other is not group and _may_join(group, other)]
        if len(partners) == 1 and sum(_may_join(partners[0], other) for other in groups) == 1:
            partners[0].rows += group.rows
            groups.remove(group)


def _may_join(left: Group, right: Group) -> bool:
    names = left.rows[0].first_name, right.rows[0].first_name
    if left is right or not compatible_first_names(*names):
        return False
    files = [{(row.file, row.kind) for row in group.rows} for group in (left, right)]
    return files[0].isdisjoint(files[1])


def _attach(buckets: dict[tuple[str, str], list[Group]]) -> None:
    """Delegates without their commune join the only councillor of that name, if there is one."""
    by_name = defaultdict(list)
    for (commune, name), groups in buckets.items():
        if commune:
            by_name[name] += groups
    for (commune, name), groups in buckets.items():
        for group in list(groups) if not commune else ():
            first = group.rows[0].first_name
            same = [
                other for other in by_name[name] if same_first_name(other.rows[0].first_name, first)
            ]
            if len(same) == 1:
                same[0].rows += group.rows
                groups.remove(group)


def recognise(groups: list[Group], persons: Iterable[Person], today: date) -> None:
    """Find the known person of each group: sets `person`, or `doubt` and `candidates`."""
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
    """Whether the lines and a known mandate began together: one council, one person."""
    starts = [known.date_start for known in person.mandates if known.date_start]
    return any(
        row.date_start and abs((row.date_start - start).days) <= SAME_TERM_DAYS
        for row in group.rows
        for start in starts
    )


def _score(group: Group, person: Person, today: date) -> tuple[int, int, int] | None:
    """How far a known person is from a group, the lowest being the best; None: not this person."""
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
