"""Figures of a service that may be shown without revealing who uses it.

For a service, let E be the communes that may have it, and for a band (or a sector) g:

    size(g)  = number of communes of E in g
    users(g) = number of those that use the service today
    shown(g) = min(users(g), size(g) − m), with “at least” when users(g) ≥ size(g) − m

where m is `minimum_users`. The figure is shown when size(g) ≥ `minimum_group`, shown(g) ≥ m and
shown(g) / size(g) ≥ `minimum_share`. What this protects:

- few users: fewer than m of them are never shown;
- all, or all but a few: the readers of the page do not use the service (it is not suggested to its
  users), so that “7 of 8” would reveal that every other commune of the group uses it. From
  size − m on, the figure stays at “at least size − m”: even two communes that compare their
  pages cannot know whether a third one uses it. With m = 3, no figure is shown for a group of
  fewer than six communes;
- two pages compared: all the figures of a service are about bands, or all about sectors, never
  both. The groups have no commune in common and all pages of a group show the same figure: no
  subtraction isolates a commune. Communes that may not have the service are counted nowhere,
  since its sheet lists them;
- the total: the sheet of a service with limited places shows how many are left. The total is then
  known, and total − figures = users of the hidden groups. No “at least” is then shown (the
  difference would undo it), and the hidden communes must be none or pass the same test together;
  until they do, the smallest group shown is hidden too (secondary suppression in statistics, as
  in `engine.survey`).

Known limit: a figure changes on the day a commune subscribes; its council decides it in public.
"""

from collections.abc import Sequence
from fractions import Fraction

from .model import BAND, SECTOR, Commune, Figure, Rules, Service


def disclose(service: Service, communes: Sequence[Commune], rules: Rules) -> dict:
    """{(criterion, band or sector): figure} for the first criterion that may be shown.

    >>> service = Service("archives", order=0, eligible=frozenset(range(9)))
    >>> held = [frozenset(["archives"])] * 4 + [frozenset()] * 5
    >>> communes = [Commune(key, band="small", held=one) for key, one in enumerate(held)]
    >>> figure = disclose(service, communes, Rules())[BAND, "small"]
    >>> figure.users, figure.size
    (4, 9)
    >>> disclose(service, communes[2:], Rules())  # two users: they would be recognised
    {}
    """
    eligible = [commune for commune in communes if commune.key in service.eligible]
    for criterion in (BAND, SECTOR):
        groups = _split(eligible, criterion)
        figures = {
            group: _count(service, *group, members, rules) for group, members in groups.items()
        }
        disclosed = {group: figure for group, figure in figures.items() if figure}
        if service.total_known:
            disclosed = _hide_more(service, eligible, groups, disclosed, rules)
        if disclosed:
            return disclosed
    return {}


def _split(communes, criterion):
    groups = {}
    for commune in communes:
        group = getattr(commune, criterion)
        if group is not None:
            groups.setdefault((criterion, group), []).append(commune)
    return groups


def _count(service, criterion, group, members, rules):
    """Figure of a group; None when it may not be shown or its share is too small."""
    size = len(members)
    users = sum(service.key in commune.held for commune in members)
    most = size - rules.minimum_users
    shown = min(users, most)
    if size < rules.minimum_group or shown < rules.minimum_users:
        return None
    if service.total_known and users >= most:
        return None
    if Fraction(shown, size) < rules.minimum_share:
        return None
    return Figure(criterion, group, shown, size, at_least=users >= most)


def _hide_more(service, eligible, groups, disclosed, rules):
    """Secondary suppression: hide figures until the rest, known by difference, reveals nothing."""
    disclosed = dict(disclosed)
    while disclosed:
        shown = {commune.key for group in disclosed for commune in groups[group]}
        rest = [commune for commune in eligible if commune.key not in shown]
        users = sum(service.key in commune.held for commune in rest)
        most = len(rest) - rules.minimum_users
        if not rest or (len(rest) >= rules.minimum_group and rules.minimum_users <= users <= most):
            break
        del disclosed[min(disclosed, key=lambda group: (len(groups[group]), repr(group)))]
    return disclosed
