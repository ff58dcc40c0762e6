"""Small words, everyday words and words of intention of French, kept in words.csv."""

from functools import lru_cache
from pathlib import Path

from .csvfile import read_rows
from .stem import stem

FILE = Path(__file__).with_name("words.csv")
# How much a word counts: one that many questions hold tells little about the topic.
WEIGHTS = {"weak": 0.35, "common": 0.55, "intention": 1.35}
PLACE_WEIGHT = 0.35


class Words:
    """What is known of French words whatever the topics."""

    def __init__(self, rows):
        lists: dict[str, list[str]] = {}
        self.short_forms: dict[str, tuple[str, ...]] = {}
        self._rewrites: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for row in rows:
            kind, content = row.values["kind"], row.values["words"]
            if kind in ("short", "rewrite"):
                self._add_forms(kind, content)
            else:
                lists.setdefault(kind, []).extend(content.replace(",", " ").split())
        self.stop = frozenset(lists["stop"])
        self.links = frozenset(lists["link"])
        self.streets = frozenset(lists["street"])
        self.before = frozenset(lists["before"])
        self.plain = frozenset(map(stem, lists["plain"]))
        exact = {word: weight for kind, weight in WEIGHTS.items() for word in lists[kind]}
        self._weights = {stem(word): weight for word, weight in exact.items()} | exact
        self.place_weight = PLACE_WEIGHT

    def _add_forms(self, kind: str, content: str):
        for pair in content.split(","):
            before, _equal, after = pair.partition("=")
            source, target = tuple(before.split()), tuple(after.split())
            if kind == "short":
                self.short_forms[source[0]] = target
            else:
                self._rewrites.setdefault(source[0], []).append((source, target))

    def weight(self, word: str) -> float:
        """How much a word of a question counts."""
        weight = self._weights.get(word)
        return self._weights.get(stem(word), 1.0) if weight is None else weight

    def rewrite(self, found: list[str]) -> list[str]:
        """Replace expressions whose small words matter: "ne marche plus" is a breakdown."""
        if self._rewrites.keys().isdisjoint(found):
            return found
        result: list[str] = []
        position = 0
        while position < len(found):
            for source, target in self._rewrites.get(found[position], ()):
                if tuple(found[position : position + len(source)]) == source:
                    result += target
                    position += len(source)
                    break
            else:
                result.append(found[position])
                position += 1
        return result


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of words.csv, read once."""
    return Words(read_rows(FILE, ("kind", "words")))
