"""Choice of the services suggested to each commune.

A service is suggested to a commune that may have it, when it is open and has a seat left, and the
commune neither holds it, nor is about to, nor refused it. Reasons, in this order:

1. the figure of its population band, or of its sector: see `disclosure`;
2. without one, communes with several services in common use it: at least `minimum_group` other
   communes that may have it hold `minimum_common` of the commune's services or more, at least
   `minimum_users` of them use it, and their share reaches `minimum_share`. Who these communes are
   depends on what they hold: their numbers are not shown, only that the minimums are reached.

The suggestions are those with the greatest share shown, first the figures, then the others; at
equal shares the order of the catalogue decides. Hidden values never change the order of a page:
it would reveal them.
"""

from collections.abc import Collection, Hashable, Sequence
from fractions import Fraction

from .disclosure import disclose
from .model import BAND, SECTOR, SHARED, Commune, Figure, Rules, Service, Suggestion


def suggest(
    communes: Sequence[Commune],
    services: Sequence[Service],
    rules: Rules | None = None,
    keys: Collection[Hashable] | None = None,
) -> dict:
    """{key of a commune: its suggestions, the best first}.

    :param keys: the communes that get suggestions, each compared with all; by default, all of them

    >>> service = Service("archives", order=0, eligible=frozenset(range(9)))
    >>> held = [frozenset(["archives"])] * 4 + [frozenset()] * 5
    >>> communes = [Commune(key, band="small", held=one) for key, one in enumerate(held)]
    >>> [one.service.key for one in suggest(communes, [service])[8]]
    ['archives']
    """
    rules = rules or Rules()
    offered = [service for service in services if service.is_open and not service.is_full]
    disclosed = {service.key: disclose(service, communes, rules) for service in offered}
    return {
        commune.key: _suggest_to(commune, communes, offered, disclosed, rules)
        for commune in communes
        if keys is None or commune.key in keys
    }


def _suggest_to(commune, communes, services, disclosed, rules):
    if commune.opted_out:
        return ()
    known = commune.held | commune.unwanted
    wanted = [s for s in services if commune.key in s.eligible and s.key not in known]
    alike = _get_alike(commune, communes, rules) if wanted else []
    found = []
    for service in wanted:
        figures = disclosed[service.key]
        figure = figures.get((BAND, commune.band)) or figures.get((SECTOR, commune.sector))
        figure = figure or _count_alike(service, alike, rules)
        if figure:
            found.append(Suggestion(service, figure))
    found.sort(key=_rank)
    return tuple(found[: rules.limit])


def _rank(suggestion):
    figure, service = suggestion.figure, suggestion.service
    return figure.criterion == SHARED, -figure.share, service.order, repr(service.key)


def _get_alike(commune, communes, rules):
    """The other communes with several services in common."""
    return [
        other
        for other in communes
        if other.key != commune.key and len(other.held & commune.held) >= rules.minimum_common
    ]


def _count_alike(service, alike, rules):
    members = [other for other in alike if other.key in service.eligible]
    users = sum(service.key in other.held for other in members)
    if len(members) < rules.minimum_group or users < rules.minimum_users:
        return None
    if Fraction(users, len(members)) < rules.minimum_share:
        return None
    return Figure(SHARED, None, rules.minimum_users, rules.minimum_group, at_least=True)
