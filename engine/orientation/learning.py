"""Words learnt from a correction: in the question, unknown to the right topic."""

import re
from collections import Counter
from collections.abc import Sequence

from ..text import fold
from .model import Topic
from .stop_words import words
from .text import stems

_RAW_WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 4


def propose_terms(topics: Sequence[Topic], question: str, code: str, limit: int = 3) -> list[str]:
    """Words worth teaching to a topic, those that the fewest topics know first.

    :param question: what was asked
    :param code: the topic that a person judged right
    :return: words as they were typed, in lower case
    """
    known: Counter[str] = Counter()
    own: set[str] = set()
    for topic in topics:
        found = {s for text in _texts(topic) for s in stems(text)}
        known.update(found)
        if topic.code == code:
            own = found
    candidates: dict[str, str] = {}
    for word in _RAW_WORD.findall(question[:2000].lower()):
        if len(word) < SHORTEST or fold(word) in words().stop:
            continue
        for found in stems(word):
            if found not in own:
                candidates.setdefault(found, word)
    ranked = sorted(candidates, key=lambda s: known[s])
    return [candidates[s] for s in ranked[:limit]]


def _texts(topic: Topic) -> list[str]:
    return [topic.label, *(term.text for term in topic.terms)]
