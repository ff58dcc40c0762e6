"""The topics made ready to be searched, and the search itself."""

import math
from collections.abc import Mapping, Sequence

from .confidence import is_in_scope, keep_near
from .explain import reasons_of, repairs_of
from .lexicon import Unit
from .model import Found, Topic, answerable
from .ngrams import NOBODY, Pieces
from .postings import Holders, Postings, add_holder
from .query import Query
from .question_subject import subject_of
from .scoring import hits_of, score
from .tables import examples
from .topic_terms import TopicTerms

# A topic that another level is in charge of: at equal words the intercommunality's own comes first.
OUTSIDE_FACTOR = 0.9
# What a topic loses at most when it is written otherwise than the question.
SECOND_OPINION = 0.8
# How much more a topic of few words counts than one of many.
LENGTH_INFLUENCE = 0.2


class Index:
    """Topics that a question can be compared with; building it once serves many questions."""

    def __init__(self, topics: Sequence[Topic]):
        self.topics = tuple(topics)
        families = {topic.code: topic for topic in self.topics}
        self._answers = answerable(self.topics)
        self._terms = [TopicTerms(topic, families.get(topic.parent)) for topic in self._answers]
        self._postings = _get_postings(self._terms)
        self._factors = self._get_factors()
        # Examples outside all topics are of use only when the topics have examples too.
        has_examples = any(topic.examples for topic in self.topics)
        strange = examples()[NOBODY] if has_examples else ()
        self._pieces = Pieces(self._answers, strange)

    def _get_factors(self) -> list[float]:
        """What the score of each topic is multiplied by, for its level and its length."""
        lengths = [terms.length or 1.0 for terms in self._terms]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        return [
            (1.0 if topic.level == "metropole" else OUTSIDE_FACTOR)
            / (1 - LENGTH_INFLUENCE + LENGTH_INFLUENCE * length / mean)
            for topic, length in zip(self._answers, lengths, strict=True)
        ]

    def answer(self, question: str | None, limit: int = 3) -> list[Found]:
        """The topics to show for a question; none when it is about none of them.

        >>> from .tables import default_topics
        >>> index = Index(default_topics())
        >>> index.answer("la recette de la tarte aux pommes")
        []
        >>> index.answer("un nid de poule")[0].code
        'VOI-ENT'
        >>> index.answer("qui s'occupe de l'eau") == index.answer("eau")
        True
        """
        found = self.rank(question, limit)
        if not found:
            return []
        subject = subject_of(question or "")
        strangeness = self._pieces.likeness(subject).get(NOBODY)
        return keep_near(found) if is_in_scope(subject, found, strangeness) else []

    def rank(
        self, question: str | None, limit: int = 3, boosts: Mapping[str, float] | None = None
    ) -> list[Found]:
        """The topics most likely in charge, the best first; none for a text without meaning.

        :param boosts: by code, a factor above 1 where the requester's commune has its own referent
        """
        if not isinstance(question, str) or limit < 1:
            return []
        boosts = boosts or {}
        question = subject_of(question)
        query = Query(question, self._postings)
        alike = self._pieces.likeness(question)
        scored = []
        for number, total in score(self._postings, query).items():
            code = self._answers[number].code
            value = total * self._factors[number] * boosts.get(code, 1.0)
            if alike:
                value *= 1 - SECOND_OPINION * (1 - alike.get(code, 0.0))
            scored.append((-round(value, 3), number))
        scored.sort()
        return [
            self._found(query, number, -value, scored[0][1], boosts)
            for value, number in scored[:limit]
            if value < 0
        ]

    def _found(self, query: Query, number: int, value: float, first: int, boosts) -> Found:
        """:param first: number of the topic with the best score"""
        code, terms, best = self._answers[number].code, self._terms[number], self._terms[first]
        hits = hits_of(self._postings, query, number)
        parts = sum(
            hit.value
            for hit in hits
            if best.has_idiom(hit.signal.wholes) and not terms.has_idiom(hit.signal.wholes)
        )
        return Found(
            code,
            value,
            reasons_of(hits, terms.entries, boosts.get(code, 1.0) > 1),
            value * parts / sum(hit.value for hit in hits),
            repairs_of(hits, terms.entries),
        )


def _get_postings(topics: Sequence[TopicTerms]) -> Postings:
    """Rarity of a unit: 1 for a word of one topic, less for a word of ten."""
    holders: Holders = {}
    for number, terms in enumerate(topics):
        add_holder(holders, number, ((u, entry.weight) for u, entry in terms.entries.items()))
    total = len(topics)
    highest = math.log((total + 1) / 1.5) + 0.3
    rarity: dict[Unit, float] = {}
    for unit, (_numbers, weights) in holders.items():
        share = sum(min(weight, 1.0) for weight in weights)
        rarity[unit] = (math.log((total + 1) / (share + 0.5)) + 0.3) / highest
    surface = set().union(*(terms.surface for terms in topics))
    return Postings(holders, surface, rarity)
