"""One pass over one text file of the RNE."""

from collections.abc import Iterator

from .codes import Wanted
from .convert import Converter
from .encoding import after_error, decode_head, detect
from .layout import read_layout
from .messages import RneError
from .model import Issue, Layout
from .rows import BrokenQuotes, Rows
from .sources import Source, check_text

_HEAD = 1 << 16


class Load:
    """Detects how a file is written, then reads the rows of the wanted places.

    found: what was read (`Converter`). rows_read: rows of data in the file.
    """

    def __init__(self, source: Source, wanted: Wanted):
        """Read the beginning of the file.

        :raises RneError: the file cannot be used
        """
        self.source, self.wanted = source, wanted
        with source.open() as stream:
            head = stream.read(_HEAD + 1)
        check_text(source.name, head)
        self.head, complete = head[:_HEAD], len(head) <= _HEAD
        self.encoding, self.errors = detect(source.name, self.head, complete)
        text = decode_head(self.head, self.encoding, self.errors)
        self.table = read_layout(source.name, text, complete)
        self.mixed = False
        self.rows_read = 0
        self.issues: list[Issue] = []

    def run(self) -> "Load":
        """Read the rows, again when the encoding or the quotes turn out to be others.

        :raises RneError: the file cannot be used
        """
        rows = None
        while rows is None:
            rows = self._try()
        self.rows_read = rows.count
        self.issues = [*self._file_issues(), *rows.list_issues(), *self.found.issues]
        return self

    def _try(self) -> Rows | None:
        rows = Rows(self.source, self.encoding, self.errors, self.table, self.wanted)
        self.found = Converter(self.source.name, self.table, self.wanted)
        keep = self.found.keep
        try:
            for line, cells in rows:
                keep(line, cells)
        except UnicodeDecodeError as error:
            self._change_encoding(rows, error)
        except BrokenQuotes:
            self.table.quoted = False
        else:
            return rows
        return None

    def _change_encoding(self, rows: Rows, error: UnicodeDecodeError) -> None:
        other = after_error(self.head, self.encoding)
        if other is None:
            raise RneError("undecodable", file=self.source.name, line=rows.line) from error
        self.mixed = other[0] == self.encoding
        self.encoding, self.errors = other

    def _file_issues(self) -> Iterator[Issue]:
        if "function" not in self.table.roles and self.table.kind != "mayor":
            yield Issue("no_function_column", self.source.name, self.table.line, level="warning")
        if self.mixed:
            yield Issue("mixed_encoding", self.source.name, level="warning")

    def layout(self) -> Layout:
        """How the file is written."""
        table = self.table
        return Layout(
            file=self.source.name,
            kind=table.kind,
            separator=table.separator,
            encoding=self.encoding,
            header_line=table.line,
            columns={role: table.headers[index] for role, index in table.roles.items()},
            date_formats=tuple(self.found.formats),
        )
