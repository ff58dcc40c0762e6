"""Weeks in which all town halls have the same work: payroll, budget, census, elections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

POLL_BEFORE = timedelta(days=42)  # lists, propaganda, polling stations


@dataclass(frozen=True, slots=True)
class Peak:
    """kind: `payroll`, `accounts`, `budget`, `census` or `poll`; skills: codes of the skills."""

    kind: str
    start: date
    end: date
    skills: tuple[str, ...]
    name: str = ""


def fixed_peaks(year: int, polls: Iterable[tuple[str, date, date]] = ()) -> list[Peak]:
    """Peaks of a year in the order of their days.

    Budget: voted by 15 April, by the 30th in the year in which the councils are renewed (CGCT,
    L1612-2). Census: January and February (décret n° 2003-485). Year’s accounts: closed in January.
    Payroll: the last ten days of December, when the year is closed.

    >>> [peak.kind for peak in fixed_peaks(2027)]
    ['census', 'accounts', 'budget', 'payroll']

    :param polls: (name, first round, last round)
    """
    found = [
        Peak("census", date(year, 1, 15), date(year, 2, 28), ("ACC",)),
        Peak("accounts", date(year, 1, 15), date(year, 2, 28), ("CPT",)),
        Peak("budget", date(year, 3, 1), date(year, 4, 15), ("BUD", "CM")),
        Peak("payroll", date(year, 12, 10), date(year, 12, 31), ("PAI",)),
    ]
    found += [
        Peak("poll", first - POLL_BEFORE, last, ("ELE",), name)
        for name, first, last in polls
        if first.year == year
    ]
    return sorted(found, key=lambda peak: (peak.start, peak.end))
