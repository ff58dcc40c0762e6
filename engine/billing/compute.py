"""From tariffs and half-days to the amount of a statement.

Conventions, also in docs/guide-utilisateur.md:
- the tariff of a half-day is that of its own day: a mission that runs over a change of tariff is
  billed at the old one before, at the new one from its first day on;
- a tariff for the category of the agent comes before the tariff for all categories;
- the unit price is rounded to the cent first, since it is printed; each part of a half-day (work,
  travel, fee) is then rounded to the cent, half a cent upwards; a statement is the sum of its
  lines, so that it adds up;
- by the day, a half-day costs half: the morning is rounded, the afternoon is what remains, so
  that a whole day always costs its price;
- an evening (a council) is one more half-day, after the afternoon: its hours by the hour or at
  cost, half a day more by the day;
- the minimum is the least amount of work for a day of presence in a mission: the difference is
  carried by the last half-day of that day;
- a day owes what one bill of its half-days would hold, whatever the statements that share them and
  their order: the half-days billed last carry the difference, which may be a credit;
- flat travel is due once a day of presence, kilometres as they were driven;
- the fee is a percentage of the work and of the minimum, not of the travel.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ..text import round_cent
from . import model
from .model import Before, Charge, Half, NoTariff, Parts, Quote, Removed, Tariff, Work

TWO = Decimal(2)


def tariff_of(tariffs: Sequence[Tariff], day: date, category: str) -> Tariff:
    """The tariff that holds on a day for a category.

    >>> everybody = Tariff("all", date(2027, 1, 1))
    >>> managers = Tariff("managers", date(2027, 1, 1), category="A")
    >>> [tariff_of([everybody, managers], date(2027, 1, 4), one).key for one in ("A", "C")]
    ['managers', 'all']

    :raise NoTariff: when there is none
    """
    holding = [
        tariff
        for tariff in tariffs
        if tariff.start <= day
        and (tariff.end is None or day <= tariff.end)
        and tariff.category in ("", category)
    ]
    if not holding:
        raise NoTariff(day, category)
    return max(holding, key=lambda tariff: (tariff.category != "", tariff.start))


def bill(
    tariffs: Sequence[Tariff],
    works: Sequence[Work],
    before: Mapping[tuple, Before] | None = None,
) -> list[Charge]:
    """The charge of each half-day, in the order of the days.

    >>> from .model import HALF_DAY, KM
    >>> tariff = Tariff("t", date(2027, 1, 1), unit=HALF_DAY, amount=Decimal(120), travel=KM,
    ...                 travel_amount=Decimal("0.5"), fee=Decimal(10))
    >>> work = Work("w", "mission", date(2027, 1, 4), "am", hours=Decimal("3.5"), km=Decimal(30))
    >>> (charge,) = bill([tariff], [work])
    >>> str(charge.work), str(charge.travel), str(charge.fee), str(charge.total)
    ('120.00', '15.00', '12.00', '147.00')

    :param before: what was billed earlier, by (mission, day)
    """
    days: dict[tuple, list[Work]] = {}
    for work in sorted(works, key=lambda w: (w.day, w.half_day, str(w.mission))):
        days.setdefault((work.mission, work.day), []).append(work)
    charges = []
    for key, found in days.items():
        charges += _bill_day(tariffs, found, (before or {}).get(key, Before()))
    return charges


def _bill_day(tariffs, works, before):
    """Charges of a day of one mission: what counts once a day is known here."""
    halves = [(half, None) for half in before.standing]
    halves += [(_half(tariffs, work), work.key) for work in works if work.kind == model.WORKED]
    halves.sort(key=lambda pair: pair[0].half_day)
    shares = _share([half for half, _key in halves])
    own = {key: share for (_, key), share in zip(halves, shares, strict=True) if key is not None}
    if own:  # the last one carries what statements before do not hold of the day, or hold too much
        own[[*own][-1]] += sum(shares, Parts()) - before.billed - sum(own.values(), Parts())
    return [_charge(tariffs, work, own.get(work.key)) for work in works]


def _half(tariffs, work):
    tariff = tariff_of(tariffs, work.day, work.category)
    by_km = tariff.travel == model.KM
    km = round_cent(tariff.travel_amount * work.km) if by_km else model.ZERO
    return Half(work.half_day, tariff, _price(tariff, work)[2], km)


def _share(halves):
    """Share of the costs of a whole day that each of its half-days bears in one bill."""
    found, worked = [], sum((half.work for half in halves), model.ZERO)
    for half in halves:
        tariff, minimum, travel = half.tariff, model.ZERO, half.travel
        if half is halves[-1]:
            minimum = max(round_cent(tariff.minimum) - worked, model.ZERO)
        if half is halves[0] and tariff.travel == model.FLAT:
            travel = round_cent(tariff.travel_amount)
        fee = round_cent((half.work + minimum) * tariff.fee / 100)
        found.append(Parts(minimum, travel, fee))
    return found


def _charge(tariffs, work, parts):
    """The charge of a half-day; without parts, it is due without having been worked."""
    tariff = tariff_of(tariffs, work.day, work.category)
    quantity, price, amount = _price(tariff, work)
    if parts is None:
        parts = Parts(fee=round_cent(amount * tariff.fee / 100))
    return Charge(work.key, tariff, quantity, price, amount, parts.minimum, parts.travel, parts.fee)


def balance(before: Before) -> Parts:
    """Amount due for a day, less what was billed: left after one of its half-days was cancelled.

    The afternoon (110 €) was billed with the morning known: its least amount, 150 €, added
    nothing. The morning was cancelled since: 40 € are due.

    >>> tariff = Tariff("t", date(2027, 1, 1), amount=Decimal(110), minimum=Decimal(150))
    >>> str(balance(Before([Half("pm", tariff, Decimal(110))])).minimum)
    '40.00'
    """
    halves = sorted(before.standing, key=lambda half: half.half_day)
    return sum(_share(halves), Parts()) - before.billed


def _price(tariff, work):
    """(quantity, unit price, amount) of the work of a half-day."""
    if tariff.unit == model.COST:
        price = round_cent(work.hourly_cost * (100 + tariff.amount) / 100)
        return work.hours, price, round_cent(price * work.hours)
    price = round_cent(tariff.amount)
    if tariff.unit == model.HOUR:
        return work.hours, price, round_cent(price * work.hours)
    if tariff.unit == model.HALF_DAY:
        return Decimal(1), price, price
    morning = round_cent(price / TWO)
    return 1 / TWO, price, morning if work.half_day == "am" else price - morning


def taken_away(versions: Iterable[tuple[Iterable, Iterable]]) -> set:
    """Half-days that the versions of a mission took away and put nowhere else.

    In one version, a half-day that is added replaces one that is removed, the first ones first: it
    is moved, not cancelled. One that comes back in a later version is worked like any other.

    >>> taken_away([("ab", "ac"), ("ac", "a")])  # b moved to c, then c was cancelled
    {'c'}

    :param versions: (half-days before, half-days after), in order
    """
    gone = set()
    for former, latter in versions:
        before, after = set(former), set(latter)
        added = after - before
        gone = (gone - added) | set(sorted(before - after)[len(added) :])
    return gone


def cancelled_half_days(removed: Sequence[Removed], notice_days: int, due: int) -> list:
    """Half-days due for what the commune cancels late, at once or one after the other.

    Late: less than `notice_days` times 24 hours before it, or before an earlier half-day that was
    cancelled late too and was still to come. The first `due` of them are owed, never more than were
    cancelled.

    >>> from datetime import datetime
    >>> noon = datetime(2026, 12, 9, 12)
    >>> planned = [Removed(half, datetime(2026, 12, 10, hour), noon)
    ...            for hour, half in ((8, "am"), (13, "pm"))]
    >>> cancelled_half_days(planned, notice_days=1, due=2)
    ['am', 'pm']
    >>> cancelled_half_days(planned[1:], notice_days=1, due=2)
    []
    """
    notice = timedelta(days=notice_days)
    ordered = sorted(removed, key=lambda one: one.start)
    late = [one.start for one in ordered if one.start - one.cancelled < notice]
    found = [
        one.key
        for one in ordered
        if one.start in late
        or any(timedelta(0) < start - one.cancelled < notice for start in late if start < one.start)
    ]
    return found[:due]


def early_end_half_days(removed: Sequence[Removed], notice_days: int) -> list:
    """Half-days due when the commune ends a mission before its term.

    What was planned after the last day of work is owed as long as the notice runs: until
    `notice_days` days after the day on which the end was announced, that day not counted.

    >>> from datetime import datetime
    >>> monday = datetime(2027, 1, 18, 9)
    >>> planned = [Removed("Friday", datetime(2027, 1, 22, 8), monday),
    ...            Removed("Monday", datetime(2027, 1, 25, 8), monday)]
    >>> early_end_half_days(planned, notice_days=4)
    ['Friday']

    :param removed: in local time
    """
    notice = timedelta(days=notice_days)
    ordered = sorted(removed, key=lambda one: one.start)
    return [one.key for one in ordered if one.start.date() <= one.cancelled.date() + notice]


def quote(tariffs: Sequence[Tariff], works: Sequence[Work]) -> Quote:
    """The estimate of a mission: each half-day as it would be billed.

    >>> tariff = Tariff("t", date(2027, 1, 1), amount=Decimal(30))
    >>> work = Work("w", "mission", date(2027, 1, 4), "am", hours=Decimal("3.5"))
    >>> str(quote([tariff], [work]).add_up("total"))  # 3.5 hours at 30 euros
    '105.00'
    """
    return Quote(
        tuple(bill(tariffs, works)),
        sum((work.hours for work in works), model.ZERO),
        sum((work.km for work in works), model.ZERO),
    )
