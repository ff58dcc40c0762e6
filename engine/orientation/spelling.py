"""Spelling repair: known words that a misspelt word may mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

MIN_LENGTH = 5
MIN_SIMILARITY = 0.5
# A repaired word counts less than a word typed right.
FACTOR = 0.7
SOUND_FACTOR = 0.9
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"e?au"), "o"),
    (re.compile(r"ai|ei"), "e"),
    (re.compile(r"qu|[ck]h?(?![eiy])|ck"), "k"),
    (re.compile(r"[cs]?c(?=[eiy])|ss|z|ti(?=on)"), "s"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"[ae]n(?![aeiouyn])|[ae]m(?=[bp])"), "an"),
    (re.compile(r"th"), "t"),
    (re.compile(r"y"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?:nt|[estdxz])+$"), ""),
)


@dataclass(frozen=True)
class Repair:
    """A possible correction, and the share of its weight that counts."""

    word: str
    factor: float


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Approximate phonetic key of a French word: words that sound alike share it."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word) or word
    return word


@lru_cache(maxsize=20_000)
def trigrams(word: str) -> frozenset[str]:
    """Groups of three letters, with the edges of the word, as pg_trgm makes them."""
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def one_slip(left: str, right: str) -> bool:
    """Whether one letter added, dropped, changed or swapped makes one word from the other."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest, other = left[start:], right[start:]
    if len(rest) > len(other):
        return rest[1:] == other
    if len(rest) < len(other):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[2:] == other[2:] and rest[:2] == other[1::-1])


class Speller:
    """Finds the known words near to an unknown one; its tables are made when first needed."""

    def __init__(self, known: Iterable[str]):
        self._known = known

    @cached_property
    def _trigrams(self) -> dict[str, frozenset[str]]:
        kept = (word for word in sorted(set(self._known)) if len(word) >= MIN_LENGTH)
        return {word: trigrams(word) for word in kept if word.isalpha()}

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        holders: dict[str, list[str]] = defaultdict(list)
        for word, groups in self._trigrams.items():
            for trigram in groups:
                holders[trigram].append(word)
        return holders

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        sounds: dict[str, list[str]] = defaultdict(list)
        for word in self._trigrams:
            sounds[sound(word)].append(word)
        return sounds

    def repair(self, word: str) -> list[Repair]:
        """Possible corrections, most likely first; none for a short word."""
        if len(word) < MIN_LENGTH - 1 or len(word) > 40 or not word.isalpha():
            return []
        alike = self._sounds.get(sound(word))
        if alike:
            return [Repair(other, SOUND_FACTOR) for other in alike[:3]]
        if len(word) < MIN_LENGTH:
            return []
        return self._nearest(word)

    def _nearest(self, word: str) -> list[Repair]:
        own = trigrams(word)
        common = Counter(other for trigram in own for other in self._holders.get(trigram, ()))
        found = []
        for other, count in common.items():
            if count < 2:
                continue
            similarity = count / (len(own) + len(self._trigrams[other]) - count)
            if word[0] == other[0] and one_slip(word, other):
                similarity = max(similarity, 0.8)
            if similarity > MIN_SIMILARITY:
                found.append((similarity, other))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        best = found[:2]
        return [
            Repair(other, FACTOR * similarity)
            for similarity, other in best
            if similarity >= best[0][0] - 0.1
        ]
