"""Inverted index of topics: which hold each word or expression, and how rare it is."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .lexicon import Unit, expressions_by_stem, lexicon
from .model import Topic
from .spelling import Speller
from .stop_words import words
from .text import is_whole, keywords, stems, words_as_written

LABEL_WEIGHT = 0.8
LABEL_BONUS = 0.15
PART_WEIGHT = 0.5
FAMILY_WEIGHT = 0.2
REPEAT_BONUS = 0.1
MAX_REPEAT = 6
LENGTH_INFLUENCE = 0.2


@dataclass(frozen=True)
class Entry:
    """Weight of a unit in a topic, and the term shown to the user."""

    weight: float
    text: str
    kind: str


class Postings:
    """The words and expressions of all the topics that can be an answer."""

    def __init__(self, topics: Sequence[Topic]):
        self.entries: dict[Unit, dict[str, Entry]] = defaultdict(dict)
        self.codes = [topic.code for topic in answerable(topics)]
        families = {topic.code: topic for topic in topics}
        surface: set[str] = set()
        lengths: dict[str, float] = {}
        for topic in answerable(topics):
            gathered = _Gathered()
            gathered.add_topic(topic)
            if topic.parent:
                gathered.add_family(families[topic.parent])
            for unit, entry in gathered.entries().items():
                self.entries[unit][topic.code] = entry
            surface |= gathered.surface
            lengths[topic.code] = gathered.length or 1.0
        self._compute_rarity()
        mean = sum(lengths.values()) / len(lengths) if lengths else 1.0
        self.shortness = {
            code: 1 / (1 - LENGTH_INFLUENCE + LENGTH_INFLUENCE * length / mean)
            for code, length in lengths.items()
        }
        self.expressions = expressions_by_stem(unit for unit in self.entries if len(unit) > 1)
        self.speller = Speller(surface | lexicon().vocabulary)
        self.known = {unit[0] for unit in self.entries if len(unit) == 1}

    def _compute_rarity(self):
        """Rarity of each unit: 1 for a word of one topic, less for a word of ten."""
        total = len(self.codes)
        highest = math.log((total + 1) / 1.5) + 0.3
        self.rarity: dict[Unit, float] = {}
        for unit, holders in self.entries.items():
            share = sum(min(entry.weight, 1.0) for entry in holders.values())
            self.rarity[unit] = (math.log((total + 1) / (share + 0.5)) + 0.3) / highest

    def get_idiomatic(self, whole: Unit) -> list[str]:
        """Topics that have an expression and none of its words alone.

        There the expression does not mean what its words mean.
        """
        return [
            code
            for code in self.entries[whole]
            if all(len(stems(self.entries[root,][code].text)) > 1 for root in whole)
        ]

    def is_known(self, stem: str) -> bool:
        """Whether a stem needs no repair."""
        return stem in self.known or (stem,) in lexicon().near or stem in words().plain


def answerable(topics: Sequence[Topic]) -> list[Topic]:
    """The topics that can be an answer: all but the families, if there are families."""
    if not any(topic.parent for topic in topics):
        return list(topics)
    return [topic for topic in topics if topic.parent]


def chunks(label: str) -> Iterable[str]:
    """The subjects that a label names: "Culture et équipements, archives" has three."""
    for part in label.replace("(", ",").replace(")", ",").replace("–", ",").split(","):
        yield from part.split(" et ")


class _Gathered:
    """The units of one topic while they are counted."""

    def __init__(self):
        self._weights: dict[Unit, list[tuple[float, str, str]]] = defaultdict(list)
        self._label: set[str] = set()
        self.surface: set[str] = set()
        self.length = 0.0

    def add_topic(self, topic: Topic):
        """The keywords and the label."""
        for term in topic.terms:
            self._add(term.text, term.weight, "lent" if term.lent else "keyword")
        for chunk in chunks(topic.label):
            unit = stems(chunk)
            self._label.update(unit)
            if len(unit) > 1:
                self._add(chunk.strip(), LABEL_WEIGHT, "label")
            for word in words_as_written(chunk):
                self._add(word, LABEL_WEIGHT, "label")

    def add_family(self, family: Topic):
        """The label and the keywords of the family, as a light hint."""
        for text in (family.label, *(term.text for term in family.terms)):
            for word in words_as_written(text):
                self._weights[stems(word)].append((FAMILY_WEIGHT, word, "family"))

    def _add(self, text: str, weight: float, kind: str):
        unit = stems(text)
        if not unit:
            return
        self.surface.update(keywords(text))
        if len(unit) == 1 and not is_whole(text):
            weight *= PART_WEIGHT
        if kind != "lent":
            self.length += weight
        self._weights[unit].append((weight, text, kind))
        if len(unit) > 1:
            for root in unit:
                self._weights[(root,)].append((weight * PART_WEIGHT, text, kind))

    def entries(self) -> dict[Unit, Entry]:
        """One entry for each unit: the best weight, a little more when it comes back."""
        found = {}
        for unit, weights in self._weights.items():
            best, text, kind = max(weights, key=lambda item: item[0])
            bonus = 0.0
            if len(unit) == 1:
                own = sum(item[2] == "keyword" for item in weights)
                bonus += REPEAT_BONUS * max(min(own, MAX_REPEAT) - 1, 0)
                if unit[0] in self._label:
                    bonus += LABEL_BONUS
            found[unit] = Entry(best + bonus, text, kind)
        return found
