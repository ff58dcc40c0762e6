"""Dates as open data write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from ..text import fold

_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]+(\d.*))?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]+(\d.*))?$")
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?$")
_CLOCK = re.compile(
    r"(\d{1,2})[:hH](\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"(Z|[+-]\d{2}(?::?\d{2})?)?$",
    re.I,
)
_IN_WORDS = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di,? |dimanche,? )?"
    r"(\d{1,2})(?:er)?[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})$"
)
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(),
    "january february march april may june july august september october november december".split(),
)
# Ways to write that there is no date, with letters or signs.
_NOTHING = frozenset("null none nan nc na n/a #n/a n.c. n.a. nd neant (vide)".split())
# Spreadsheets count the days from here.
_EPOCH = date(1899, 12, 30)
_YEARS = range(1900, 2100)


@lru_cache(maxsize=4096)
def parse_date(text: str, month_first: bool = False) -> tuple[date | None, str]:
    """Read one date.

    :param month_first: the file writes 03/15/2026 (see `is_month_first`)
    :return: the day in France and the format seen (“dd/mm/yyyy”…); `(None, "")` when empty
    :raises ValueError: when the text is not a date that exists
    """
    text = text.replace("\u00a0", " ").strip().strip("'\"").strip()
    if not text.strip("-/. ") or fold(text) in _NOTHING:
        return None, ""
    for read in (_year_first, _month_first if month_first else _day_first, _serial, _in_words):
        found = read(text)
        if found:
            break
    else:
        raise ValueError(text)
    if found[0].year not in _YEARS:
        raise ValueError(text)
    return found


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether dates are written by an American spreadsheet: 03/15/2026, and never 15/03/2026.

    One wrong date among many does not change how the others are read: a fifth of them must be
    impossible otherwise.
    """
    found = [match for text in texts if (match := _DAY_FIRST.match(text.strip()))]
    if any(int(match[1]) > 12 for match in found):
        return False
    return sum(int(match[3]) > 12 for match in found) * 5 >= len(found) > 0


def _year_first(text: str) -> tuple[date, str] | None:
    match = _YEAR_FIRST.match(text)
    if not match or (not match[2] and len(match[3] + match[4]) < 4):
        return None
    day = date(int(match[1]), int(match[3]), int(match[4]))
    return _with_clock(day, f"yyyy{match[2]}mm{match[2]}dd", match[5])


def _month_first(text: str) -> tuple[date, str] | None:
    match = _DAY_FIRST.match(text)
    if not match:
        return None
    day = date(_year(match[4]), int(match[1]), int(match[3]))
    return _with_clock(day, match[2].join(("mm", "dd", "y" * len(match[4]))), match[5])


def _day_first(text: str) -> tuple[date, str] | None:
    match = _DAY_FIRST.match(text)
    if not match:
        return None
    day = date(_year(match[4]), int(match[3]), int(match[1]))
    short = len(match[1]) == 1 or len(match[3]) == 1
    shape = ("d", "m") if short else ("dd", "mm")
    return _with_clock(day, match[2].join((*shape, "y" * len(match[4]))), match[5])


def _serial(text: str) -> tuple[date, str] | None:
    match = _SERIAL.match(text)
    return (_EPOCH + timedelta(days=int(match[1])), "days since 1899-12-30") if match else None


def _in_words(text: str) -> tuple[date, str] | None:
    """15 mars 2026, dimanche 15 mars 2026, 15-mars-26, 1er avr. 2026, 15-Apr-2026."""
    match = _IN_WORDS.match(fold(text))
    if not match:
        return None
    months = {
        number
        for names in _MONTHS
        for number, name in enumerate(names, 1)
        if name.startswith(match[2])
    }
    if len(months) != 1:
        return None
    return date(_year(match[3]), months.pop(), int(match[1])), "d month yyyy"


def _year(text: str) -> int:
    """A year of two or four digits: mandates do not go back before 1970."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _with_clock(day: date, shape: str, clock: str | None) -> tuple[date, str]:
    """Add the time of day: midnight in France is 22:00 or 23:00 the day before in UTC."""
    if not clock:
        return day, shape
    match = _CLOCK.match(clock.strip())
    if not match:
        raise ValueError(clock)
    moment = datetime(day.year, day.month, day.day, int(match[1]), int(match[2]), tzinfo=UTC)
    zone = (match[4] or "").upper().replace(":", "")
    if zone in ("Z", "+0000", "-0000", "+00"):
        return _in_france(moment), shape + " hh:mm UTC"
    # Without a zone, or with a local one, the day written is the day meant.
    return day, shape + (" hh:mm zone" if zone else " hh:mm")


def _in_france(moment: datetime) -> date:
    """The day in metropolitan France (summer time of the European Union, since 1996)."""
    summer = _last_sunday(moment.year, 3) <= moment < _last_sunday(moment.year, 10)
    return (moment + timedelta(hours=2 if summer else 1)).date()


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
