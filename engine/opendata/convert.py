"""Conversion of the cells of a row into a mandate, or into an issue."""

from datetime import date

from ..text import words
from .codes import Wanted, insee_code, siren
from .dates import parse_date
from .functions import parse_function
from .layout import Table
from .model import Issue, MandateRow
from .names import clean_first_name, clean_last_name, repaired

_CIVILITIES = dict.fromkeys(
    "f femme feminin feminine madame mme mlle mademoiselle 2".split(), "mme"
)
_CIVILITIES |= dict.fromkeys("m h homme masculin masculine monsieur mr 1".split(), "m")
# Names have some fifty letters: what is longer is read up to there.
_LONGEST = 300


class _Unusable(Exception):
    """An indispensable cell cannot be read; its issue is already recorded."""


class Converter:
    """Collects the mandates of one file.

    kept: rows about the wanted places. places: codes of the places met. damaged: places with a
    row that was left aside. formats: formats of dates met, in order.
    """

    def __init__(self, name: str, table: Table, wanted: Wanted):
        self.name, self.table, self.wanted = name, table, wanted
        self.mandates: list[MandateRow] = []
        self.issues: list[Issue] = []
        self.formats: dict[str, None] = {}
        self.places: set[str] = set()
        self.damaged: set[str] = set()
        self.kept = 0

    def keep(self, line: int, cells: list[str]) -> None:
        """Keep a row if its place is wanted.

        :param line: physical line where the row starts, from 1
        """
        commune, epci = self._place(cells)
        by_epci = self.table.kind == "community" and self.wanted.epci
        if (epci not in self.wanted.epci) if by_epci else (commune not in self.wanted.communes):
            return
        self.kept += 1
        self.places.add(epci or commune)
        try:
            self.mandates.append(self._mandate(line, cells, commune, epci))
        except _Unusable:
            self.damaged.add(epci or commune)

    def _place(self, cells: list[str]) -> tuple[str, str]:
        """INSEE code of today's commune and SIREN, each “” when the row does not have it."""
        code = insee_code(self._cell(cells, "insee_code"), self._cell(cells, "department"))
        code = self.wanted.current.get(code, code)
        epci = siren(self._cell(cells, "siren")) if self.table.kind == "community" else ""
        return code, epci

    def _mandate(self, line: int, cells: list[str], commune: str, epci: str) -> MandateRow:
        self._check_width(line, cells)
        last_name = self._name(line, cells, "last_name")
        first_name = self._name(line, cells, "first_name")
        date_start = self._date(line, cells, "date_start")
        function_date = self._date(line, cells, "function_date")
        if date_start is None:
            self._add_issue("no_date", line, "date_start", level="warning")
        function, rank = self._function(line, cells)
        return MandateRow(
            file=self.name,
            line=line,
            kind=self.table.kind,
            insee_code=commune,
            siren=epci,
            last_name=clean_last_name(last_name),
            first_name=clean_first_name(first_name),
            civility=self._civility(cells),
            function=function,
            rank=rank,
            date_start=date_start,
            function_date=function_date,
        )

    def _cell(self, cells: list[str], role: str) -> str:
        index = self.table.roles.get(role)
        if index is None or index >= len(cells):
            return ""
        return repaired(cells[index][:_LONGEST])

    def _add_issue(
        self, code: str, line: int, role: str = "", value: str = "", level="error"
    ) -> None:
        column = self.table.header(role) if role else ""
        self.issues.append(Issue(code, self.name, line, column, " ".join(value.split()), level))

    def _check_width(self, line: int, cells: list[str]) -> None:
        width = len(self.table.headers)
        if any(cell.strip() for cell in cells[width:]):
            self._add_issue("column_count", line, value=f"{len(cells)} / {width}")
            raise _Unusable

    def _name(self, line: int, cells: list[str], role: str) -> str:
        name = self._cell(cells, role)
        if not words(name):
            self._add_issue("no_name", line, role, name)
            raise _Unusable
        return name

    def _date(self, line: int, cells: list[str], role: str) -> date | None:
        text = self._cell(cells, role)
        try:
            day, shape = parse_date(text, role in self.table.month_first)
        except ValueError:
            self._add_issue("bad_date", line, role, text)
            raise _Unusable from None
        if shape:
            self.formats[shape] = None
        return day

    def _function(self, line: int, cells: list[str]) -> tuple[str, int]:
        label = " ".join(self._cell(cells, "function").split())
        function, rank, known = parse_function(label, self.table.kind)
        if not known:
            self._add_issue("unknown_function", line, "function", label, "warning")
        return function, rank

    def _civility(self, cells: list[str]) -> str:
        found = words(self._cell(cells, "sex"))
        return _CIVILITIES.get(found[0], "") if found else ""
