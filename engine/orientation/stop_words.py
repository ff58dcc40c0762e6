"""French stop words, everyday words and words of intention, listed in stop_words.csv."""

import re
from functools import lru_cache
from pathlib import Path

from .csvfile import read_rows
from .stem import stem

FILE = Path(__file__).with_name("stop_words.csv")
_WORD = re.compile(r"[^\W_]+")
# A word that many questions hold is of little help to choose a topic.
WEIGHTS = {"weak": 0.35, "common": 0.55, "intention": 1.35}
PLACE_WEIGHT = 0.35


class Words:
    """Lists of French words, independent of the topics."""

    def __init__(self, rows):
        lists: dict[str, list[str]] = {}
        self.short_forms: dict[str, tuple[str, ...]] = {}
        self._accents: dict[str, str] = {}
        self._rewrites: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for row in rows:
            kind, content = row.values["kind"], row.values["words"]
            if kind == "accent":
                self._accents |= dict(pair.split("=") for pair in content.split(","))
            elif kind in ("short", "rewrite"):
                self._add_forms(kind, content)
            else:
                lists.setdefault(kind, []).extend(content.replace(",", " ").split())
        self.stop = frozenset(lists["stop"])
        self.links = frozenset(lists["link"])
        self.streets = frozenset(lists["street"])
        self.before = frozenset(lists["before"])
        self.plain = frozenset(map(stem, lists["plain"]))
        self.private = frozenset(map(stem, lists["private"]))
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
        """Weight of a word of a question."""
        weight = self._weights.get(word)
        return self._weights.get(stem(word), 1.0) if weight is None else weight

    def rewrite(self, found: list[str]) -> list[tuple[str, str]]:
        """Expand short forms, and expressions whose stop words matter.

        >>> words().rewrite("bjr il ne marche plus".split())
        [('bonjour', 'bjr'), ('il', 'il'), ('panne', 'ne marche plus')]
        """
        pairs = [(word, word) for word in found]
        if not self.short_forms.keys().isdisjoint(found):
            pairs = [(new, word) for word in found for new in self.short_forms.get(word, (word,))]
        if self._rewrites.keys().isdisjoint(word for word, _typed in pairs):
            return pairs
        result: list[tuple[str, str]] = []
        position = 0
        while position < len(pairs):
            source, target = self._rewrite_at(pairs, position)
            typed = " ".join(dict.fromkeys(word for _word, word in source))
            result += [(word, typed) for word in target]
            position += len(source)
        return result

    def _rewrite_at(self, pairs, position: int):
        """Words replaced at a place and their replacement, the word itself by default."""
        for source, target in self._rewrites.get(pairs[position][0], ()):
            here = pairs[position : position + len(source)]
            if tuple(word for word, _typed in here) == source:
                return here, target
        return pairs[position : position + 1], (pairs[position][0],)

    def mark_accents(self, text: str) -> str:
        """Rewrite words that only an accent distinguishes: "tombé" is not "tombe" (a grave).

        >>> words().mark_accents("Un arbre tombé sur la tombe")
        'un arbre tomber sur la tombe'
        """
        if "é" not in text and "É" not in text:
            return text
        return _WORD.sub(lambda found: self._accents.get(found[0], found[0]), text.lower())


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of stop_words.csv, read once."""
    return Words(read_rows(FILE, ("kind", "words")))
