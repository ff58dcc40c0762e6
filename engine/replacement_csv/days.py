"""Days of the week as people type them: `lun:J mar:M`, `lun-ven:J`, `2026-12-08:M`."""

import re

from ..staffing import AM, PM, WORKING_WEEK, HalfDay, Pattern
from ..text import flat
from .dates import read_date

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
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}"


def weekday(name: str) -> int:
    """0 for Monday; the name or its first three letters.

    :raises ValueError: not a day of the week
    """
    word = flat(name).rstrip(".").removesuffix("s")
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
_EXCEPT = re.compile(r"\b(?:sauf|hors|hormis|except[ée]e?s?|mais pas)\b", re.I)


def read_pattern(text: str) -> Pattern:
    """The half-days that a text describes: `lun:J mar:M`, or “lundi et mardi matin”.

    Exceptions alone are taken off Monday to Friday.

    >>> sorted(read_pattern("lun:J mar:M").weekly)
    [(0, 'am'), (0, 'pm'), (1, 'am')]
    >>> sorted({day for day, _half in read_pattern("sauf mercredi").weekly})
    [0, 1, 3, 4]
    >>> read_pattern("pas le mercredi")
    Traceback (most recent call last):
    ValueError: pas

    :raises ValueError: with the word that was not understood
    """
    for expression, to in _REWRITES:
        text = expression.sub(to, text)
    included, *left_out = (_read_part(part) for part in _EXCEPT.split(text))
    if not all(left_out):
        raise ValueError(" ".join(text.split()))
    if left_out and not included:
        included = Pattern(WORKING_WEEK)
    weekly, dated = included.weekly, included.dated
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
    return flat(word) in PARTS


def _is_bare_day(word: str) -> bool:
    """One or more days without halves; a half that follows applies to them."""
    if ":" in word or _is_half(word):
        return False
    try:
        _read_word(word, set(), set())
    except ValueError:
        return False
    return True


def _read_word(word: str, weekly: set, dated: set):
    days, _colon, part = word.partition(":")
    if flat(days) in PARTS and not part:
        days, part = "lun-ven", days
    halves = PARTS.get(flat(part or "J"))
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
