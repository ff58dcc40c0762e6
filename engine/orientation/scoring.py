"""Score of each topic or document for a question, and the words that it is from."""

from collections import defaultdict
from dataclasses import dataclass

from .lexicon import Unit
from .postings import Postings
from .query import Candidate, Query, Signal


@dataclass(frozen=True)
class Hit:
    """A word of the question that counts for a topic or a document, and by how much."""

    value: float
    signal: Signal
    unit: Unit
    candidate: Candidate


def score(postings: Postings, query: Query, least_share: float = 0.0) -> dict[int, float]:
    """Score of each holder of a large enough share of the question, by number."""
    scores: dict[int, float] = defaultdict(float)
    shares: dict[int, float] = defaultdict(float)
    for signal in query.signals:
        for number, value in _reach(postings, signal).items():
            scores[number] += value
            shares[number] += signal.weight
    for signal in query.expressions:
        for number, value in _reach(postings, signal).items():
            scores[number] += value
    least = least_share * sum(signal.weight for signal in query.signals)
    return {number: value for number, value in scores.items() if shares[number] >= least}


def _reach(postings: Postings, signal: Signal) -> dict[int, float]:
    """For each holder the best way in which one word of the question reaches it."""
    best: dict[int, float] = {}
    for unit, candidate in signal.candidates.items():
        numbers, weights = postings.scored.get(unit, ((), ()))
        factor = signal.weight * candidate.factor * postings.rarity.get(unit, 0.0)
        for number, weight in zip(numbers, weights, strict=True):
            value = factor * weight
            if best.get(number, 0.0) < value:
                best[number] = value
    return best


def hits_of(postings: Postings, query: Query, number: int) -> list[Hit]:
    """The ways of `score` to one holder."""
    hits = []
    for signal in (*query.signals, *query.expressions):
        values = {
            unit: signal.weight * candidate.factor * postings.get_value(unit, number)
            for unit, candidate in signal.candidates.items()
        }
        unit = max(values, key=values.__getitem__, default=())
        if values.get(unit):
            hits.append(Hit(values[unit], signal, unit, signal.candidates[unit]))
    return hits
