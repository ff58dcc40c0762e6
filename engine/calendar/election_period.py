"""Restricted period before an election, in which an authority may not promote its record.

Code électoral, L52-1, second paragraph (law of 14 April 2011): from the first day of the sixth
month before the month of general elections, until the round at which they are decided, no
advertising campaign promotes the achievements or the management of an authority concerned.
"""

from datetime import date

MONTHS_BEFORE = 6


def restricted_from(first_round: date, months: int = MONTHS_BEFORE) -> date:
    """First day of the restricted period; the month of the election itself is not counted.

    >>> restricted_from(date(2026, 3, 15))
    datetime.date(2025, 9, 1)

    :param months: whole months before that of the election, 0 or more
    """
    rank = first_round.year * 12 + first_round.month - 1 - months
    return date(rank // 12, rank % 12 + 1, 1)


def is_restricted(day: date, first_round: date, last_round: date | None = None) -> bool:
    """Whether a day is in the restricted period; the day of the last round still is.

    >>> is_restricted(date(2026, 3, 22), date(2026, 3, 15), date(2026, 3, 22))
    True

    :param last_round: day of the second round, when there may be one
    """
    return restricted_from(first_round) <= day <= (last_round or first_round)
