"""Counts, shares and weighted shares by population band, exact fractions until they are shown.

A group smaller than the minimum is hidden. When the groups hidden hold together fewer communes
than the minimum, the difference between the total and the other bands would give them away: the
smallest band shown is hidden as well (what statisticians call secondary suppression).

A commune with over half of the inhabitants of a group would be read in its weighted figures: they
are left out, and so are those of the smallest bands until those left out together are not held by
one commune either. So are the weighted figures of fewer than `WEIGHED_FROM` answers: populations
are public, so that the plain mean and the weighted mean of three whole marks are two equations
that one answer alone solves. A minimum of one commune asks for no secrecy, and hides nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from .model import Figure, Group, Place, Question, Rate, Reply, Result, Results

ALL = ""
# Answers of a group under which nothing of it is weighted by population. Of three marks from 0 to
# 10 both means leave one solution, of five a handful; of ten, thousands for each mark.
WEIGHED_FROM = 10


def tabulate(
    questions: Sequence[Question],
    places: Sequence[Place],
    replies: Sequence[Reply],
    minimum: int,
    bands: Sequence[str],
) -> Results:
    """:param places: every commune asked; :param replies: one per commune that answered

    >>> places = [Place(key, population=100, band="small") for key in range(8)]
    >>> question = Question("q", "Une police partagée ?", "choice", ("oui", "non"))
    >>> replies = [Reply(key, {"q": ("oui",) if key else ("non",)}) for key in range(6)]
    >>> found = tabulate([question], places, replies, minimum=3, bands=["small"])
    >>> str(found.rates[0].share)  # six communes of eight answered
    '3/4'
    >>> [(one.label, one.count) for one in found.questions[0].overall.figures]
    [('oui', 5), ('non', 1)]
    """
    known = {place.key: place for place in places}
    answered = [known[reply.place] for reply in replies]
    asked = {band: [place for place in places if place.band == band] for band in bands}
    light = _light_groups({band: len(found) for band, found in asked.items()}, minimum)
    rates = [_rate(ALL, places, answered, ALL in light)]
    for band, found in asked.items():
        if found:
            own_places = [place for place in answered if place.band == band]
            rates.append(_rate(band, found, own_places, band in light))
    shown_bands = [rate.band for rate in rates[1:]]
    results = [
        _result(
            question,
            [(known[r.place], r.values[question.key]) for r in replies if question.key in r.values],
            minimum,
            shown_bands,
        )
        for question in questions
    ]
    return Results(tuple(rates), tuple(results))


def _rate(band, asked, answered, light):
    """:param light: too few are asked: the share of inhabitants would reveal who did not answer"""
    population = 0 if light else sum(place.population for place in asked)
    return Rate(
        band,
        len(asked),
        len(answered),
        Fraction(len(answered), len(asked)) if asked else None,
        Fraction(sum(p.population for p in answered), population) if population else None,
    )


def _result(question, given, minimum, bands):
    """:param given: (place, value) of the communes that answered the question"""
    by_band = {band: [item for item in given if item[0].band == band] for band in bands}
    if len(given) < minimum:
        hidden = {ALL, *bands}
    else:
        hidden = _hidden_bands({band: len(items) for band, items in by_band.items()}, minimum)
    held = _unweighted_groups(given, by_band, hidden, minimum)
    groups = [_group(question, ALL, given, ALL in hidden, ALL in held)]
    groups += [
        _group(question, band, items, band in hidden, band in held)
        for band, items in by_band.items()
    ]
    return Result(question, tuple(groups))


def _hidden_bands(sizes, minimum):
    """Bands whose figures must stay hidden; an empty band reveals and hides nothing."""
    hidden = {band for band, size in sizes.items() if size < minimum}
    shown = sorted((band for band in sizes if band not in hidden), key=lambda b: sizes[b])
    while shown and 0 < sum(sizes[band] for band in hidden) < minimum:
        hidden.add(shown.pop(0))
    return hidden


def _light_groups(sizes, minimum):
    """Groups too small to be weighted, `ALL` among them, and the smallest of the others until those
    left out together are large enough: all less the bands shown would weigh them otherwise."""
    if minimum <= 1:
        return set()
    if sum(sizes.values()) < WEIGHED_FROM:
        return {ALL, *sizes}
    light = {band for band, size in sizes.items() if size < WEIGHED_FROM}
    left = sorted((band for band in sizes if band not in light), key=lambda b: sizes[b])
    while left and 0 < sum(sizes[band] for band in light) < WEIGHED_FROM:
        light.add(left.pop(0))
    return light


def is_held(places: Sequence[Place]) -> bool:
    """Whether one commune has over half of the inhabitants of a group.

    >>> is_held([Place("A", 501, ""), Place("B", 300, ""), Place("C", 200, "")])
    True
    >>> is_held([Place("A", 500, ""), Place("B", 300, ""), Place("C", 200, "")])
    False
    """
    populations = [place.population for place in places]
    return bool(populations) and 2 * max(populations) > sum(populations)


def _unweighted_groups(given, by_band, hidden, minimum):
    """Groups whose weighted figures must not be shown, `ALL` among them."""
    if minimum <= 1:
        return set()
    places = {band: [place for place, _value in items] for band, items in by_band.items()}
    held = _light_groups({band: len(found) for band, found in places.items()}, minimum)
    held |= {band for band, found in places.items() if is_held(found)}
    if is_held([place for place, _value in given]):
        return held | {ALL}
    left = sorted((b for b in places if b not in held | hidden), key=lambda b: len(places[b]))
    while left and is_held([p for b, found in places.items() if b in held | hidden for p in found]):
        held.add(left.pop(0))
    return held


def _group(question, band, given, hidden, held):
    if hidden or not given:
        return Group(band, len(given), True)
    if question.kind == "choice":
        found = Group(band, len(given), False, figures=_figures(question, given))
    elif question.kind in ("number", "scale"):
        found = _numbers(question, band, given)
    else:
        return Group(band, len(given), False)
    return _leave_weights_out(found) if held else found


def _leave_weights_out(group):
    figures = tuple(replace(figure, weighted=None) for figure in group.figures)
    return replace(group, figures=figures, weighted_mean=None, unweighted=True)


def _figures(question, given):
    population = sum(place.population for place, _value in given)
    figures = []
    for label in question.choices:
        chosen = [place for place, value in given if label in value]
        weight = sum(place.population for place in chosen)
        figures.append(
            Figure(
                label,
                len(chosen),
                Fraction(len(chosen), len(given)),
                Fraction(weight, population) if population else None,
            )
        )
    return tuple(figures)


def _numbers(question, band, given):
    """Mean of the communes, and mean that an inhabitant would see."""
    population = sum(place.population for place, _value in given)
    total = sum((Decimal(value) for _place, value in given), Decimal(0))
    weighted = sum((place.population * Fraction(value) for place, value in given), Fraction(0))
    return Group(
        band,
        len(given),
        False,
        mean=Fraction(total) / len(given),
        weighted_mean=weighted / population if population else None,
        total=total if question.kind == "number" else None,
    )
