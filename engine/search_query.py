"""What is typed in the one search: a number, places, functions, and the words that are left."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .orientation.spelling import one_slip, trigrams
from .text.fold import words

LONGEST = 100
MOST_WORDS = 8
# Shorter words are not guessed: in three letters, one that differs makes another word.
LEAST_GUESSED = 4
ALIKE = 0.5
_SMALL = frozenset("a au aux d de des du en et l la le les par pour sous sur un une".split())
# Words that people type beside the name of the person they want to reach.
_CALLED = frozenset("m mr mme monsieur madame maire joindre appeler ecrire contacter".split())
_NUMBER = re.compile(r"\s*(?:#\s*(\d{1,9})|[a-zA-Z]?(\d{4}-\d{1,9}))\s*")


@dataclass(frozen=True)
class Asked:
    """Parsed question.

    :param number: "123" or "2026-00123" when the whole question is a number
    :param words: its words, folded, without stop words
    """

    number: str = ""
    words: tuple[str, ...] = ()


def read(question: str) -> Asked:
    """
    >>> read("  DGS d’Augny ")
    Asked(number='', words=('dgs', 'augny'))
    >>> read("D2026-00123").number, read("#123").number
    ('2026-00123', '123')
    """
    question = (question or "")[:LONGEST]
    number = _NUMBER.fullmatch(question)
    kept = [word for word in words(question) if len(word) > 1 and word not in _SMALL]
    return Asked(
        number=(number[1] or number[2]) if number else "",
        words=tuple(dict.fromkeys(kept))[:MOST_WORDS],
    )


def stem(word: str) -> str:
    """A word without the mark of its plural, always a beginning of it: what is typed and names are
    compared letter by letter, which the stem of the orientation (“locaux”, “local”) does not allow.

    >>> stem("lampadaires"), stem("gaz"), stem("bus")
    ('lampadaire', 'gaz', 'bus')
    """
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def likeness(word: str, other: str) -> float:
    """1 for the same word, its plural or its beginning; less for one typed wrong; 0 for another.

    >>> likeness("maires", "maire"), likeness("long", "longeville"), likeness("augy", "metz")
    (1, 1, 0)
    >>> 0.5 <= likeness("augni", "augny") < 1
    True
    """
    if stem(word) == stem(other) or len(word) > 2 and other.startswith(word):
        return 1
    if min(len(word), len(other)) < LEAST_GUESSED:
        return 0
    own, its = trigrams(word), trigrams(other)
    share = len(own & its) / len(own | its)
    return share if share >= ALIKE else 0


def recognise(asked: Iterable[str], names: Mapping[int, Iterable[str]]) -> tuple[set, set]:
    """Names that best match the words: (their keys, the words that match).

    Nearly the whole of a name beats a part of a longer one.

    >>> names = {1: ["Metz"], 2: ["Longeville-lès-Metz"], 3: ["Scy-Chazelles"]}
    >>> recognise(["maire", "metz"], names)
    ({1}, {'metz'})
    >>> recognise(["scy"], names), recognise(["voirie"], names)
    (({3}, {'scy'}), (set(), set()))
    """
    asked = list(asked)
    best, keys, used = (0.0, 0), set(), set()
    for key, spellings in names.items():
        for spelling in spellings:
            terms = [word for word in words(spelling) if word not in _SMALL]
            found = {word: max((likeness(word, one) for one in terms), default=0) for word in asked}
            found = {word: share for word, share in found.items() if share}
            rank = (sum(found.values()), len(found) - len(terms))
            if found and rank > best or rank == best and found:
                keys, used = (keys | {key}, used) if rank == best else ({key}, set())
                best, used = rank, used | set(found)
    return keys, used


def names(asked: Iterable[str], lastname: str, firstname: str = "", guessed: bool = False) -> bool:
    """Whether the words name this person: the family name is among them, or they are all parts of
    the name, begun or – when guessed – typed wrong.

    >>> names(["joindre", "martin"], "MARTIN", "Sophie"), names(["sophie"], "MARTIN", "Sophie")
    (True, True)
    >>> names(["voirie"], "Voirin"), names(["dupond"], "DUPONT", guessed=True)
    (False, True)
    >>> names(["hugo", "rogr"], "ROGER", "Hugo", guessed=True), names(["rogr"], "ROGER")
    (True, False)
    >>> names(["leo"], "LEA", guessed=True), names(["hugo", "durand"], "ROGER", "Hugo", True)
    (False, False)
    >>> names(["ecole", "pierre", "curie"], "BRUN", "Pierre")
    False
    """
    asked = list(asked)
    own = [word for word in words(lastname) if len(word) > 2 and word not in _SMALL]
    if {stem(word) for word in asked} & {stem(word) for word in own}:
        return True
    parts = [*own, *words(firstname)]
    return bool(asked) and all(
        any(_matches_part(word, one, guessed) for one in parts) for word in asked
    )


def _matches_part(word: str, part: str, guessed: bool) -> bool:
    """Whether a word is this part of a name; when guessed, one letter of it may be wrong, which
    changes most of the trigrams of a short name."""
    share = likeness(word, part)
    slips = min(len(word), len(part)) >= LEAST_GUESSED and one_slip(word, part)
    return share == 1 or guessed and (share > 0 or slips)


def names_only(asked: Iterable[str], name: str) -> bool:
    """Whether the words are parts of this name and nothing else.

    >>> names_only(["mme", "martin"], "Sophie MARTIN")
    True
    >>> names_only(["eclairage", "rue", "martin"], "Sophie MARTIN"), names_only(["mme"], "Martin")
    (False, False)
    """
    terms = [word for word in asked if word not in _CALLED]
    own = [*words(name), *map(stem, words(name))]
    return bool(terms) and all(word in own or stem(word) in own for word in terms)
