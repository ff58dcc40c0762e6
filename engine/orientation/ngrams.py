"""Similarity of a question to topics by character n-grams.

It uses neither keywords nor spelling: "éclairagiste" has much of "éclairage". It also reads the
examples, whole sentences as people ask. It never selects a topic alone, since it gives no reason
to show; it only ranks close topics and rejects questions outside all topics.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from ..text import words
from .model import Topic
from .text import MAX_LENGTH

SIZE = 5
# Among fewer topics, which pieces are rare is chance.
FEWEST_TOPICS = 20
# The code under which what is of no topic is kept.
NOBODY = ""


class Pieces:
    """The pieces of words of the topics, each counted the more, the fewer topics have it.

    :param strange: sentences that are about none of the topics
    """

    def __init__(self, topics: Sequence[Topic], strange: tuple[str, ...] = ()):
        counts = {}
        if len(topics) >= FEWEST_TOPICS:
            counts = {t.code: pieces_of(_text(t)) + _pieces_of_all(t.examples) for t in topics}
        if counts and strange:
            counts[NOBODY] = _pieces_of_all(strange)
        held = Counter(piece for found in counts.values() for piece in found)
        self._rarity = {
            piece: math.log((len(counts) + 1) / (topics_with + 0.5))
            for piece, topics_with in held.items()
        }
        self._holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for code, found in counts.items():
            values = self._score_pieces(found)
            length = math.sqrt(sum(value * value for value in values.values()))
            for piece, value in values.items():
                self._holders[piece].append((code, value / length))

    def likeness(self, question: str) -> dict[str, float]:
        """By topic, from 0 to 1 for the one most alike; empty when nothing is.

        Under NOBODY, above 1 what is more like that which is about none of them.
        """
        found: dict[str, float] = defaultdict(float)
        for piece, value in self._score_pieces(pieces_of(question[:MAX_LENGTH])).items():
            for code, share in self._holders.get(piece, ()):
                found[code] += value * share
        best = max((value for code, value in found.items() if code != NOBODY), default=0.0)
        return {code: value / best for code, value in found.items()} if best > 0 else {}

    def _score_pieces(self, found: Counter[str]) -> dict[str, float]:
        return {
            piece: (1 + math.log(times)) * self._rarity[piece]
            for piece, times in found.items()
            if piece in self._rarity
        }


def pieces_of(text: str) -> Counter[str]:
    """Each piece of five letters, the edges of a word being letters.

    >>> sorted(pieces_of("Égout"))
    [' egou', 'egout', 'gout ']
    """
    found: Counter[str] = Counter()
    for word in words(text):
        edged = f" {word} "
        found.update(edged[place : place + SIZE] for place in range(len(edged) - SIZE + 1))
    return found


@lru_cache(maxsize=128)
def _pieces_of_all(sentences: tuple[str, ...]) -> Counter[str]:
    """The pieces of the examples of a topic, counted once whatever is changed in its words."""
    return pieces_of(" ".join(sentences))


def _text(topic: Topic) -> str:
    """Text of a topic; its label counts twice."""
    return " ".join([topic.label, topic.label, *(term.text for term in topic.terms)])
