"""Data classes of the orientation: inputs and results."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LEVELS = ("metropole", "commune", "departement", "region", "etat", "operateur")


@dataclass(frozen=True)
class Term:
    """A word or an expression that leads to a topic; 1.0 is the weight of an ordinary one.

    :param lent: the list of topics does not have it, it comes from the shipped topics
    """

    text: str
    weight: float = 1.0
    lent: bool = False


@dataclass(frozen=True)
class Topic:
    """A subject that somebody is in charge of, or a family of such subjects.

    :param level: who is in charge, one of LEVELS
    :param disambiguation: the question to ask when the level depends on a fact
    :param examples: how people ask for it, in their own sentences
    :param outside_name: who to send the commune to when the intercommunality is not in charge
    """

    code: str
    label: str
    parent: str = ""
    terms: tuple[Term, ...] = ()
    level: str = "metropole"
    department: str = ""
    legal_basis: str = ""
    disambiguation: str = ""
    outside_name: str = ""
    outside_contact: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question, with the topic that a person judged right (empty when nobody did)."""

    text: str
    topic_code: str = ""


@dataclass(frozen=True)
class Found:
    """A topic proposed for a question; `reasons` are French sentences for a person.

    :param lost: score from mere parts of expressions that the first topic has whole
    :param repairs: words typed wrong, each with the one that was meant
    """

    code: str
    score: float
    reasons: tuple[str, ...] = field(default=())
    lost: float = 0.0
    repairs: tuple[tuple[str, str], ...] = ()


def answerable(topics: Sequence[Topic]) -> list[Topic]:
    """The topics that can be an answer: all but the families, if there are families."""
    if not any(topic.parent for topic in topics):
        return list(topics)
    return [topic for topic in topics if topic.parent]
