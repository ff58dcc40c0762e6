"""Find an intercommunality from what a user types: number, name in any spelling, commune."""

from collections.abc import Iterable
from typing import Protocol

from ..text import words

# Abbreviations of kinds; typed or not, they must not prevent the match.
_KIND_WORDS = {
    "CC": "cc communaute communes",
    "CA": "ca communaute agglomeration agglo",
    "CU": "cu communaute urbaine",
    "METRO": "metropole eurometropole communaute",
    "MET69": "metropole eurometropole communaute",
    "EPT": "ept etablissement public territorial",
}
_SMALL = frozenset("de du des d la le les l et en sur sous aux au a".split())
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class _Named(Protocol):
    siren: str
    name: str
    kind: str
    population: int


def tokens(text: str) -> list[str]:
    """The words that count in a name: “St-Jean de la Croix” -> saint, jean, croix."""
    return [_SHORT.get(word, word) for word in words(text) if word not in _SMALL]


class Index:
    """Names of intercommunalities and of their communes, folded once.

    :param communes: (name, SIREN of the intercommunality)
    """

    def __init__(self, epcis: Iterable[_Named], communes: Iterable[tuple[str, str]]):
        self.entries = [_Entry(epci) for epci in epcis]
        # " haye roses ": a word of the name begins with “ros” when " ros" is in it.
        self.communes = [(f" {' '.join(tokens(name))} ", siren) for name, siren in communes]

    def search(self, text: str, limit: int) -> list[str]:
        """SIREN of the matches, the best first."""
        digits = "".join(text.split())
        if digits.isdigit():
            found = [entry for entry in self.entries if entry.siren.startswith(digits)]
            return [entry.siren for entry in found[:limit]]
        wanted = tokens(text)
        if not wanted:
            return []
        ranks = self._by_commune(wanted)
        for entry in self.entries:
            rank = entry.rank(wanted)
            if rank is not None:
                ranks[entry.siren] = min(rank, ranks.get(entry.siren, rank))
        population = {entry.siren: entry.population for entry in self.entries}
        order = sorted(ranks, key=lambda siren: (ranks[siren], -population.get(siren, 0), siren))
        return order[:limit]

    def _by_commune(self, wanted: list[str]) -> dict[str, int]:
        """SIREN -> 1 when a commune has exactly this name, 5 when it begins like it.

        As near as a name that begins so: Paris is the Métropole du Grand Paris first of all.
        """
        ranks: dict[str, int] = {}
        exact, marks = f" {' '.join(wanted)} ", [f" {word}" for word in wanted]
        for names, siren in self.communes:
            if names == exact:
                ranks[siren] = 1
            elif marks[0] in names and all(mark in names for mark in marks):
                ranks.setdefault(siren, 5)
        return ranks


class _Entry:
    __slots__ = ("kind_words", "name", "own", "population", "siren")

    def __init__(self, epci: _Named):
        self.siren, self.population = epci.siren, epci.population
        self.name = tokens(epci.name)
        self.kind_words = _KIND_WORDS.get(epci.kind, "").split()
        self.own = [word for word in self.name if word not in self.kind_words]

    def rank(self, wanted: list[str]) -> int | None:
        """0 for the very name, then by how much of it was typed; None when it does not match."""
        bare = [word for word in wanted if word not in self.kind_words]
        if wanted == self.name or (bare and bare == self.own):
            return 0
        if not _all_begin(wanted, self.name + self.kind_words):
            return None
        if bare and self.own[: len(bare)] == bare:
            return 1
        return 2 if bare and all(word in self.own for word in bare) else 4


def _all_begin(wanted: list[str], names: list[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in wanted)
