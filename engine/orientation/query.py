"""Reading of a question: its words, with spelling repaired, and their synonyms."""

import re
from dataclasses import dataclass, field

from .lexicon import Unit, lexicon
from .postings import Postings
from .stem import stem
from .stop_words import words
from .text import tokens, typed_between

# A synonym counts less, and still less when topics have the very word.
SYNONYM = 0.55
SYNONYM_OF_KNOWN = 0.35
# An expression leaves less doubt than a word.
EXPRESSION = 0.8
EXPRESSION_SYNONYM = 0.7
# An expression that topics or documents hold scores in addition to its words.
IN_ADDITION = 0.7
# Maximum number of other words inside an expression.
MAX_GAP = 2
MAX_REPAIRS = 40
# "lecole", "deau": typed without the apostrophe.
UNGLUED = 0.95
_GLUED = re.compile(r"(?:[cdjlmnst]|qu)(?=[aeiouyh])")


@dataclass(frozen=True)
class Candidate:
    """A unit that topics may hold, from a word of the question."""

    factor: float
    kind: str  # own, repaired or synonym
    term: str = ""


@dataclass
class Signal:
    """A word or an expression of the question and all that it may mean.

    :param typed: as the person wrote it
    :param wholes: expressions found in the question of which the word is a part
    """

    word: str
    weight: float
    typed: str = ""
    candidates: dict[Unit, Candidate] = field(default_factory=dict)
    wholes: set[Unit] = field(default_factory=set)

    def add(self, unit: Unit, candidate: Candidate):
        """Keep the best way to reach a unit."""
        known = self.candidates.get(unit)
        if known is None or known.factor < candidate.factor:
            self.candidates[unit] = candidate


def unglued(word: str) -> str:
    """A word without the article that was typed with it, nothing when there is none.

    >>> unglued("lecole"), unglued("deau"), unglued("trottoir")
    ('ecole', 'eau', '')
    """
    found = _GLUED.match(word)
    return word[found.end() :] if found and len(word) - found.end() > 2 else ""


class Query:
    """The signals of a question."""

    def __init__(self, question: str, postings: Postings):
        self._postings = postings
        self._places: dict[str, list[int]] = {}
        self._where: set[int] = set()
        self.signals: list[Signal] = []
        self._question = question
        self._tokens = tokens(question)
        repairs = 0
        for position, token in enumerate(self._tokens):
            signal = Signal(token.word, token.weight, token.typed)
            if token.where:
                self._where.add(position)
            roots = [(token.stem, 1.0, "")]
            if not postings.is_known(token.stem) and repairs < MAX_REPAIRS:
                repairs += 1
                roots = self._repaired(token.word)
            for root, factor, repaired in roots:
                self._places.setdefault(root, []).append(position)
                kind = "repaired" if repaired else "own"
                self._add_root(signal, root, Candidate(factor, kind, repaired))
            self.signals.append(signal)
        found = self._find(postings.expressions)
        self.expressions: list[Signal] = []
        for unit, places in found.items():
            signal = Signal(" ".join(unit), self._weight(places), self._typed(places))
            signal.add(unit, Candidate(IN_ADDITION, "own"))
            self.expressions.append(signal)
            self._settle(places, unit)
            for position in places:
                self.signals[position].wholes.add(unit)
        self._expression_signals()

    def _repaired(self, word: str) -> list[tuple[str, float, str]]:
        """Candidates for an unknown word: stem, weight, word."""
        bare = unglued(word)
        if bare and bare in words().stop:
            return []
        if bare and self._postings.is_known(stem(bare)):
            return [(stem(bare), UNGLUED, bare)]
        found = self._postings.speller.repair(word)
        return [(stem(item.word), item.factor, item.word) for item in found]

    def _settle(self, places: list[int], whole: Unit):
        """Resolve a misspelt word by the expression it completes: in "nid de poul" it is no
        "poulet"."""
        for signal in (self.signals[position] for position in places):
            meant = {
                unit[0]: candidate
                for unit, candidate in signal.candidates.items()
                if candidate.kind == "repaired" and unit[0] in whole
            }
            if meant:
                signal.candidates = {}
                for root, candidate in meant.items():
                    self._add_root(signal, root, candidate)

    def _add_root(self, signal: Signal, root: str, candidate: Candidate):
        """Add a word and its synonyms to a signal."""
        signal.add((root,), candidate)
        near = SYNONYM_OF_KNOWN if root in self._postings.known else SYNONYM
        self._add_near(signal, (root,), candidate.factor * near)

    def _add_near(self, signal: Signal, unit: Unit, factor: float):
        for member in lexicon().near.get(unit, ()):
            signal.add(member.unit, Candidate(factor * member.weight, "synonym", member.text))

    def _expression_signals(self):
        """Expressions of the lexicon that the question holds."""
        for unit, places in self._find(lexicon().expressions).items():
            self._settle(places, unit)
            signal = Signal(lexicon().texts[unit], self._weight(places), self._typed(places))
            signal.add(unit, Candidate(EXPRESSION, "own"))
            self._add_near(signal, unit, EXPRESSION_SYNONYM)
            self.signals.append(signal)

    def _weight(self, positions: list[int]) -> float:
        """Weight of an expression, lower when it gives a place: "devant la salle des fêtes"."""
        return 1.0 if self._where.isdisjoint(positions) else words().place_weight

    def _typed(self, positions: list[int]) -> str:
        """Expression as the person wrote it, with the words in between."""
        places = [self._tokens[position].place for position in positions]
        return typed_between(self._question, min(places), max(places))

    def _find(self, expressions: dict[str, list[Unit]]) -> dict[Unit, list[int]]:
        """Expressions whose words are all near each other, with their positions."""
        found = {}
        for root in self._places:
            for unit in expressions.get(root, ()):
                positions = self._together(unit)
                if positions:
                    found[unit] = positions
        return {
            unit: positions
            for unit, positions in found.items()
            if not any(set(positions) < set(other) for other in found.values())
        }

    def _together(self, unit: Unit) -> list[int]:
        """Positions of the words of an expression, empty when they are too far from each other."""
        if not all(root in self._places for root in unit):
            return []
        positions = sorted({self._places[root][0] for root in unit})
        spread = positions[-1] - positions[0] - (len(unit) - 1)
        return positions if len(positions) == len(set(unit)) and spread <= MAX_GAP else []
