"""Inverted index: which topics or documents hold each word or expression, and how rare it is."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable

from .lexicon import Unit, expressions_by_stem, lexicon
from .spelling import Speller
from .stop_words import words

NUMBER = "I"

# By word or expression: the numbers of those that hold it, in order, and how much each does.
Holders = dict[Unit, tuple[array, array]]


def add_holder(
    holders: Holders, number: int, weights: Iterable[tuple[Unit, float]], precision: str = "d"
) -> None:
    """Add what a topic or a document holds; numbers are added in order."""
    for unit, weight in weights:
        numbers, held = holders.setdefault(unit, (array(NUMBER), array(precision)))
        numbers.append(number)
        held.append(weight)


class Postings:
    """What a question is compared with: the words of all the topics, or of all the documents.

    >>> holders: Holders = {}
    >>> add_holder(holders, 7, [(("nid",), 0.5)])
    >>> postings = Postings(holders, ["nid"], {("nid",): 2.0})
    >>> postings.get_value(("nid",), 7), postings.get_value(("nid",), 8)
    (1.0, 0.0)
    """

    def __init__(
        self,
        holders: Holders,
        surface: Iterable[str],
        rarity: dict[Unit, float],
        scored: Holders | None = None,
    ):
        """:param surface: the words as they are written, which slips are compared with
        :param rarity: by unit, what it counts for: each search has its own
        :param scored: those that are found by a unit, where not all who hold it are
        """
        self._holders = holders
        self.rarity = rarity
        self.scored = holders if scored is None else scored
        self.expressions = expressions_by_stem(unit for unit in holders if len(unit) > 1)
        self.known = {unit[0] for unit in holders if len(unit) == 1}
        self.speller = Speller({*lexicon().vocabulary, *surface})

    def is_known(self, stem: str) -> bool:
        """Whether a stem needs no repair."""
        return stem in self.known or (stem,) in lexicon().near or stem in words().plain

    def get_value(self, unit: Unit, number: int) -> float:
        """What a unit counts for in one holder, 0 when absent."""
        numbers, weights = self._holders.get(unit, ((), ()))
        place = bisect_left(numbers, number)
        found = place < len(numbers) and numbers[place] == number
        return weights[place] * self.rarity[unit] if found else 0.0
