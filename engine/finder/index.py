"""All that is written, made ready to be searched, and the search itself."""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from ..orientation import Found, Index
from ..orientation.explain import MAX_REASONS, is_part
from ..orientation.lexicon import Unit, expressions_by_stem, lexicon
from ..orientation.query import Candidate, Query
from ..orientation.spelling import Speller
from ..orientation.stop_words import words
from .document_cache import NUMBER, WEIGHT, DocumentCache
from .document_terms import KEYWORD
from .messages import message
from .model import Document, Match

# An expression scores in addition to its words.
EXPRESSION_BONUS = 0.7
# Score of a document on a topic of the question, in addition to its words.
TOPIC_SHARE = 0.5
TOPICS = 3
# Below this share of the question, a document has words in common by chance.
LEAST_SHARE = 0.3
# Below this share of the score of the best one, a document is not shown.
LEAST_OF_BEST = 0.2
# A word in so many documents, and in such a share of them, does not help to choose.
COMMON, COMMON_SHARE = 100, 0.1
WHOLE = Candidate(1.0, "own")


class Library:
    """Documents that a question can be compared with; building it once serves many questions."""

    def __init__(
        self,
        documents: Sequence[Document] | DocumentCache,
        topics: Index | None = None,
        codes: Mapping[str, Sequence[str]] | None = None,
    ):
        """:param documents: documents, or their cached form
        :param topics: topics of the orientation, whose words count for their documents
        :param codes: {topic as the documents name it: codes of the orientation}; None: the same
        """
        self._cache = (
            documents if isinstance(documents, DocumentCache) else DocumentCache(documents)
        )
        self.documents = self._cache.documents
        self._topics = topics
        self._labels = {topic.code: topic.label for topic in topics.topics} if topics else {}
        self._holders = dict(self._cache.holders)
        self._about: dict[str, list[int]] = defaultdict(list)
        for number, document in enumerate(self.documents):
            for name in document.topics if document else ():
                for code in (name,) if codes is None else codes.get(name, ()):
                    self._about[code].append(number)
        total = sum(document is not None for document in self.documents)
        self._rarity = {unit: self._compute_rarity(unit, total) for unit in self._cache.holders}
        # What `Query` asks for.
        self.expressions = expressions_by_stem(unit for unit in self._holders if len(unit) > 1)
        self.known = {unit[0] for unit in self._holders if len(unit) == 1}
        self.speller = Speller({*lexicon().vocabulary, *self._cache.surface})

    def _compute_rarity(self, unit: Unit, total: int) -> float:
        """Rarity of a unit: 1 for that of one document, 0.3 for that of all of them.

        Of a word that many documents hold, only those are kept that have it in their title or
        among their keywords.
        """
        numbers, weights = self._holders[unit]
        if len(numbers) > max(COMMON, COMMON_SHARE * total):
            kept = [place for place, weight in enumerate(weights) if weight >= KEYWORD]
            self._holders[unit] = (
                array(NUMBER, (numbers[place] for place in kept)),
                array(WEIGHT, (weights[place] for place in kept)),
            )
        return 0.3 + 0.7 * math.log((total + 1) / len(numbers)) / math.log(total + 1)

    def is_known(self, stem: str) -> bool:
        """Whether a stem needs no repair."""
        return stem in self.known or (stem,) in lexicon().near or stem in words().plain

    def find(
        self, question: str | None, limit: int = 10, kinds: Sequence[str] | None = None
    ) -> list[Match]:
        """The documents that answer a question best, the best first.

        >>> roads = Document("guide", 1, "Signaler un nid de poule")
        >>> waste = Document("guide", 2, "Sortir les bacs", body="Un couvercle jaune.")
        >>> [match.id for match in Library([roads, waste]).find("des nids de poules !")]
        [1]
        >>> Library([roads, waste]).find("la poubelle")[0].reasons
        ('« poubelle » est proche de « bac »',)

        :param kinds: kinds of the documents wanted; None for all
        """
        if not isinstance(question, str) or limit < 1:
            return []
        query = Query(question, self)
        held = self._score(query)
        scores = dict(held)
        about = self._add_topics(scores, question)
        wanted = [
            number for number in scores if kinds is None or self.documents[number].kind in kinds
        ]
        least = LEAST_OF_BEST * max((scores[number] for number in wanted), default=0.0)
        wanted = [number for number in wanted if scores[number] >= least]
        wanted.sort(key=lambda number: (-round(scores[number], 6), number))
        return [
            self._match(number, scores[number], query, about.get(number), number in held)
            for number in wanted[:limit]
        ]

    def _match(self, number: int, score: float, query: Query, topic, by_words: bool) -> Match:
        document = self.documents[number]
        explain = partial(self._reasons, number, query, topic)
        score = round(score, 3)
        is_near = topic is not None or self._has_own_word(number, query)
        return Match(document.kind, document.id, document.title, score, explain, by_words, is_near)

    def _has_own_word(self, number: int, query: Query) -> bool:
        """Whether a document has a word of the question as typed, or as it was meant.

        >>> library = Library([Document("guide", 1, "Sortir les bacs")])
        >>> [library.find(question)[0].is_near for question in ("la poubelle", "le bac")]
        [False, True]
        """
        return any(
            candidate.kind in ("own", "repaired") and self._cache.get_weight(unit, number)
            for signal in query.signals
            for unit, candidate in signal.candidates.items()
        )

    def _score(self, query: Query) -> dict[int, float]:
        """Score of each document that holds a large enough share of the question."""
        scores: dict[int, float] = defaultdict(float)
        shares: dict[int, float] = defaultdict(float)
        for signal in query.signals:
            best: dict[int, float] = {}
            for unit, candidate in signal.candidates.items():
                self._raise(best, unit, signal.weight * candidate.factor)
            for number, value in best.items():
                scores[number] += value
                shares[number] += signal.weight
        for unit, signal in query.expressions.items():
            found: dict[int, float] = {}
            self._raise(found, unit, signal.weight * EXPRESSION_BONUS)
            for number, value in found.items():
                scores[number] += value
        least = LEAST_SHARE * sum(signal.weight for signal in query.signals)
        return {number: score for number, score in scores.items() if shares[number] >= least}

    def _raise(self, best: dict[int, float], unit: Unit, factor: float):
        """Keep for each document the best way in which a word of the question reaches it."""
        numbers, weights = self._holders.get(unit, ((), ()))
        factor *= self._rarity.get(unit, 0.0)
        for number, weight in zip(numbers, weights, strict=True):
            value = factor * weight
            if best.get(number, 0.0) < value:
                best[number] = value

    def _add_topics(self, scores: dict[int, float], question: str) -> dict[int, Found]:
        """Raise the documents of the topics of a question; by document, its topic."""
        found = self._topics.answer(question, TOPICS) if self._topics and self._about else []
        about: dict[int, Found] = {}
        for topic in found:
            for number in self._about.get(topic.code, ()):
                if number not in about:
                    about[number] = topic
                    scores[number] = scores.get(number, 0.0) + TOPIC_SHARE * topic.score
        return about

    def _reasons(self, number: int, query: Query, topic) -> tuple[str, ...]:
        """The strongest reasons first, each once, with the words that the person wrote."""
        units = {unit for signal in query.signals for unit in signal.candidates}
        units.update(query.expressions)
        weights = {unit: self._cache.get_weight(unit, number) for unit in units}
        held = {unit: weight for unit, weight in weights.items() if weight}
        shown = []
        for signal in query.signals:
            ways = [
                (candidate.factor * held[unit] * self._rarity[unit], candidate)
                for unit, candidate in signal.candidates.items()
                if unit in held
            ]
            if ways:
                value, way = max(ways, key=lambda pair: pair[0])
                shown.append((signal.weight * value, signal.typed, way))
        for unit, signal in query.expressions.items():
            if unit in held:
                shown.append((held[unit] * self._rarity[unit], signal.typed, WHOLE))
        shown.sort(key=lambda reason: -reason[0])
        typed = [word for _value, word, _way in shown]
        sentences = [
            message(way.kind, word=word, term=way.term)
            for _value, word, way in shown
            if word and not is_part(word, typed)
        ]
        if topic and topic.reasons:
            sentences.append(message("topic", topic=self._labels[topic.code]))
        return tuple(dict.fromkeys(sentences))[:MAX_REASONS]
