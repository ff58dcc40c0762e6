"""Layout of a file: separator, header, kind, and codes of places."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from ..text import words
from .codes import bare, department
from .dates import is_month_first
from .functions import parse_function
from .headers import PLACES, REQUIRED, ROLES, find_roles, header_words
from .messages import RneError
from .names import clean, repaired

SEPARATORS = ("\t", ";", ",", "|")
SEARCHED = 30
_SAMPLE = 120
_FAMILIES = (
    ("membres des assemblées des collectivités à statut particulier", {"assemblee", "assemblees"}),
    ("conseillers départementaux", {"canton", "departementaux", "departemental"}),
    ("députés", {"legislative", "deputes", "depute"}),
    ("conseillers régionaux", {"region", "regionaux", "regional", "section"}),
    ("sénateurs", {"senateurs", "senateur"}),
    ("représentants au Parlement européen", {"europeen", "europeens", "parlement"}),
    ("conseillers des Français de l’étranger", {"etranger", "circonscription", "consulaire"}),
)


@dataclass(slots=True)
class Table:
    """A header found in a text.

    first_line: physical lines before the header. height: physical lines that it takes.
    roles: role -> index of the column. by_department: communes are known by a department column
    and a code of three digits. quoted: most lines have quoted fields. month_first: roles
    whose dates are written 03/15/2026.
    """

    first_line: int
    height: int
    separator: str
    headers: list[str]
    roles: dict[str, int]
    title: str = ""
    sample: list[list[str]] = field(default_factory=list)
    kind: str = ""
    by_department: bool = False
    quoted: bool = False
    month_first: frozenset[str] = frozenset()

    @property
    def line(self) -> int:
        """Physical line of the header, from 1."""
        return self.first_line + 1

    def header(self, role: str) -> str:
        """Text of the header of a role, “” when no column plays it."""
        index = self.roles.get(role)
        return "" if index is None else self.headers[index]

    def values(self, role: str) -> list[str]:
        """The values of a role in the first rows, empty ones left out."""
        index = self.roles.get(role)
        if index is None:
            return []
        found = (row[index].strip() for row in self.sample if index < len(row))
        return [value for value in found if value]


def read_layout(name: str, head: str, complete: bool) -> Table:
    """Find the header of a file and what its columns are.

    :param name: the file, for messages and as a hint of the kind
    :param head: the beginning of the text
    :param complete: the head is the whole text
    :raises RneError: not a file of the RNE, or not one of the three kinds that are used
    """
    lines = list(io.StringIO(head, newline=""))
    if not complete and len(lines) > 1:
        lines.pop()
    table = _find_table(lines)
    if table is None:
        expected = [ROLES[role] for role in (*REQUIRED, "insee_code")] + [ROLES["siren"]]
        raise RneError("no_header", file=name, searched=SEARCHED, expected=", ".join(expected))
    data = lines[table.first_line + table.height :][:_SAMPLE]
    table.quoted = sum('"' in line for line in data) * 2 > len(data)
    table.sample = [row for row in csv.reader(data, delimiter=table.separator) if row]
    dates = ("date_start", "function_date")
    table.month_first = frozenset(role for role in dates if is_month_first(table.values(role)))
    _check_commune_column(table)
    _check_columns(name, table)
    table.kind = _kind(name, table)
    _check_places(name, table)
    return table


def _find_table(lines: list[str]) -> Table | None:
    """The first line with every required column, else the line that looks most like a header."""
    best, best_score = None, 1
    for start, line in enumerate(lines[:SEARCHED]):
        for separator in SEPARATORS:
            if separator not in line:
                continue
            reader = csv.reader(lines[start:], delimiter=separator)
            try:
                headers = [clean(repaired(text)) for text in next(reader)]
            except csv.Error:
                continue
            roles = find_roles(headers)
            if len(roles) > best_score:
                title = " ".join(lines[:start])
                best = Table(start, reader.line_num, separator, headers, roles, title)
                best_score = len(roles)
        if best and not _missing(best.roles):
            break
    return best


def _missing(roles: dict[str, int]) -> list[str]:
    missing = [ROLES[role] for role in REQUIRED if role not in roles]
    if not any(role in roles for role in PLACES):
        missing.append(ROLES["insee_code"])
    return missing


def _check_commune_column(table: Table) -> None:
    """A column called “Commune” alone holds names as often as codes: look."""
    values = table.values("insee_code")
    codes = sum(bool(re.match(r"\d{1,5}$|2[AB]\d{3}$", bare(value))) for value in values)
    named = "code" in header_words(table.header("insee_code"))
    if values and codes * 2 < len(values) and not named:
        del table.roles["insee_code"]


def _check_columns(name: str, table: Table) -> None:
    missing = _missing(table.roles)
    family = _wrong_family(name, table, ROLES["insee_code"] in missing)
    if family:
        raise RneError("wrong_family", file=name, family=family, line=table.line)
    if missing:
        found = ", ".join(header for header in table.headers if header)
        raise RneError(
            "missing_columns", file=name, line=table.line, missing=", ".join(missing), found=found
        )


def _wrong_family(name: str, table: Table, no_place: bool) -> str:
    """Family of a file that is not about councils of communes, “” when it is unknown."""
    tokens = {word for header in table.headers for word in header_words(header)}
    if "secteur" in tokens:
        return "conseillers d’arrondissement"
    if not no_place or tokens & {"commune", "communes", "epci"}:
        return ""
    hints = set(words(name)) | set(words(table.title))
    for family, marks in _FAMILIES:
        if marks & tokens:
            return family
    for family, marks in _FAMILIES:
        if marks & hints:
            return family
    if "function" in table.roles or any(role not in table.roles for role in REQUIRED):
        return ""
    return "sénateurs" if "department" in table.roles else "représentants au Parlement européen"


def _kind(name: str, table: Table) -> str:
    """`mayor`, `municipal` or `community`."""
    hints = " ".join([*words(name), *words(table.title)])
    # The words of the function column identify a real file, whatever its name.
    labels = set(table.values("function"))
    community = sum(parse_function(label, "community")[2] for label in labels)
    municipal = sum(parse_function(label, "municipal")[2] for label in labels)
    score = 2 * ("siren" in table.roles) + 3 * (community > municipal) - 3 * (municipal > community)
    score += 3 * any("rattachement" in header_words(header) for header in table.headers)
    score += 2 * bool(re.search(r"communautaire|epci|metropolitain", hints))
    score -= 2 * bool(re.search(r"municipa|maire|\bcm\b|\bmai\b", hints))
    if score > 0:
        return "community"
    return _municipal_kind(table, hints, labels)


def _municipal_kind(table: Table, hints: str, labels: set[str]) -> str:
    """A file of mayors has no function column, or nothing but mayors in it."""
    header_text = " ".join(words(" ".join(table.headers)))
    council = bool(re.search(r"municipa|conseil|\bcm\b", hints))
    if "function" in table.roles:
        functions = {parse_function(label, "municipal")[0] for label in labels}
        empty = len(table.values("function")) < len(table.sample)
        mayors = bool(re.search(r"\bmaires?\b|\bmai\b", hints + " " + header_text)) and not council
        if functions <= {"mayor", "delegated_mayor"} and (not empty or mayors):
            return "mayor" if functions or mayors else "municipal"
        return "municipal"
    per_commune = Counter(_place(table, row) for row in table.sample)
    crowded = per_commune and max(per_commune.values()) > 3
    return "municipal" if council or crowded else "mayor"


def _place(table: Table, row: list[str]) -> tuple[str, ...]:
    columns = [table.roles[role] for role in ("department", "insee_code") if role in table.roles]
    return tuple(row[index] for index in columns if index < len(row))


def _check_places(name: str, table: Table) -> None:
    """Make sure that the places of the file can be known."""
    place = "siren" if table.kind == "community" else "insee_code"
    if place not in table.roles:
        found = ", ".join(header for header in table.headers if header)
        raise RneError(
            "missing_columns", file=name, line=table.line, missing=ROLES[place], found=found
        )
    values = table.values("insee_code")
    short = [value for value in values if len(bare(value)) <= 3]
    if len(short) * 2 <= len(values):
        return
    table.by_department = any(department(value) for value in table.values("department"))
    if not table.by_department and table.kind != "community":
        raise RneError(
            "missing_department",
            file=name,
            line=table.line,
            column=table.header("insee_code"),
            value=short[0],
        )
