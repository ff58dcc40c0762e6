"""Public holidays of a department of France.

The dates come from the library `holidays` (Labour Code, art. L.3133-1; ordinance of
16 August 1892 for Alsace-Moselle, now L.3134-13; art. L.3422-2 for overseas departments). It is
imported when a holiday is asked for: clear days and calendar days do without it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

# The library names Bas-Rhin and Haut-Rhin by their European community.
ALIASES = {"67": "6AE", "68": "6AE", "975": "PM", "977": "BL", "978": "MF"}
ALIASES |= {"986": "WF", "987": "PF", "988": "NC"}
ALSACE_MOSELLE = ("57", "67", "68")
# In the Antilles custom adds days to the law (mid-Lent, Good Friday, 21 July): they are at the
# discretion of each employer and no clear or working day of an administration is lost on them.
ABOLITION = {"971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27)}
ABOLITION |= {"977": (10, 9), "978": (5, 28)}
EASTERS = range(1583, 4100)  # since the Gregorian calendar, as far as the rule has been checked


def public_holidays(department: str, years: Iterable[int], good_friday: bool = False) -> set[date]:
    """Days off by law in a department.

    >>> sorted(public_holidays("57", [2027]) - public_holidays("75", [2027]))
    [datetime.date(2027, 12, 26)]

    :param department: code of the department (`57`, `2A`, `974`); unknown or empty: the days
        that are common to the whole of France
    :param years: civil years
    :param good_friday: in Alsace-Moselle, Good Friday is a holiday only in the communes that
        have a Protestant church or a church of both confessions; true for such a place
    """
    days: set[date] = set()
    for year in sorted(set(years)):
        days |= _holidays_of(department or "", year)
        if department in ALSACE_MOSELLE and not good_friday:
            days.discard(good_friday_of(year))
    return days


def good_friday_of(year: int) -> date | None:
    """Two days before Easter Sunday; None in a year of which nobody knows it."""
    from dateutil.easter import easter

    return easter(year) - timedelta(days=2) if year in EASTERS else None


def _library():
    import holidays

    return holidays


@lru_cache(maxsize=256)
def _holidays_of(department: str, year: int) -> frozenset[date]:
    library = _library()
    name = ALIASES.get(department, department)
    if name not in library.France.subdivisions or len(name) > 3:
        name = None
    days = set(library.France(subdiv=name, years=year, categories=(library.PUBLIC,)))
    if department in ABOLITION:
        own = date(year, *ABOLITION[department])
        days &= {*library.France(years=year, categories=(library.PUBLIC,)), own}
    return frozenset(days)
