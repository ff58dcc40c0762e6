"""The words and expressions of one topic, and how much it holds to each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .lexicon import Unit
from .model import Topic
from .text import is_whole, keywords, stems, words_as_written

LABEL_WEIGHT = 0.8
LABEL_BONUS = 0.15
PART_WEIGHT = 0.5
FAMILY_WEIGHT = 0.2
REPEAT_BONUS = 0.1
MAX_REPEAT = 6


@dataclass(frozen=True)
class Entry:
    """Weight of a unit in a topic, and the term shown to the user."""

    weight: float
    text: str
    kind: str


class TopicTerms:
    """Entry of each unit of a topic, its words as they are written, and their length in all.

    :param family: the topic that it belongs to, whose words are a light hint
    """

    def __init__(self, topic: Topic, family: Topic | None = None):
        self._weights: dict[Unit, list[tuple[float, str, str]]] = defaultdict(list)
        self._label: set[str] = set()
        self.surface: set[str] = set()
        self.length = 0.0
        self._add_topic(topic)
        if family:
            self._add_family(family)
        self.entries = {unit: self._get_entry(unit, found) for unit, found in self._weights.items()}

    def _add_topic(self, topic: Topic):
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

    def _add_family(self, family: Topic):
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

    def has_idiom(self, expressions: Iterable[Unit]) -> bool:
        """Whether the topic has one of some expressions, and none of its words alone.

        There it does not mean what its words mean: "nid de poule" is about no bird.
        """
        return any(
            all(len(stems(self.entries[root,].text)) > 1 for root in whole)
            for whole in expressions
            if whole in self.entries
        )

    def _get_entry(self, unit: Unit, weights: list[tuple[float, str, str]]) -> Entry:
        """The best weight of a unit, a little more when it comes back."""
        best, text, kind = max(weights, key=lambda item: item[0])
        bonus = 0.0
        if len(unit) == 1:
            own = sum(item[2] == "keyword" for item in weights)
            bonus += REPEAT_BONUS * max(min(own, MAX_REPEAT) - 1, 0)
            if unit[0] in self._label:
                bonus += LABEL_BONUS
        return Entry(best + bonus, text, kind)


def chunks(label: str) -> Iterable[str]:
    """The subjects that a label names: "Culture et équipements, archives" has three."""
    for part in label.replace("(", ",").replace(")", ",").replace("–", ",").split(","):
        yield from part.split(" et ")
