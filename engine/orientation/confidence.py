"""Whether an answer is sure enough to send a request without asking anybody, or to be shown."""

from collections.abc import Sequence

from .model import Found
from .stop_words import words
from .text import split, tokens

MIN_SCORE = 1.0
MIN_RATIO = 1.5
# A topic whose score is below MIN_SCORE and this share of the first is not shown, nor, from the
# third on, below this share of the second: its words are there by chance.
LEAST_OF_FIRST, LEAST_OF_SECOND = 0.3, 0.6
# What counts no more of the words that are parts of an expression of the first: "nid de poule" is
# neither a nest nor a hen.
PART_LOST = 0.7
# What a sentence leads to with less is chance; a few words alone are taken at their word.
LEAST_SCORE = 0.7
FEW_WORDS = 2
# Where the topics have examples: what is as far from them as from what is of no topic needs more.
STRANGE_SCORE = 1.2
# Each word of private life (cooking, films, holidays) raises the score required of a topic.
PRIVATE_SCORE = 0.5


def is_clear(found: Sequence[Found]) -> bool:
    """Whether the first topic may be taken as it is.

    It needs the score of one word that no other topic has (MIN_SCORE) and a clear lead over the
    second topic (MIN_RATIO times its score). Otherwise an agent picks among the topics found.
    Rank with a limit of 2 or more: with one topic found the lead cannot be seen.

    >>> is_clear([Found("VOI", 20.0), Found("DEC", 1.0)]), is_clear([Found("VOI", 20.0)] * 2)
    (True, False)
    """
    if not found or found[0].score < MIN_SCORE:
        return False
    return len(found) == 1 or found[0].score >= MIN_RATIO * found[1].score


def keep_near(found: Sequence[Found]) -> list[Found]:
    """The topics worth choosing among: the first, those that come near it, and those that are
    good enough by themselves: a question may be about two things.

    >>> [one.code for one in keep_near([Found("VOI", 2.0), Found("EAU", 0.6), Found("RH", 0.5)])]
    ['VOI', 'EAU']
    >>> [one.code for one in keep_near([Found("VOI", 2.0), Found("EAU", 1.8), Found("RH", 0.9)])]
    ['VOI', 'EAU']
    >>> [one.code for one in keep_near([Found("VOI", 9.0), Found("EAU", 1.1), Found("RH", 0.3)])]
    ['VOI', 'EAU']
    >>> [one.code for one in keep_near([Found("VOI", 2.0), Found("NID", 1.1, (), 1.1)])]
    ['VOI']
    """
    near = LEAST_OF_FIRST * found[0].score
    nearer = max(near, *(LEAST_OF_SECOND * one.score for one in found[1:2]), 0.0)
    least = [min(bar, MIN_SCORE) for bar in (near, near, nearer)]
    worth = [one.score - PART_LOST * one.lost for one in found]
    return [one for rank, one in enumerate(found) if worth[rank] >= least[min(rank, 2)]]


def is_in_scope(question: str, found: Sequence[Found], strangeness: float | None = None) -> bool:
    """Whether a question is about any topic at all; no topic is guessed for other questions.

    :param strangeness: its likeness to examples outside all topics, 1 when it is as much like a
        topic; None without examples
    >>> is_in_scope("une recette de tarte", [Found("FIN", 0.7)])
    False
    >>> is_in_scope("un arbre", [Found("V", 0.7)])
    True
    """
    if not found:
        return False
    private = {token.stem for token in tokens(question)} & words().private
    terms = [word for word in split(question) if word not in words().links]
    if len(terms) == 1 or (len(terms) <= FEW_WORDS and not private):
        return True
    least = LEAST_SCORE if strangeness is None else STRANGE_SCORE * strangeness
    return found[0].score >= least + PRIVATE_SCORE * len(private)
