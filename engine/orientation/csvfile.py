"""Rows of a CSV file typed by a person, with the line where each begins."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..opendata.encoding import detect
from ..opendata.messages import RneError
from .messages import OrientationError

SEPARATORS = (";", "\t", ",")
# A table that a person types: the requests of a year weigh some 200 kB, the longest question has
# a few pages.
LONGEST_FILE = 5_000_000
LONGEST_VALUE = 10_000


@dataclass(frozen=True)
class Row:
    """One line of a table: its number in the file and its values by column."""

    file: str
    line: int
    values: dict[str, str]

    def error(self, code: str, column: str, **params) -> OrientationError:
        """Error with the file, line, column and value."""
        params = {"value": self.values.get(column, "")} | params
        return OrientationError(code, file=self.file, line=self.line, column=column, **params)

    def required(self, column: str) -> str:
        """A value that may not be empty."""
        value = self.values.get(column, "")
        if not value:
            raise self.error("empty_value", column)
        return value


def read_rows(source, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table whose first line names the columns.

    :param source: a path, or an open file of bytes or of text
    :param columns: those that must be there
    :raises OrientationError: the file cannot be used
    """
    name, text = _load(source)
    if not text.strip():
        raise OrientationError("empty_file", file=name)
    first = text.lstrip("\r\n").splitlines()[0]
    separator = max(SEPARATORS, key=first.count)
    header: list[str] | None = None
    for line, values in _records(name, text, separator):
        if not any(map(str.strip, values)):
            continue
        if header is None:
            header = [value.strip().lower() for value in values]
            _check_header(name, line, header, columns)
            continue
        row = Row(
            name, line, dict(zip(header, _fit(name, line, header, values, separator), strict=True))
        )
        _check_lengths(row)
        yield row


def _load(source) -> tuple[str, str]:
    """Name and text of a file."""
    if hasattr(source, "read"):
        content, name = source.read(LONGEST_FILE + 1), str(getattr(source, "name", "") or "fichier")
    else:
        name = Path(source).name or str(source)
        try:
            with Path(source).open("rb") as stream:
                content = stream.read(LONGEST_FILE + 1)
        except FileNotFoundError:
            raise OrientationError("missing_file", file=source) from None
        except IsADirectoryError:
            raise OrientationError("not_a_file", file=source) from None
        except (OSError, ValueError) as error:
            detail = getattr(error, "strerror", None) or error
            raise OrientationError("unreadable_file", file=source, detail=detail) from None
    if len(content) > LONGEST_FILE:
        raise OrientationError("too_large", file=name, limit=LONGEST_FILE // 1_000_000)
    if isinstance(content, str):
        return name, content.lstrip("\ufeff")
    try:
        encoding, errors = detect(name, content, True)
        return name, content.decode(encoding, errors)
    except (RneError, UnicodeError):
        raise OrientationError("binary_file", file=name) from None


def _records(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Values of each record and the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for values in reader:
            yield line, values
            line = reader.line_num + 1
    except csv.Error:
        raise OrientationError("bad_quotes", file=name, line=line) from None


def _check_header(name: str, line: int, header: list[str], columns: tuple[str, ...]):
    for column in columns:
        if column not in header:
            found = ", ".join(filter(None, header))
            raise OrientationError(
                "missing_column", file=name, line=line, column=column, found=found
            )
    for column in header:
        if column and header.count(column) > 1:
            raise OrientationError("double_column", file=name, line=line, column=column)


def _fit(name: str, line: int, header: list[str], values: list[str], separator: str) -> list[str]:
    """As many values as columns: missing ones are empty, one too many is an error."""
    if len(header) == 1:
        return [one_line(separator.join(values))]
    extra = [value.strip() for value in values[len(header) :] if value.strip()]
    if extra:
        raise OrientationError(
            "column_count",
            file=name,
            line=line,
            found=len(values),
            expected=len(header),
            value=extra[0],
        )
    kept = [one_line(value) for value in values[: len(header)]]
    return kept + [""] * (len(header) - len(kept))


def _check_lengths(row: Row):
    for column, value in row.values.items():
        if len(value) > LONGEST_VALUE:
            raise OrientationError(
                "long_value", file=row.file, line=row.line, column=column, limit=LONGEST_VALUE
            )


def one_line(value: str) -> str:
    """A value without line breaks or double spaces."""
    return " ".join(value.split())
