"""Groups of words that mean nearly the same in a town hall, kept in lexicon.csv."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .csvfile import read_rows
from .stop_words import words
from .text import keywords, stems

FILE = Path(__file__).with_name("lexicon.csv")

# One stem for a word, several for an expression.
Unit = tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """A word or an expression of a group; `weight` is below 1 for a word of everyday use."""

    text: str
    unit: Unit
    weight: float


class Lexicon:
    """Synonyms of words and of expressions."""

    def __init__(self, groups: list[list[str]]):
        self.near: dict[Unit, list[Member]] = defaultdict(list)
        self.texts: dict[Unit, str] = {}
        self.vocabulary: set[str] = set()
        for group in groups:
            members = list({stems(text): member_of(text) for text in group}.values())
            for member in members:
                self.texts.setdefault(member.unit, member.text)
                self.vocabulary.update(keywords(member.text))
                self.near[member.unit] += [other for other in members if other is not member]
        self.expressions = expressions_by_stem(unit for unit in self.near if len(unit) > 1)


def member_of(text: str) -> Member:
    """A member of a group from its text."""
    unit = stems(text)
    weight = min(1.0, words().weight(keywords(text)[0])) if len(unit) == 1 else 1.0
    return Member(text, unit, weight)


def expressions_by_stem(units) -> dict[str, list[Unit]]:
    """Expressions by first stem, to find which a question contains."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        found[unit[0]].append(unit)
    return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The groups of lexicon.csv, read once."""
    rows = read_rows(FILE, ("words",))
    return Lexicon([row.values["words"].split(", ") for row in rows])
