"""Compare a load of the RNE with what is known, before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from .council import Council
from .diff_model import Difference, Known
from .functions import family
from .lines import Lines, values_of
from .missing_mandates import Absences
from .model import MandateRow
from .persons import Group, Person, group_rows, known_persons, runs
from .recognise import recognise, similar
from .terms import Extent

__all__ = ["Difference", "Known", "compare"]


def compare(
    rows: Iterable[MandateRow],
    known: Iterable[Known],
    communes_expected: Collection[str],
    epci_expected: Collection[str],
    covered: Mapping[str, Collection[str]],
    today: date,
) -> list[Difference]:
    """One difference per line of the source, then those for what the source lacks.

    Applying the selected differences and comparing again gives only `unchanged` lines, besides
    those that are left to the user.

    :param rows, covered: what the reader returned (`RneResult`)
    :param known: every elected mandate of the database, ended or not, in the expected places
    :param communes_expected, epci_expected: codes of the places that the load should cover
    """
    rows, persons = list(rows), known_persons(known)
    running = [known for person in persons for known in person.mandates if runs(known, today)]
    extent = Extent(rows, running, covered)
    groups = group_rows(rows)
    recognise(groups, persons, today)
    _suggest(groups, persons, today)
    found, seen = _compare_groups(groups, extent, today)
    absences = Absences(extent, rows, communes_expected, epci_expected, today)
    found += absences.ended(persons, groups, seen)
    found += absences.incomplete(running)
    return _ordered(found, rows)


def _compare_groups(
    groups: list[Group], extent: Extent, today: date
) -> tuple[list[Difference], set[int]]:
    """Differences of the lines, and identifiers of the known mandates that they account for."""
    found, seen, disputed = [], set(), _disputed(groups)
    for group in groups:
        if group.doubt:
            found += _doubtful(group, today, disputed)
        else:
            found += _certain(group, extent, today, seen)
    return found, seen


def _certain(group: Group, extent: Extent, today: date, seen: set[int]) -> Iterator[Difference]:
    councils = defaultdict(list)
    for row in group.rows:
        councils[row.place, family(row.function)].append(row)
    for rows in councils.values():
        council = Council(extent, group, rows, today)
        seen.update(mandate.mandate_id for mandate in council.running)
        yield from council.differences()


def _disputed(groups: Iterable[Group]) -> set[int]:
    """Known persons whom several groups of lines may mean."""
    doubtful = (person.partner_id for group in groups if group.doubt for person in group.candidates)
    return {partner_id for partner_id, count in Counter(doubtful).items() if count > 1}


def _doubtful(group: Group, today: date, disputed: set[int]) -> Iterator[Difference]:
    """Lines of a person who may be one or another: unchanged when each has its own mandate."""
    candidates = [person for person in group.candidates if person.partner_id not in disputed]
    alike = Counter(_mandate(row) for row in group.rows)
    taken: Counter = Counter()
    for number, row in enumerate(group.rows, 1):
        key = _mandate(row)
        found = _holders(row, candidates, today)
        if found and len(found) == alike[key]:
            group.person, mandate = found[taken[key]]
            taken[key] += 1
            yield Lines(group, row.place).line(row, "unchanged", "same", [mandate])
            group.person = None
        else:
            yield _to_choose(group, row, number)


def _to_choose(group: Group, row: MandateRow, number: int) -> Difference:
    line = Lines(group, row.place).line(
        row,
        "ambiguous",
        group.doubt,
        candidates=tuple(person.partner_id for person in group.candidates),
        action="create",
        values=values_of(row, row.date_start or row.function_date),
    )
    # Homonyms are as many persons as lines.
    return replace(line, person_key=f"{group.key}#{number}") if group.is_homonym else line


def _mandate(row: MandateRow) -> tuple:
    return row.place, row.function, row.rank, row.date_start


def _holders(
    row: MandateRow, candidates: Iterable[Person], today: date
) -> list[tuple[Person, Known]]:
    """Candidates who already hold the very mandate of a line."""
    return [
        (person, known)
        for person in candidates
        for known in person.mandates
        if runs(known, today)
        and (known.place, known.function, known.rank) == (row.place, row.function, row.rank)
        and known.date_start in (row.date_start, row.function_date)
    ]


def _suggest(groups: list[Group], persons: list[Person], today: date) -> None:
    """Pair a new person with close names of the commune that left the source."""
    recognised = {group.person.partner_id for group in groups if group.person}
    absent = [person for person in persons if person.partner_id not in recognised]
    for group in groups:
        if group.person is None and not group.doubt and not group.candidates:
            group.candidates = similar(group, absent, today)


def _ordered(found: list[Difference], rows: list[MandateRow]) -> list[Difference]:
    """By place, then in the order of the source, then what it lacks."""
    order = {id(row): index for index, row in enumerate(rows)}
    last = len(rows)
    return sorted(
        found,
        key=lambda line: (
            line.place,
            order[id(line.row)] if line.row else last,
            line.change == "incomplete",
        ),
    )
