"""Common words for topics whose keywords are few, taken from the topics that ship with the addon.

An intercommunality writes its own list of topics with a few keywords each. The shipped topics know
hundreds of everyday words of the same subjects: each of them lends its words, at a lower weight, to
the topics of the list that are nearest to it.
"""

from collections.abc import Sequence
from dataclasses import replace

from .index import Index
from .model import Term, Topic
from .postings import answerable
from .tables import default_topics
from .text import stems

LENT_WEIGHT = 0.5
# How near a topic must be, compared with the nearest one.
NEARNESS = 0.6
MAX_LENDERS = 4


def enriched(topics: Sequence[Topic], shipped: Sequence[Topic] | None = None) -> list[Topic]:
    """The same topics with the common words of the shipped topics that are about the same thing."""
    lenders = {topic.code: topic for topic in shipped or default_topics()}
    nearness = _nearness(topics, Index(tuple(lenders.values())))
    best: dict[str, float] = {}
    for near in nearness.values():
        for code, value in near.items():
            best[code] = max(best.get(code, 0.0), value)
    result = []
    for topic in topics:
        terms = list(topic.terms)
        known = {stems(term.text) for term in terms}
        for code, value in nearness.get(topic.code, {}).items():
            if value < NEARNESS * best[code]:
                continue
            for term in lenders[code].terms:
                if stems(term.text) not in known:
                    known.add(stems(term.text))
                    terms.append(Term(term.text, LENT_WEIGHT * value, lent=True))
        result.append(replace(topic, terms=tuple(terms)))
    return result


def _nearness(topics: Sequence[Topic], index: Index) -> dict[str, dict[str, float]]:
    """For each topic the shipped topics about the same thing; 1 for the nearest."""
    result = {}
    for topic in answerable(topics):
        text = ", ".join([topic.label, *(term.text for term in topic.terms)])
        found = index.rank(text, MAX_LENDERS)
        result[topic.code] = {
            one.code: one.score / found[0].score
            for one in found
            if one.score >= NEARNESS * found[0].score
        }
    return result
