"""Merge of the lines and files that describe one mandate."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from .functions import PLAIN
from .model import MandateRow
from .names import name_key

# Two start dates further from each other than this belong to two terms of office.
TERM_GAP = timedelta(days=60)


def merge(rows: Iterable[MandateRow]) -> list[MandateRow]:
    """Rows in their order, without those that repeat another.

    The same function of the same person at the same place in two files is one mandate, the
    newest; a plain councillor's line is left out when the same term has a function.
    Two lines of the *same* file with the same name and function are two persons: both stay.
    """
    rows = list(rows)
    groups = defaultdict(list)
    for row in rows:
        groups[row.place, name_key(row.last_name), name_key(row.first_name)].append(row)
    kept = set()
    for group in groups.values():
        if len(group) > 1:
            group = reduce(group)
        kept.update(map(id, group))
    return [row for row in rows if id(row) in kept]


def count_members(rows: Iterable[MandateRow]) -> dict[str, int]:
    """Number of persons in the files of municipal councillors, by commune.

    Counted on the rows as read: a mayor is in two files and `merge` keeps one line. Homonyms of one
    file are several persons; several functions are one.

    :return: {INSEE code: persons}
    """
    lines = defaultdict(Counter)
    for row in rows:
        if row.kind == "municipal":
            person = row.insee_code, name_key(row.last_name), name_key(row.first_name)
            lines[person][row.file, row.function] += 1
    members = Counter()
    for (commune, _last, _first), counts in lines.items():
        members[commune] += max(counts.values())
    return dict(members)


def reduce(rows: list[MandateRow]) -> list[MandateRow]:
    """Reduce the lines of one person at one place."""
    return _without_plain(_one_per_function(rows))


def newest(row: MandateRow) -> tuple[date, bool, date]:
    """Sort key: the row with the most recent state of a mandate comes last."""
    return (
        row.date_start or date.min,
        row.function_date is not None,
        row.function_date or date.min,
    )


def _one_per_function(group: list[MandateRow]) -> list[MandateRow]:
    by_function = defaultdict(lambda: defaultdict(list))
    for row in group:
        by_function[row.function][row.file, row.kind].append(row)
    kept = []
    for files in by_function.values():
        # Homonyms: the file that distinguishes them prevails.
        most = max(len(lines) for lines in files.values())
        candidates = [lines for lines in files.values() if len(lines) == most]
        kept += max(candidates, key=lambda lines: max(map(newest, lines)))
    return kept


def _without_plain(group: list[MandateRow]) -> list[MandateRow]:
    plain = [row for row in group if row.function in PLAIN]
    functions = [row for row in group if row.function not in PLAIN]
    if len(plain) != 1 or not functions:
        return group
    start = plain[0].date_start
    later = [row for row in functions if not _is_later(start, row.date_start)]
    return later or plain


def _is_later(start: date | None, other: date | None) -> bool:
    return start is not None and other is not None and start - other > TERM_GAP
