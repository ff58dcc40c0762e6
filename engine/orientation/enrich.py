"""Completes topics with few keywords from the topics shipped with the addon.

An intercommunality writes its own list of topics with a few keywords each. The shipped topics know
hundreds of everyday words of the same subjects: each of them lends its words, at a lower weight, to
the topics of the list that are about the same thing.
"""

from collections.abc import Sequence
from dataclasses import replace

from .index import Index
from .model import Term, Topic, answerable
from .tables import default_topics
from .text import stems

LENT_WEIGHT = 0.5
# How near a topic must be, compared with the nearest one.
NEARNESS = 0.6
MAX_LENDERS = 4
# The first terms of a topic are the most typical ones.
TYPICAL_TERMS = 8

# By topic of the list, the nearness of shipped topics: 1 for the nearest.
Nearness = dict[str, dict[str, float]]


def enriched(topics: Sequence[Topic], shipped: Sequence[Topic] | None = None) -> list[Topic]:
    """Add to topics the common words of the shipped topics on the same subject.

    Costs about as much as building three indexes: keep the result.

    >>> lent = Topic("A", "Voirie", terms=(Term("nid de poule"), Term("chaussée")))
    >>> own = Topic("VOI", "Voirie", terms=(Term("chaussée"),))
    >>> [(term.text, term.lent) for term in enriched([own], [lent])[0].terms]
    [('chaussée', False), ('nid de poule', True)]
    """
    lenders = {topic.code: topic for topic in shipped or default_topics()}
    near = _nearest_lenders(topics, lenders)
    _add_nearest_borrowers(near, topics, lenders)
    best: dict[str, float] = {}
    for values in near.values():
        for code, value in values.items():
            best[code] = max(best.get(code, 0.0), value)
    result = []
    for topic in topics:
        values = near.get(topic.code, {})
        kept = {code: value for code, value in values.items() if value >= NEARNESS * best[code]}
        result.append(_with_lent_terms(topic, kept, lenders))
    return result


def _with_lent_terms(topic: Topic, values: dict[str, float], lenders: dict[str, Topic]) -> Topic:
    """A topic with the terms of some lenders that it has not itself, and with the examples of those
    that are about the very same thing."""
    terms = {stems(term.text): term for term in topic.terms}
    for code, value in values.items():
        for term in lenders[code].terms:
            lent = Term(term.text, term.weight * LENT_WEIGHT * value, lent=True)
            terms.setdefault(stems(term.text), lent)
    lent_examples = (lenders[code].examples for code, value in values.items() if value == 1)
    return replace(topic, terms=tuple(terms.values()), examples=sum(lent_examples, topic.examples))


def _nearest_lenders(topics: Sequence[Topic], lenders: dict[str, Topic]) -> Nearness:
    """Seen from each topic of the list: the shipped topics that its words lead to."""
    index = Index(tuple(lenders.values()))
    result = {}
    for topic in answerable(topics):
        found = index.rank(_text(topic.label, topic.terms), MAX_LENDERS)
        result[topic.code] = {
            one.code: one.score / found[0].score
            for one in found
            if one.score >= NEARNESS * found[0].score
        }
    return result


def _add_nearest_borrowers(near: Nearness, topics: Sequence[Topic], lenders: dict[str, Topic]):
    """Seen from each shipped topic: the topic of the list that its typical words lead to.

    Not for subjects of other levels: a list need not have them at all.
    """
    index = Index(topics)
    for lender in answerable(tuple(lenders.values())):
        if lender.level != "metropole":
            continue
        family = lenders[lender.parent].label if lender.parent else ""
        text = _text(f"{lender.label}, {family}", lender.terms[:TYPICAL_TERMS])
        for found in index.rank(text, 1):
            near[found.code][lender.code] = 1.0


def _text(label: str, terms: Sequence[Term]) -> str:
    return ", ".join([label, *(term.text for term in terms)])
