"""Identity of persons: lines of the source that are one person, and the person already known.

Nothing but names and places is compared: when they do not decide, the user does.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .diff_model import Known
from .model import MandateRow
from .names import clean, compatible_first_names, name_key, same_first_name


@dataclass(slots=True)
class Person:
    """A person of the database with all the current mandates."""

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
        if any(row.has_namesake for row in self.rows):
            return True
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
        partners = [other for other in groups if other is not group and _can_join(group, other)]
        if len(partners) == 1 and sum(_can_join(partners[0], other) for other in groups) == 1:
            partners[0].rows += group.rows
            groups.remove(group)


def _can_join(left: Group, right: Group) -> bool:
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
