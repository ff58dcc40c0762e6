"""Merge of the lines and files that describe one mandate."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
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
    Two lines of the *same* file with the same name and function are two persons: both stay. So are
    a function and a plain line there: a person with two functions has two lines, none of them
    plain.
    """
    rows = list(rows)
    groups = defaultdict(list)
    for row in rows:
        groups[row.place, name_key(row.last_name), name_key(row.first_name)].append(row)
    kept = {}
    for group in groups.values():
        is_shared = has_namesakes(group)
        for row in reduce(group) if len(group) > 1 else group:
            kept[id(row)] = replace(row, has_namesake=True) if is_shared else row
    return [kept[id(row)] for row in rows if id(row) in kept]


def keep_newest_files(rows: Iterable[MandateRow]) -> list[MandateRow]:
    """Rows of the newest of the files of one kind, place by place: a vintage replaces the former.

    The newest is the one that knows the latest date there; its name, which bears that of its
    publication, decides between two that know the same.
    """
    rows, latest = list(rows), defaultdict(dict)
    for row in rows:
        files = latest[row.kind, row.place]
        known = max(row.date_start or date.min, row.function_date or date.min)
        files[row.file] = max(files.get(row.file, date.min), known)
    kept = {
        key: max(files, key=lambda file, known=files: (known[file], file))
        for key, files in latest.items()
    }
    return [row for row in rows if kept[row.kind, row.place] == row.file]


def count_members(rows: Iterable[MandateRow]) -> dict[str, int]:
    """Number of persons in the files of municipal councillors, by commune.

    Counted before `merge`, on the rows of `keep_newest_files`: a mayor is in two files and `merge`
    keeps one line. Homonyms are several persons; several functions are one.

    :return: {INSEE code: persons}
    """
    lines = defaultdict(Counter)
    for row in rows:
        if row.kind == "municipal":
            person = row.insee_code, name_key(row.last_name), name_key(row.first_name)
            lines[person][row.function] += 1
    members = Counter()
    for (commune, _last, _first), counts in lines.items():
        plain = sum(counts.pop(function, 0) for function in PLAIN)
        members[commune] += plain + max(counts.values(), default=0)
    return dict(members)


def reduce(rows: list[MandateRow]) -> list[MandateRow]:
    """Reduce the lines of one name at one place."""
    kept = _one_per_function(rows)
    if any(row.has_namesake for row in rows):
        return kept  # reduced already
    return _without_plain(kept, is_shared=has_namesakes(rows), is_apart=_names_both(rows))


def has_namesakes(rows: list[MandateRow]) -> bool:
    """Whether a file shows that these lines of one name are those of several persons."""
    if _names_both(rows) or any(row.has_namesake for row in rows):
        return True
    plain = Counter((row.file, row.kind) for row in rows if row.function in PLAIN)
    return max(plain.values(), default=0) > 1


def _names_both(rows: list[MandateRow]) -> bool:
    """Whether one file gives a function and a plain line."""
    plain = {(row.file, row.kind) for row in rows if row.function in PLAIN}
    return any((row.file, row.kind) in plain for row in rows if row.function not in PLAIN)


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


def _without_plain(group: list[MandateRow], is_shared: bool, is_apart: bool) -> list[MandateRow]:
    """
    :param is_shared: the lines are those of several persons
    :param is_apart: the plain lines are none of those who have the functions
    """
    plain = [row for row in group if row.function in PLAIN]
    functions = [row for row in group if row.function not in PLAIN]
    if is_apart or not plain or not functions:
        return group
    start = plain[0].date_start
    later = [row for row in functions if not _is_later(start, row.date_start)]
    if not later:
        return plain
    if not is_shared:
        return later
    # The file of the plain lines does not say which of the homonyms has the function.
    same = max(plain, key=lambda row: row.civility == later[0].civility)
    return later + [row for row in plain if row is not same]


def _is_later(start: date | None, other: date | None) -> bool:
    return start is not None and other is not None and start - other > TERM_GAP
