"""The secretary general of a town hall: what the law asks from 1 January 2028.

CGCT, L2122-19-1 as law n° 2023-1380 of 30 December 2023 writes it from that day: under 2,000
inhabitants, an official of category B at least; from 2,000, of category A, unless the mayor has
named a director general of services (DGS). Until then, communes under 3,500 inhabitants name a
secretary general, or a DGS, without a category. It binds the appointment, not a replacement.
"""

from collections.abc import Collection

THRESHOLD = 2000


def needed_category(population: int) -> str:
    """Lowest category, from 1 January 2028.

    >>> needed_category(1999), needed_category(2000)
    ('B', 'A')
    """
    return "B" if population < THRESHOLD else "A"


def judge_secretary(population: int, categories: Collection[str], has_director: bool) -> str:
    """Position of a commune with regard to 1 January 2028.

    >>> judge_secretary(640, ["C"], False)
    'below'

    :param categories: of each secretary general in post, `A`, `B`, `C`, or empty when not known
    :param has_director: a DGS is in post
    :return: `director` (no category asked), `fits`, `below`, `unknown` (category not typed) or
        `missing` (nobody)
    """
    if has_director and population >= THRESHOLD:
        return "director"
    if not categories:
        return "missing"
    if any(known and known <= needed_category(population) for known in categories):
        return "fits"
    return "below" if all(categories) else "unknown"
