"""Renewals of the municipal councils, and which census counts until the next one.

The rules of a council that depend on its number of inhabitants (delay of notice, seats) use the
municipal population of its last full renewal, whatever later censuses give (CGCT, R.2151-4):
the last one in force before the election (Electoral Code, R.25-1). The figures in force on
1 January of year N come from the census of year N - 3.
"""

from datetime import date

# First rounds. A council renewed separately (dissolution, new commune) has its own date.
GENERAL_RENEWALS = (date(2014, 3, 23), date(2020, 3, 15), date(2026, 3, 15))
YEARS_OF_A_COUNCIL = 6
CENSUS_LAG = 3


def general_renewal(day: date) -> date:
    """Date of the last general renewal before a day.

    After the known ones, 1 March every six years: a decree sets the day of the election (Electoral
    Code, L.227).

    >>> general_renewal(date(2026, 11, 27))
    datetime.date(2026, 3, 15)
    >>> general_renewal(date(2032, 5, 1))
    datetime.date(2032, 3, 1)
    """
    known = [poll for poll in GENERAL_RENEWALS if poll <= day]
    last = known[-1] if known else GENERAL_RENEWALS[0]
    while last >= GENERAL_RENEWALS[-1] and date(last.year + YEARS_OF_A_COUNCIL, 3, 1) <= day:
        last = date(last.year + YEARS_OF_A_COUNCIL, 3, 1)
    return last


def renewal_of_census(census: int) -> date | None:
    """The general renewal for which the figures of a census counted; None for another year.

    >>> renewal_of_census(2023)
    datetime.date(2026, 3, 15)
    >>> renewal_of_census(2024) is None
    True

    :param census: year of the census, as INSEE names the figures
    """
    year = (census or 0) + CENSUS_LAG
    renewal = general_renewal(date(year, 12, 31))
    return renewal if renewal.year == year else None
