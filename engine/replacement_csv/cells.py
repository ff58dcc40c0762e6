"""Values of one cell of a table; errors give the file, line, column and value."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from ..orientation.csvfile import Row
from ..staffing import AM, PM, Absence, Exclusion, HalfDay, Pattern
from ..text import flat
from .dates import DATE, read_date, read_moment
from .days import PARTS, read_pattern
from .messages import RegisterError

_SPLIT = re.compile(r"\s*[|;]\s*")
_SPLIT_CODES = re.compile(r"\s*[|;,]\s*")
_DAY = rf"(?:\w+di |dimanche )?({DATE})(?:(?::|\s(?=mat|apr))(\w[\w-]*))?"
_DASH = r"\s*(?:/|au|-|–|—|→|->|à|\.\.)\s*(?:le )?"
_PERIOD = re.compile(rf"(?:du |le )?{_DAY}(?:{_DASH}{_DAY})?(.*)", re.IGNORECASE)
_NEXT_PERIOD = re.compile(rf"\s*(?:,| et )\s*(?=(?:du |le )?{DATE})", re.I)
_BETWEEN = re.compile(rf"\(?(?:du |entre le )?({DATE})(?:{_DASH}| et le )({DATE})\)?", re.I)
_UNTIL = re.compile(rf"\(?jusqu['’]au\s+({DATE})\)?", re.I)
_SINCE = re.compile(rf"\(?(?:depuis le|à (?:partir|compter) du)\s+({DATE})\)?", re.I)
_LEVEL = re.compile(r"(.+?)(?:\s*\(\s*|\s+)(\d)\s*\)?")
_CATEGORY = re.compile(r"(?:cat[ée]gorie |cat\.? )?([ABC])(?:\s*\(.*\))?", re.I)


@dataclass(frozen=True)
class Cells:
    """The cells of a row; an absent column reads like an empty one."""

    row: Row
    codes: dict = field(default_factory=dict)

    def text(self, column: str) -> str:
        """The value, empty when the column is absent."""
        return self.row.values.get(column, "").strip()

    def error(self, code: str, column: str, **params) -> RegisterError:
        """An error that points at a cell."""
        params = {"value": self.text(column)} | params
        return RegisterError(code, file=self.row.file, line=self.row.line, column=column, **params)

    def code(self, column: str) -> str:
        """An identifier that no other row has."""
        value = self.text(column)
        if not value:
            raise self.error("empty_value", column)
        if value in self.codes:
            raise self.error("double_code", column, other=self.codes[value])
        self.codes[value] = self.row.line
        return value

    def words(self, column: str, split: re.Pattern = _SPLIT) -> list[str]:
        """Values separated by bars or semicolons."""
        return [word for word in split.split(self.text(column)) if word]

    def codes_of(self, column: str) -> frozenset[str]:
        """Codes in capitals."""
        return frozenset(word.upper() for word in self.words(column, _SPLIT_CODES))

    def day(self, column: str) -> date | None:
        """A date, or None."""
        return self._read(column, read_date, "bad_date")

    def moment(self, column: str) -> datetime | None:
        """A date with its hour, or None."""
        return self._read(column, read_moment, "bad_date")

    def number(self, column: str) -> float | None:
        """A number, decimal comma or point, with or without its unit; or None."""
        return self._read(column, _number, "bad_number")

    def count(self, column: str) -> int | None:
        """A whole number, with or without a sign between thousands; or None."""
        return self._read(column, _count, "bad_number")

    def hours(self, column: str) -> float | None:
        """Hours as a number, `17 h 30` or `17:30`; or None."""
        return self._read(column, _hours, "bad_number")

    def _read(self, column, function, error):
        value = self.text(column)
        if not value:
            return None
        try:
            return function(value)
        except ValueError:
            raise self.error(error, column) from None

    def yes(self, column: str) -> bool | None:
        """True for « oui », False for « non », whatever follows; None when empty."""
        word = re.match(r"\w*", flat(self.text(column)))[0]
        if word in ("oui", "o", "vrai", "true", "1", "x", "yes", "b"):
            return True
        if word in ("non", "n", "faux", "false", "0", "no"):
            return False
        if self.text(column):
            raise self.error("bad_yes_no", column)
        return None

    def category(self, column: str) -> str:
        """A, B, C, or empty."""
        value = self.text(column).upper()
        match = _CATEGORY.fullmatch(value)
        if value and not match:
            raise self.error("bad_category", column)
        return match[1] if match else ""

    def skills(self, column: str) -> dict[str, int]:
        """`CPT:2|EC:1` as code -> level; a code alone asks for level 1."""
        found = {}
        for word in self.words(column, _SPLIT_CODES):
            match = _LEVEL.fullmatch(word) if ":" not in word and "=" not in word else None
            code, _colon, level = (part.strip() for part in word.replace("=", ":").partition(":"))
            code, level = match.groups() if match else (code, level)
            if not code or (level or "1") not in ("0", "1", "2", "3"):
                raise self.error("bad_level", column, word=word)
            found[code.upper()] = max(int(level or 1), found.get(code.upper(), 0))
        return found

    def pattern(self, column: str) -> Pattern:
        """Half-days of the week; empty when the cell names none."""
        try:
            return read_pattern(self.text(column))
        except ValueError as error:
            raise self.error("bad_pattern", column, word=error) from None

    def absences(self, column: str) -> tuple[Absence, ...]:
        """`2026-12-28/2027-01-01 congés`, several separated by bars."""
        return tuple(
            self._absence(column, word)
            for words in self.words(column)
            for word in _NEXT_PERIOD.split(words)
        )

    def _absence(self, column: str, word: str) -> Absence:
        match = _PERIOD.fullmatch(word)
        if not match:
            raise self.error("bad_period", column, value=word)
        first, part, last, last_part, label = match.groups()
        if re.search(DATE, label, re.I):
            # A second date that was not read would be days of leave forgotten.
            raise self.error("bad_period", column, value=word)
        try:
            begin = read_date(first)
            end = read_date(last) if last else begin
            halves = PARTS[flat(part or "J")]
            last_halves = PARTS[flat(last_part or "J")] if last else halves
        except (ValueError, KeyError):
            raise self.error("bad_period", column, value=word) from None
        if end < begin:
            raise self.error("end_before_start", column, value=end, start=begin)
        return Absence(
            HalfDay(begin, AM if AM in halves else PM),
            HalfDay(end, PM if PM in last_halves else AM),
            label.strip(),
        )

    def exclusions(self, column: str) -> tuple[Exclusion, ...]:
        """`Vernéville : refus (jusqu'au 31/12/2026)`, several separated by bars.

        Several communes before one reason are separated by commas.
        """
        return tuple(one for word in self.words(column) for one in self._exclusion(column, word))

    def _exclusion(self, column: str, word: str) -> list[Exclusion]:
        days, word = self._limits(column, word)
        communes, _colon, reason = word.partition(":")
        # What is in brackets at the end is for the department, not a reason.
        reason = re.sub(r"\s*\([^()]*\)\s*$", "", reason.strip())
        return [
            Exclusion(commune.strip(), reason.strip(" ,;:"), *days)
            for commune in communes.split(",")
            if commune.strip()
        ]

    def _limits(self, column: str, word: str) -> tuple[list[date | None], str]:
        """First and last day of an exclusion, and its text without them."""
        found: list[str | None] = [None, None]
        both = _BETWEEN.search(word)
        if both:
            found, word = list(both.groups()), _BETWEEN.sub("", word)
        for index, expression in enumerate((_SINCE, _UNTIL)):
            match = expression.search(word)
            if match:
                found[index], word = match[1], expression.sub("", word)
        try:
            return [read_date(value) if value else None for value in found], word
        except ValueError as error:
            raise self.error("bad_date", column, value=error) from None


def _count(value: str) -> int:
    return round(_number(re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", value)))


def _hours(value: str) -> float:
    match = re.fullmatch(r"(\d{1,2})\s*[h:]\s*([0-5]\d)(?::00)?", value, re.I)
    return int(match[1]) + int(match[2]) / 60 if match else _number(value)


def _number(value: str) -> float:
    match = re.fullmatch(
        r"(-?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)\s*(?:%|km|h|€|ans?|hab\w*\.?)?", value, re.I
    )
    if not match:
        raise ValueError(value)
    return float(re.sub(r"[\s\u00a0\u202f]", "", match[1]).replace(",", "."))
