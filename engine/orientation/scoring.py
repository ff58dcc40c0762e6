"""Score of each topic for a question."""

from dataclasses import dataclass, replace

from .postings import Entry, Postings
from .query import Candidate, Query, Signal

EXPRESSION_BONUS = 0.7


@dataclass(frozen=True)
class Hit:
    """A word of the question that counts for a topic, and by how much.

    :param typed: the word as the person wrote it
    :param whole: topics that have an expression of which the word is a part, and not the word
    """

    value: float
    word: str
    typed: str
    candidate: Candidate
    entry: Entry
    whole: frozenset[str] = frozenset()


def score_topics(postings: Postings, query: Query) -> dict[str, list[Hit]]:
    """The hits of each topic that has any, in the order of the topics."""
    hits: dict[str, list[Hit]] = {}
    for rank, signal in enumerate(query.signals):
        whole = frozenset(
            code for unit in query.wholes.get(rank, ()) for code in postings.get_idiomatic(unit)
        )
        for code, hit in _best_hits(postings, signal).items():
            hits.setdefault(code, []).append(replace(hit, whole=whole))
    whole = Candidate(1.0, "own")
    for unit, signal in query.expressions.items():
        for code, entry in postings.entries[unit].items():
            value = EXPRESSION_BONUS * signal.weight * entry.weight * postings.rarity[unit]
            hits.setdefault(code, []).append(Hit(value, entry.text, signal.typed, whole, entry))
    return {code: hits[code] for code in postings.codes if code in hits}


def lost_share(hits: list[Hit], code: str, first: str) -> float:
    """Share of a topic's score from words that only belong to an expression of the first topic.

    "nid" and "poule" are not about a bird when "nid de poule" means a pothole.
    """
    total = sum(hit.value for hit in hits)
    parts = sum(hit.value for hit in hits if first in hit.whole and code not in hit.whole)
    return parts / total if total else 0.0


def _best_hits(postings: Postings, signal: Signal) -> dict[str, Hit]:
    """For each topic the best way in which one word of the question reaches it."""
    best: dict[str, Hit] = {}
    for unit, candidate in signal.candidates.items():
        rarity = postings.rarity.get(unit)
        if rarity is None:
            continue
        for code, entry in postings.entries[unit].items():
            value = signal.weight * candidate.factor * entry.weight * rarity
            if code not in best or best[code].value < value:
                best[code] = Hit(value, signal.word, signal.typed, candidate, entry)
    return best
