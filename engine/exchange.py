"""Matching of the offers and requests of communes that name the same thing.

Words are read as the search reads them (`engine/orientation`), without their plural and with a
letter typed wrong. Its other words for a thing are left alone: a table would be found for a tent,
of the same family. Advice goes by its topic too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .orientation.lexicon import lexicon
from .orientation.spelling import Speller
from .orientation.stem import stem
from .orientation.stop_words import PLACE_WEIGHT, words
from .orientation.text import split

# A word that only specifies the thing (“nacelle sur camion”) counts half.
DETAIL = 0.5
# Two names go together from this share of the shorter one on.
LEAST = 0.5
_BEGIN_DETAIL = frozenset("a au aux avec d dans de des du en par pour sans sous sur".split())
_BEGIN_THING = frozenset("et ou puis".split())
# These words mean lending, asking or helping; they do not name the thing.
_WITHOUT_MEANING = frozenset(
    map(
        stem,
        "accompagnement aide aider appareil appui avis cession cherche cherchons conseil coup"
        " disponible disponibilite dispo disposition don donne donner donnons echange emprunt"
        " emprunter engin equipement experience expertise exterieur gratuit libre location lot"
        " loue louer machine main materiel mise objet offre outil paire partage partager pret"
        " prete preter pretons propose proposons recherche recherchons regard retour service"
        " soutien vehicule".split(),
    )
)


@dataclass(frozen=True)
class Thing:
    """Equipment or advice that a commune offers or requests.

    :param side: `offer` or `need`
    :param place: whose it is: a commune is not brought together with itself
    :param topic: of an advice, what it is about; empty for what is lent
    """

    id: int
    side: str
    place: int
    name: str
    topic: int | None = None


@dataclass
class Word:
    """A word of a name; `near`: roots that may be meant (“mini pelle”, “minipelle”; a letter typed
    wrong), and how much they are worth."""

    typed: str
    root: str
    weight: float
    near: dict[str, float] = field(default_factory=dict)

    def likeness(self, other: "Word") -> float:
        if self.root == other.root:
            return 1.0
        return max(self.near.get(other.root, 0.0), other.near.get(self.root, 0.0))


def read(name: str) -> list[Word]:
    """Significant words of the name of a thing, each with its weight.

    >>> [(word.root, word.weight) for word in read("Prêt de deux barnums pour la kermesse")]
    [('barnum', 1.0), ('kermesse', 0.5)]
    >>> [(word.root, word.weight) for word in read("Tables de brasserie et bancs")]
    [('table', 1.0), ('brasserie', 0.5), ('banc', 1.0)]
    """
    found: dict[str, Word] = {}
    share, stop = 1.0, words().stop
    for word in split(name):
        root = stem(word)
        if word in _BEGIN_DETAIL:
            share = DETAIL if found else 1.0
        elif word in _BEGIN_THING:
            share = 1.0
        elif word not in stop and root not in _WITHOUT_MEANING and len(word) > 1 and word.isalpha():
            weak = words().weight(word) <= PLACE_WEIGHT
            found.setdefault(root, Word(word, root, share * (PLACE_WEIGHT if weak else 1.0)))
    readable = list(found.values())
    for word, after in zip(readable, readable[1:], strict=False):
        word.near[stem(word.typed + after.typed)] = 1.0
    return readable


class Market:
    """All that is offered and looked for at one moment.

    >>> market = Market([
    ...     Thing(1, "offer", 10, "Nacelle sur camion"),
    ...     Thing(2, "need", 20, "Cherche une nacele pour élaguer"),
    ...     Thing(3, "need", 30, "Camion benne"),
    ...     Thing(4, "need", 10, "Nacelles"),
    ... ])
    >>> market.suits(1), market.suits(2), market.suits(3)
    ([2], [1], [])
    """

    def __init__(self, things: Iterable[Thing]):
        self._things = {thing.id: thing for thing in things}
        self._words = {id: read(thing.name) for id, thing in self._things.items()}
        self._add_repairs()
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._advice: dict[int, set[int]] = defaultdict(set)
        for id, thing in self._things.items():
            for word in self._words[id]:
                for root in (word.root, *word.near):
                    self._holders[root].add(id)
            if thing.topic:
                self._advice[thing.topic].add(id)

    def _add_repairs(self):
        """A word that nobody knows may be one of the other side, written nearly the same."""
        roots: dict[str, set[str]] = defaultdict(set)
        for id, thing in self._things.items():
            roots[thing.side].update(word.root for word in self._words[id])
        spellers = {side: Speller(some) for side, some in roots.items()}
        known = lexicon().vocabulary
        for id, thing in self._things.items():
            other = "need" if thing.side == "offer" else "offer"
            for word in self._words[id]:
                if other in spellers and word.root not in roots[other] and word.typed not in known:
                    for repair in spellers[other].repair(word.root):
                        word.near.setdefault(repair.word, repair.factor)

    def suits(self, id: int) -> list[int]:
        """Matches of a thing, the best first; matching is symmetric."""
        thing = self._things[id]
        found = {other for other in self._advice.get(thing.topic, ()) if thing.topic}
        for word in self._words[id]:
            for root in (word.root, *word.near):
                found |= self._holders.get(root, set())
        scores = {other: self._score(id, other) for other in found}
        kept = [other for other, score in scores.items() if score >= LEAST]
        return sorted(kept, key=lambda other: (-scores[other], other))

    def _score(self, one: int, other: int) -> float:
        """Share of the shorter name that both names have in common, 0 when they are incompatible.

        The score is symmetric.
        """
        own, its = self._things[one], self._things[other]
        if own.side == its.side or own.place == its.place:
            return 0.0
        score = self._share(self._words[one], self._words[other])
        return max(score, LEAST) if own.topic and own.topic == its.topic else score

    def _share(self, own: list[Word], its: list[Word]) -> float:
        if not own or not its:
            return 0.0
        pairs = [[min(a.weight, b.weight) * a.likeness(b) for b in its] for a in own]
        score = min(sum(map(max, pairs)), sum(map(max, zip(*pairs, strict=True))))
        shorter = min(sum(word.weight for word in some) for some in (own, its))
        return round(score / shorter, 3)
