"""Whether an answer is sure enough to send a request without asking anybody, or to be shown."""

from collections.abc import Sequence

from .model import Found
from .text import tokens
from .words import words

MIN_SCORE = 1.0
MIN_RATIO = 1.5
# What a sentence leads to with less is chance; a few words alone are taken at their word.
LEAST_SCORE = 0.6
FEW_WORDS = 2
# Where a word speaks of private life (cooking, films, holidays), what is ours needs more.
LEAST_PRIVATE_SCORE = 1.1


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


def is_ours(question: str, found: Sequence[Found]) -> bool:
    """Whether a question is about any topic at all: what is none of them is not guessed.

    >>> is_ours("une recette de tarte", [Found("FIN", 0.7)]), is_ours("un arbre", [Found("V", 0.7)])
    (False, True)
    """
    if not found:
        return False
    said = tokens(question)
    if len(said) >= FEW_WORDS and any(token.stem in words().private for token in said):
        return found[0].score >= LEAST_PRIVATE_SCORE
    return len(said) <= FEW_WORDS or found[0].score >= LEAST_SCORE
