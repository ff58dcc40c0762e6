"""All that is written, made ready to be searched, and the search itself."""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from ..orientation import Found, Index
from ..orientation.explain import MAX_REASONS, strongest
from ..orientation.postings import NUMBER, Postings
from ..orientation.query import Query
from ..orientation.scoring import hits_of, score
from .document_cache import WEIGHT, DocumentCache
from .document_terms import KEYWORD, MOST_OF_BODY
from .messages import message
from .model import Document, Match

# Score of a document on a topic of the question, in addition to its words.
TOPIC_SHARE = 0.5
TOPICS = 3
# Below this share of the question, a document has words in common by chance.
LEAST_SHARE = 0.3
# Below this share of the score of the best one, a document is not shown.
LEAST_OF_BEST = 0.2
# A word in so many documents, and in such a share of them, does not help to choose.
COMMON, COMMON_SHARE = 100, 0.1
# Above it, somebody chose a word, as title or keyword; halfway: weights are in single precision.
CHOSEN = (KEYWORD + MOST_OF_BODY) / 2


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
        if not isinstance(documents, DocumentCache):
            documents = DocumentCache(documents)
        self.documents = documents.documents
        self._postings = _get_postings(documents)
        self._topics = topics
        self._labels = {topic.code: topic.label for topic in topics.topics} if topics else {}
        self._about: dict[str, list[int]] = defaultdict(list)
        for number, document in enumerate(self.documents):
            for name in document.topics if document else ():
                for code in (name,) if codes is None else codes.get(name, ()):
                    self._about[code].append(number)

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
        query = Query(question, self._postings)
        held = score(self._postings, query, LEAST_SHARE)
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
            candidate.kind in ("own", "repaired") and self._postings.get_value(unit, number)
            for signal in query.signals
            for unit, candidate in signal.candidates.items()
        )

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
        sentences = [
            message(hit.candidate.kind, word=hit.signal.typed, term=hit.candidate.term)
            for hit in strongest(hits_of(self._postings, query, number))
        ]
        if topic and topic.reasons:
            sentences.append(message("topic", topic=self._labels[topic.code]))
        return tuple(dict.fromkeys(sentences))[:MAX_REASONS]


def _get_postings(cache: DocumentCache) -> Postings:
    """Rarity of a unit: 1 for that of one document, 0.3 for that of all of them.

    Of a word that many documents hold, only those are found that have it in their title or among
    their keywords.
    """
    total = sum(document is not None for document in cache.documents)
    many = max(COMMON, COMMON_SHARE * total)
    rarity, scored = {}, {}
    for unit, (numbers, weights) in cache.holders.items():
        rarity[unit] = 0.3 + 0.7 * math.log((total + 1) / len(numbers)) / math.log(total + 1)
        if len(numbers) > many:
            kept = [place for place, weight in enumerate(weights) if weight > CHOSEN]
            numbers = array(NUMBER, (numbers[place] for place in kept))
            weights = array(WEIGHT, (weights[place] for place in kept))
        scored[unit] = (numbers, weights)
    return Postings(cache.holders, cache.surface, rarity, scored)
