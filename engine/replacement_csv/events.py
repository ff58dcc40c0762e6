"""Events of a request after its arrival, read in the sentences of the imported register.

Such as "Avenant du 04/01/2027 : + vendredi", "fin reportée du 29/01 au 26/02/2027", "fin de
mission le 22/01/2027", "Convention signée le 15/12/2026", "Conseil municipal le 08/12 de 20 h à
22 h 30", "Annulée par la commune le 09/12/2026 à 16 h 30". Any other sentence is ignored, and so
is a clause with a negation or a doubt.
"""

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..staffing import AM, PM, Evening, HalfDay
from ..text import flat
from .dates import MONTHS
from .days import DAYS, PARTS, weekday

_DATE = (
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{4}|/\d{2}(?!\d))?"
    rf"|\d{{1,2}}(?:er)? (?:{'|'.join(MONTHS)})(?: \d{{4}})?)"
)
_HOUR = r"(\d{1,2}) ?(?:h|:) ?(\d{2})?"
_AMENDMENT = re.compile(r"avenant[^:]{0,200}?" + _DATE)
_END = re.compile(
    r"\bfin (?:de (?:la )?mission |reportee |avancee |anticipee |du remplacement ){0,6}"
    rf"(?:du {_DATE} )?(?:le|au|a) {_DATE}"
)
# "Prolongation possible…" is a wish, not a decision.
_LONGER = re.compile(
    rf"\bprolong\w{{1,20}} (?!possible|eventuel|envisage|a confirmer)[^,;]{{0,200}}?"
    rf"\b(?:jusqu'au|au) {_DATE}"
)
_SIGNED = re.compile(r"convention (?:a ete )?signee (?:le )?" + _DATE)
_EVENING = re.compile(
    rf"\b(?:conseil|reunion|commission|seance)\b[^,;]{{0,200}}?\b(?:le|du) {_DATE},?"
    rf" (?:de )?{_HOUR} ?(?:a|-) ?{_HOUR}"
)
_CANCELLED = re.compile(rf"\bannulee?\b(?! a moins)[^;]{{0,200}}?\ble {_DATE}(?: a {_HOUR})?")
_DAY = r"(?:" + "|".join(DAYS) + r")s?"
_PART = r"(?: (matin|apres-midi|journee)s?)?"
# “Plus le vendredi” adds it or takes it away: it is not read.
_CHANGE = re.compile(rf"((?<!\w)[+-]|\bsans|\bajout du?) ?(?:l[ea]s? )?({_DAY}){_PART}")
_ALSO = re.compile(rf"(?:,| et) (?:l[ea]s? )?({_DAY}){_PART}")
# Words of negation or doubt, before or after the statement of a clause.
_DOUBT = (
    r"n(?!°)|non|pas|jamais|si|sauf|impossible|a confirmer|peut-etre|eventuel\w{0,6}|envisag\w{0,6}"
    r"|exclue?s?|refus\w{0,6}|rejet\w{0,6}|abandon\w{0,6}|annul\w{0,6}|possible|demandees?"
)
_BEHIND = re.compile(rf"\b(?:{_DOUBT})\b|\?")
_BEFORE = re.compile(rf"\b(?:{_DOUBT}|ne|ni|plus|aucune?|sans|projet)\b")
_CLAUSE = re.compile(r"[,;.:()]|\bmais\b")
# A commune that gives up less than a day before owes the half-day: it stays asked.
CANCEL_NOTICE = timedelta(hours=24)
OPENING = {AM: time(8), PM: time(13, 30)}


@dataclass(frozen=True)
class Events:
    """amendments: (first day, pairs (weekday, half) added, pairs taken away). end: new last day.
    signed: day on which the agreement was signed. cancelled: when the commune gave up."""

    amendments: tuple[tuple[date, frozenset, frozenset], ...] = ()
    end: date | None = None
    signed: date | None = None
    cancelled: datetime | None = None
    evenings: tuple[Evening, ...] = ()


