"""Walk through the rows of a file and stop only at those that are wanted.

Everything that costs is done for the wanted rows alone. A line without a quote is cut at the
separators, as the csv module would but only as far as the code of the place; a file whose fields
are quoted goes through the csv module.
"""

import csv
import io
from collections.abc import Iterator

from .codes import Memo, Wanted, department
from .layout import Table
from .messages import RneError
from .model import Issue
from .sources import Source

# A quoted field may run over some lines, not over the whole file.
_MAX_HEIGHT = 50
# Nobody reads more remarks of one kind: a file of rubbish has millions.
_MAX_SHORT = 20

Row = tuple[int, list[str]]


class BrokenQuotes(Exception):
    """Rows run over several lines, rightly or not: read again line by line."""


class Rows:
    """The wanted rows of one source: iterate for (first physical line, cells).

    count: rows of data met so far. line: last physical line read. issues: what could not be read
    as a row.
    """

    def __init__(self, source: Source, encoding: str, errors: str, table: Table, wanted: Wanted):
        self.source, self.encoding, self.errors, self.table = source, encoding, errors, table
        self.column, self.texts, self.usual, self.other = _filter(table, wanted)
        self.by_csv = table.quoted
        self.count, self.line = 0, table.first_line + table.height
        self.issues: list[Issue] = []
        self.short = 0

    def list_issues(self) -> list[Issue]:
        """Issues, with the number of unreadable lines beyond those reported one by one."""
        more = self.short - _MAX_SHORT
        if more <= 0:
            return self.issues
        name = self.source.name
        return [*self.issues, Issue("more_short_rows", name, value=str(more), level="warning")]

    def __iter__(self) -> Iterator[Row]:
        """Read the file from its first row.

        :raises RneError: damaged data
        :raises UnicodeDecodeError: the encoding was not the right one
        :raises BrokenQuotes: set `by_csv` to False and read again
        """
        with self.source.open() as binary:
            text = io.TextIOWrapper(binary, self.encoding, self.errors, newline="")
            for _number in range(self.line):
                text.readline()
            try:
                yield from self._by_csv(text) if self.by_csv else self._by_line(text)
            except RneError as error:
                if error.code == "damaged_archive":
                    name = self.source.name
                    raise RneError("damaged_at_line", file=name, line=self.line) from error
                raise

    def _by_csv(self, text: io.TextIOBase) -> Iterator[Row]:
        column, texts, usual, other = self.column, self.texts, self.usual, self.other
        start, blank = self.line, 0
        reader = csv.reader(text, delimiter=self.table.separator)
        try:
            for row in reader:
                try:
                    code = row[column]
                except IndexError:
                    blank += 1
                    self._short(" ".join(row), start + reader.line_num)
                    continue
                self.count += 1
                if code in texts or (len(code) != usual and other[code]):
                    yield start + reader.line_num, row
        except csv.Error as error:
            raise BrokenQuotes from error
        finally:
            self.line = start + reader.line_num
        if reader.line_num != self.count + blank:
            raise BrokenQuotes

    def _by_line(self, text: io.TextIOBase) -> Iterator[Row]:
        column, texts, usual, other = self.column, self.texts, self.usual, self.other
        separator, stop = self.table.separator, self.column + 1
        for line in text:
            self.line += 1
            if '"' in line:
                yield from self._quoted(line, text)
                continue
            try:
                code = line.split(separator, stop)[column]
            except IndexError:
                if not line.isspace():
                    self._short(line, self.line)
                continue
            self.count += 1
            if code in texts or (len(code) != usual and other[code]):
                yield self.line, line.rstrip("\r\n").split(separator)
            elif len(code) != usual and not line.strip():
                self.count -= 1

    def _quoted(self, line: str, text: io.TextIOBase) -> Iterator[Row]:
        """The rows of a line with quotes and of those that it takes to close them."""
        first, block = self.line, [line]
        quotes = line.count('"')
        while quotes % 2 and len(block) < _MAX_HEIGHT:
            line = text.readline()
            if not line:
                break
            self.line += 1
            block.append(line)
            quotes += line.count('"')
        for offset, row in self._parse(block, first):
            if self.column >= len(row):
                self._short(" ".join(row), first + offset)
                continue
            self.count += 1
            code = row[self.column]
            if code in self.texts or self.other[code]:
                yield first + offset, row

    def _parse(self, block: list[str], first: int) -> list[Row]:
        """(offset in the block, cells) of each row; line by line when a quote is left open."""
        found, end = [], 0
        try:
            reader = csv.reader(block, delimiter=self.table.separator)
            for row in reader:
                found.append((end, row))
                end = reader.line_num
        except csv.Error as error:
            if len(block) == 1:
                raise RneError("bad_quotes", file=self.source.name, line=first) from error
            found = []
        whole = len(found) == len(block) or all(self._is_whole(row) for _offset, row in found)
        if found and whole and (len(block) > 1 or block[0].count('"') % 2 == 0):
            return found
        self.issues.append(Issue("bad_quotes_line", self.source.name, first, level="warning"))
        return [(offset, self._alone(line, first + offset)) for offset, line in enumerate(block)]

    def _is_whole(self, row: list[str]) -> bool:
        """Whether a row over several lines is one row, not several that a quote glued together."""
        separator, width = self.table.separator, len(self.table.headers)
        return len(row) == width and all(
            cell.count(separator) < width - 1 for cell in row if "\n" in cell or "\r" in cell
        )

    def _alone(self, line: str, number: int) -> list[str]:
        """The cells of one line; a quote that nothing closes on the line is an ordinary sign."""
        if line.count('"') % 2 == 0:
            return self._parse([line], number)[0][1]
        return [cell.strip().strip('"') for cell in line.split(self.table.separator)]

    def _short(self, line: str, number: int) -> None:
        text = " ".join(line.replace(self.table.separator, " ").split())
        if not text:
            return
        self.short += 1
        if self.short <= _MAX_SHORT:
            value = text if len(text) <= 60 else text[:59] + "…"
            issue = Issue("short_row", self.source.name, number, value=value, level="warning")
            self.issues.append(issue)


def _filter(table: Table, wanted: Wanted) -> tuple[int, frozenset[str], int, Memo]:
    """Column to look at, its wanted texts, usual length of a text, test of an unusual one."""
    if table.kind == "community" and wanted.epci:
        return table.roles["siren"], wanted.epci, 9, Memo(wanted.has_siren)
    if table.by_department:
        departments = wanted.departments()
        column = table.roles["department"]
        return column, frozenset(), -1, Memo(lambda text: department(text) in departments)
    # Without the communes that the delegates represent, no row can be chosen by commune.
    column = table.roles.get("insee_code", table.roles.get("siren", 0))
    return column, wanted.commune_texts(), 5, Memo(wanted.has_commune)
