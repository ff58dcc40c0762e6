"""Whether an answer is sure enough to send a request without asking anybody."""

from collections.abc import Sequence

from .model import Found

MIN_SCORE = 1.0
MIN_RATIO = 1.5


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
