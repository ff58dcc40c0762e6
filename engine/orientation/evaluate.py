"""Evaluation of the topics on questions whose right topic is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from .index import Index
from .model import Found, Question


@dataclass(frozen=True)
class Answer:
    """Topics found for one question; `expected` is empty when nobody judged it."""

    question: str
    expected: str
    found: tuple[Found, ...]

    def is_within(self, rank: int) -> bool:
        """Whether the expected topic is among the first ones."""
        return self.expected in [found.code for found in self.found[:rank]]


@dataclass(frozen=True)
class Evaluation:
    """Fractions from 0 to 1 over the judged questions; None when there is none."""

    top1: float | None
    top3: float | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Comparison:
    """The scores before and after a change of the topics.

    `accepted` is true when neither falls; `broken` and `mended` are the questions whose first
    topic becomes wrong or right.
    """

    before: Evaluation
    after: Evaluation
    accepted: bool
    broken: tuple[Answer, ...]
    mended: tuple[Answer, ...]


def evaluate(index: Index, questions: Sequence[Question], limit: int = 3) -> Evaluation:
    """Answer all the questions and count those answered right.

    >>> from .model import Term, Topic
    >>> roads = Topic("VOI", "Voirie", terms=(Term("nid de poule"),))
    >>> waste = Topic("DEC", "Déchets", terms=(Term("poubelle"),))
    >>> found = evaluate(Index([roads, waste]), [Question("nid de poule", "VOI")])
    >>> found.top1, found.answers[0].found[0].code
    (1.0, 'VOI')
    """
    answers = tuple(
        Answer(question.text, question.topic_code, tuple(index.answer(question.text, limit)))
        for question in questions
    )
    judged = [answer for answer in answers if answer.expected]

    def fraction(rank: int) -> float | None:
        return sum(answer.is_within(rank) for answer in judged) / len(judged) if judged else None

    return Evaluation(fraction(1), fraction(3), answers)


def compare(before: Index, after: Index, questions: Sequence[Question]) -> Comparison:
    """Learning under control: a change is accepted when no score falls.

    Without judged questions nothing can fall and the change is accepted.

    >>> from .model import Term, Topic
    >>> roads = Topic("VOI", "Voirie", terms=(Term("nid de poule"),))
    >>> waste = Topic("DEC", "Déchets", terms=(Term("poubelle"),))
    >>> judged = [Question("un nid de poule", "VOI")]
    >>> before, after = Index([roads, waste]), Index([waste])
    >>> compare(before, after, judged).accepted, compare(after, before, judged).accepted
    (False, True)
    """
    old, new = evaluate(before, questions), evaluate(after, questions)
    accepted = (new.top1 or 0) >= (old.top1 or 0) and (new.top3 or 0) >= (old.top3 or 0)
    return Comparison(old, new, accepted, _gone(old, new), _gone(new, old))


def _gone(one: Evaluation, other: Evaluation) -> tuple[Answer, ...]:
    """Answers of `other` whose first topic is wrong where `one` has it right."""
    return tuple(
        new
        for old, new in zip(one.answers, other.answers, strict=True)
        if old.expected and old.is_within(1) and not new.is_within(1)
    )
