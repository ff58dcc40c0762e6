"""The topics made ready to be searched, and the search itself."""

from collections.abc import Mapping, Sequence

from .confidence import is_in_scope, keep_near
from .explain import reasons_of, repairs_of
from .model import Found, Topic
from .ngrams import NOBODY, Pieces
from .postings import Postings, answerable
from .query import Query
from .question_subject import subject_of
from .scoring import lost_share, score_topics
from .tables import examples

# A topic that another level is in charge of: at equal words the intercommunality's own comes first.
OUTSIDE_FACTOR = 0.9
# What a topic loses at most when it is written otherwise than the question.
SECOND_OPINION = 0.8


class Index:
    """Topics that a question can be compared with; building it once serves many questions."""

    def __init__(self, topics: Sequence[Topic]):
        self.topics = tuple(topics)
        self._postings = Postings(self.topics)
        # Examples outside all topics are of use only when the topics have examples too.
        has_examples = any(topic.examples for topic in self.topics)
        strange = examples()[NOBODY] if has_examples else ()
        self._pieces = Pieces(answerable(self.topics), strange)
        self._factors = {
            topic.code: 1.0 if topic.level == "metropole" else OUTSIDE_FACTOR
            for topic in self.topics
        }

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
        alike = self._pieces.likeness(question)
        scored = []
        for order, (code, hits) in enumerate(
            score_topics(self._postings, Query(question, self._postings)).items()
        ):
            boost = boosts.get(code, 1.0)
            total = sum(hit.value for hit in hits)
            score = total * self._factors[code] * self._postings.shortness[code] * boost
            if alike:
                score *= 1 - SECOND_OPINION * (1 - alike.get(code, 0.0))
            scored.append((-round(score, 3), order, code, hits, boost))
        scored.sort(key=lambda item: item[:2])
        first = scored[0][2] if scored else ""
        return [
            Found(
                code,
                -score,
                reasons_of(hits, boost > 1),
                -score * lost_share(hits, code, first),
                repairs_of(hits),
            )
            for score, _order, code, hits, boost in scored[:limit]
            if score < 0
        ]
