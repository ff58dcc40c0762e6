"""Days of the week as people type them: `lun:J mar:M`, `lun-ven:J`, `2026-12-08:M`."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from .dates import plain, read_date
from .model import AM, PM, HalfDay

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PARTS = {
    "j": (AM, PM),
    "jour": (AM, PM),
    "journee": (AM, PM),
    "m": (AM,),
    "matin": (AM,),
    "matinee": (AM,),
    "a": (PM,),
    "apm": (PM,),
    "ap": (PM,),
    "pm": (PM,),
    "apres-midi": (PM,),
}
WORKING_WEEK = frozenset((day, half) for day in range(5) for half in (AM, PM))
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}"


@dataclass(frozen=True)
class Pattern:
    """weekly: pairs (weekday from 0 for Monday, half). dated: half-days named one by one."""

    weekly: frozenset = frozenset()
    dated: frozenset[HalfDay] = field(default=frozenset())

    def halves(self, weekday: int) -> tuple[str, ...]:
        """Halves worked on a weekday."""
        return tuple(half for half in (AM, PM) if (weekday, half) in self.weekly)


def weekday(name: str) -> int:
    """0 for Monday; the name or its first three letters.

    :raises ValueError: not a day of the week
    """
    word = plain(name).rstrip(".").removesuffix("s")
    for index, day in enumerate(DAYS):
        if len(word) >= 3 and day.startswith(word):
            return index
    raise ValueError(name)


_NAME = "(?:" + "|".join(f"{day[:3]}(?:{day[3:]}s?)?" for day in DAYS) + r")\b\.?"
# What people write around the days, in the form of the table.
_REWRITES = tuple(
    (re.compile(expression, re.I), to)
    for expression, to in (
        (r"[–—→]", "-"),
        (r"[()]", " "),
        (rf"({_NAME})\s+(?:au|à)\s+({_NAME})", r"\1-\2"),
        (r"(?<=[a-zé])/(?=[a-z])", " "),
        (r"\b(?:tous les jours|toute la semaine)\b", "lun-ven"),
        (r"\b(?:du|les?|et|tous|chaque)\b", " "),
        (r"\b(matin|après-midi|apres-midi)s\b", r"\1"),
        (r"\s*([:-])\s*", r"\1"),
    )
)
_EXCEPT = re.compile(r"\b(?:sauf|hors)\b", re.I)


def read_pattern(text: str) -> Pattern:
    """The half-days that a text describes: `lun:J mar:M`, or “lundi et mardi matin”.

    :raises ValueError: with the word that was not understood
    """
    for expression, to in _REWRITES:
        text = expression.sub(to, text)
    said, *left_out = (_read_part(part) for part in _EXCEPT.split(text))
    weekly, dated = said.weekly, said.dated
    for other in left_out:
        weekly, dated = weekly - other.weekly, dated - other.dated
    return Pattern(weekly, dated)


def _read_part(text: str) -> Pattern:
    weekly, dated = set(), set()
    words = [word for word in re.split(r"[\s,;|+]+", text) if word]
    for index, word in enumerate(words):
        if index and _is_half(word) and _is_bare_day(words[index - 1]):
            continue
        half = words[index + 1] if index + 1 < len(words) else ""
        if _is_half(half) and _is_bare_day(word):
            word = f"{word}:{half}"
        _read_word(word, weekly, dated)
    return Pattern(frozenset(weekly), frozenset(dated))


def _is_half(word: str) -> bool:
    return plain(word) in PARTS


def _is_bare_day(word: str) -> bool:
    """A day or several without their halves: a half that follows is theirs."""
    if ":" in word or _is_half(word):
        return False
    try:
        _read_word(word, set(), set())
    except ValueError:
        return False
    return True


def _read_word(word: str, weekly: set, dated: set):
    days, _colon, part = word.partition(":")
    if plain(days) in PARTS and not part:
        days, part = "lun-ven", days
    halves = PARTS.get(plain(part or "J"))
    if halves is None:
        raise ValueError(word)
    if re.fullmatch(_DATE, days):
        dated.update(HalfDay(read_date(days), half) for half in halves)
        return
    first, dash, last = days.partition("-")
    try:
        begin = weekday(first)
        length = (weekday(last) - begin) % 7 if dash else 0
    except ValueError:
        raise ValueError(word) from None
    for step in range(length + 1):
        weekly.update(((begin + step) % 7, half) for half in halves)


def half_days(
    pattern: Pattern,
    start: date,
    end: date,
    closed: Callable[[int], Collection[date]] | None = None,
    dates: Iterable[HalfDay] | None = None,
) -> tuple[HalfDay, ...]:
    """The half-days of a period, public holidays left out.

    :param end: last day
    :param closed: public holidays of a year
    :param dates: half-days named one by one, instead of the days of the week
    """
    if dates is None and not pattern.weekly:
        dates = pattern.dated
    if dates is None:
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        found = {HalfDay(day, half) for day in days for half in pattern.halves(day.weekday())}
        found |= pattern.dated
    else:
        found = set(dates) | pattern.dated
    years = {slot.date.year for slot in found}
    off = {day for year in years for day in closed(year)} if closed else set()
    return tuple(sorted(s for s in found if start <= s.date <= end and s.date not in off))