def read_events(text: str, start: date, end: date) -> Events:
    """Changes stated in a text; a date without a year is taken near the requested period.

    >>> period = date(2027, 1, 4), date(2027, 1, 29)
    >>> read_events("Fin de mission le 22/01", *period).end
    datetime.date(2027, 1, 22)
    >>> read_events("Pas de fin de mission le 22/01", *period) == Events()
    True
    """
    plain = flat(text)

    def day(value: str) -> date | None:
        return _day(value, start, end)

    ends = [(match.start(), day(match[2])) for match in _find_statements(_END, plain)]
    ends += [(match.start(), day(match[1])) for match in _find_statements(_LONGER, plain)]
    signed = [day(match[1]) for match in _find_statements(_SIGNED, plain)]
    cancelled = [
        datetime.combine(day(match[1]), time(int(match[2] or 0) % 24, int(match[3] or 0) % 60))
        for match in _find_statements(_CANCELLED, plain)
        if day(match[1])
    ]
    return Events(
        amendments=_amendments(plain, day),
        end=next((day for _place, day in sorted(ends, reverse=True) if day), None),
        signed=next(filter(None, signed), None),
        cancelled=next(iter(cancelled), None),
        evenings=_evenings(plain, day),
    )


def _find_statements(pattern: re.Pattern, text: str) -> Iterator[re.Match]:
    """Matches of a statement in a text, without those that it denies or doubts."""
    return (match for match in pattern.finditer(text) if _is_stated(match, text))


def _is_stated(match: re.Match, text: str) -> bool:
    before = _CLAUSE.split(text[: match.start()])[-1]
    behind = _CLAUSE.split(text[match.end() :], maxsplit=1)[0]
    within = match[0].partition(" ")[2]
    return not (_BEFORE.search(before) or _BEFORE.search(within) or _BEHIND.search(behind))


def _day(value: str, start: date, end: date) -> date | None:
    """Date of a text; without a year, the one within the request, else in its first year."""
    try:
        if "-" in value:
            return date(*map(int, value.split("-")))
        numbers = _numbers(value)
        if len(numbers) == 3:
            year = numbers[2] + (2000 if numbers[2] < 100 else 0)
            return date(year, numbers[1], numbers[0])
        years = range(start.year, end.year + 1)
        if numbers == [29, 2]:
            years = filter(isleap, years)
        found = [date(year, numbers[1], numbers[0]) for year in years]
    except ValueError:
        return None
    return next((one for one in found if start <= one <= end), next(iter(found), None))


def _numbers(value: str) -> list[int]:
    """Day, month and perhaps year of `8/12`, `8/12/2026` or `8 decembre 2026`."""
    parts = re.sub(r"(?<=\d)er\b|/", " ", value).split()
    return [MONTHS.index(part) + 1 if part.isalpha() else int(part) for part in parts]


def _amendments(plain: str, day) -> tuple[tuple[date, frozenset, frozenset], ...]:
    found = []
    places = list(_AMENDMENT.finditer(plain))
    ends = [behind.start() for behind in places[1:]] + [len(plain)]
    for match, last in zip(places, ends, strict=False):
        if not _is_stated(match, plain):
            continue
        clause = plain[match.end() : last]
        added, removed = set(), set()
        for change in _find_statements(_CHANGE, clause):
            target = removed if change[1] in ("-", "sans") else added
            _add_days(target, change[2], change[3])
            rest = clause[change.end() :]
            also = _ALSO.match(rest)
            while also and _is_stated(also, rest):
                _add_days(target, also[1], also[2])
                rest = rest[also.end() :]
                also = _ALSO.match(rest)
        if day(match[1]) and (added or removed):
            found.append((day(match[1]), frozenset(added), frozenset(removed)))
    return tuple(found)


def _add_days(target: set, name: str, part: str | None):
    target.update((weekday(name), half) for half in PARTS[part or "journee"])


def _evenings(plain: str, day) -> tuple[Evening, ...]:
    found = []
    for match in _find_statements(_EVENING, plain):
        try:
            begin = time(int(match[2]), int(match[3] or 0))
            finish = time(int(match[4]) % 24, int(match[5] or 0))
        except ValueError:
            continue
        if day(match[1]):
            found.append(Evening(day(match[1]), begin, finish))
    return tuple(found)


def apply_amendments(slots, events: Events, end: date, closed) -> tuple[HalfDay, ...]:
    """The half-days with those that amendments add, without those that they take away."""
    found = set(slots)
    for first, added, removed in events.amendments:
        days = [first + timedelta(days=n) for n in range(max(0, (end - first).days + 1))]
        for day in days:
            for half in (AM, PM):
                if (day.weekday(), half) in removed:
                    found.discard(HalfDay(day, half))
                elif (day.weekday(), half) in added and day not in closed(day.year):
                    found.add(HalfDay(day, half))
    return tuple(sorted(found))


def is_kept(slot: HalfDay, cancelled: datetime | None) -> bool:
    """Whether a half-day is still asked after the commune gave up."""
    if cancelled is None:
        return True
    return datetime.combine(slot.date, OPENING[slot.half]) < cancelled + CANCEL_NOTICE
