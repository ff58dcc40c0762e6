"""The words of a text typed anyhow: accents, capitals, apostrophes, phone style."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text import fold
from .stem import stem
from .stop_words import words

# A question is a few sentences: what comes after that adds time, not meaning.
MAX_LENGTH = 6_000
MAX_WORDS = 400
_WORD = re.compile(r"[^\W_]+")
# What the patterns below need: without any of it there is nothing to rewrite.
_SPECIAL = re.compile(r"[0-9+°.]|\bc ?est|qu ?est|aujourd")
_REWRITES = (
    (re.compile(r"\bp ?\+ ?r\b"), "parking relais"),
    (re.compile(r"\bn ?°"), "numero "),
    (re.compile(r"\b(?:[a-z]\.){2,}"), lambda match: match[0].replace(".", "")),
    (re.compile(r"\br ?d ?\d{1,4}[a-z]?\b|\bd ?\d{2,4}[a-z]?\b"), "rd"),
    (re.compile(r"\br ?n ?\d{1,4}\b|\bn\d{1,4}\b"), "route nationale"),
    (re.compile(r"\bc ?est\b|\bqu ?est\b"), "est"),
    (re.compile(r"\baujourd ?hui\b"), " "),
)


@dataclass(frozen=True)
class Token:
    """A word that carries meaning; `weight` is below 1 for a word of everyday use or of place.

    :param where: it gives a place, not a subject
    :param typed: as the person wrote it; empty when it replaces a sign or a road number
    :param place: its number among all the words of the text
    """

    word: str
    stem: str
    weight: float
    where: bool
    typed: str = ""
    place: int = 0


def split(text: str) -> list[str]:
    """All the words of a text, folded; expressions of phone style are written out."""
    return [word for word, _typed in _pairs(text)]


def split_as_typed(text: str) -> list[tuple[str, str]]:
    """The words of `split`, and beside each what the person typed for it.

    >>> split_as_typed("Le réverbère NE MARCHE PLUS")
    [('le', 'Le'), ('reverbere', 'réverbère'), ('panne', 'NE MARCHE PLUS')]
    """
    typed: dict[str, str] = {}
    for word in _WORD.findall(text[:MAX_LENGTH]):
        for form in (fold(word), *split(word)):
            typed.setdefault(form, word)
    return [
        (word, " ".join(filter(None, (typed.get(part, "") for part in source.split()))))
        for word, source in _pairs(text)
    ]


def typed_between(text: str, first: int, last: int) -> str:
    """What the person typed from one word of a text to another, with the signs between.

    >>> typed_between("Une plaque d'égout cassée", 1, 3)
    "plaque d'égout"
    """
    typed = [part for _word, part in split_as_typed(text)[first : last + 1]]
    words_typed = list(dict.fromkeys(" ".join(typed).split()))
    found = re.search(r"[\W_]+".join(map(re.escape, words_typed)), text)
    return found[0] if found else " ".join(words_typed)


def _pairs(text: str) -> list[tuple[str, str]]:
    """Each word of a text, folded, with the folded words that it means."""
    known = words()
    folded = fold(known.mark_accents(text[:MAX_LENGTH]))
    if _SPECIAL.search(folded):
        for pattern, replacement in _REWRITES:
            folded = pattern.sub(replacement, folded)
    return known.rewrite(_WORD.findall(folded)[:MAX_WORDS])


@lru_cache(maxsize=50_000)
def keywords(text: str) -> tuple[str, ...]:
    """The words of meaning of a keyword, or all its words when it has only small ones."""
    stop = words().stop
    found = split(text)
    return tuple(word for word in found if word not in stop and len(word) > 1) or tuple(found)


def words_as_written(text: str) -> list[str]:
    """The words of meaning of a label, with their accents and capitals."""
    stop = words().stop
    return [word for word in _WORD.findall(text) if len(word) > 1 and fold(word) not in stop]


def is_whole(text: str) -> bool:
    """Whether one word keeps the meaning of a keyword: not so in "sans abri", "mot de passe"."""
    known = words()
    return sum(word not in known.links for word in split(text)) <= len(keywords(text))


@lru_cache(maxsize=50_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a keyword."""
    return tuple(map(stem, keywords(text)))


def tokens(text: str) -> list[Token]:
    """The words of meaning of a question, in their order, each stem once."""
    known = words()
    kept: dict[str, Token] = {}
    place = ""
    for number, (word, typed) in enumerate(split_as_typed(text)):
        # "devant l'école": the word after is where, not what. "Rue" needs "de": "rue barrée".
        if word in known.links:
            place = "name" if place else ""
            continue
        if word in known.stop or len(word) < 2:
            place = ""
            continue
        weight = known.weight(word)
        where = place in ("name", "before")
        if where:
            weight = min(weight, known.place_weight)
        if word in known.before:
            place = "before"
            continue
        place = "street" if word in known.streets else ""
        token = Token(word, stem(word), weight, where, typed, number)
        if token.stem not in kept or kept[token.stem].weight < weight:
            kept[token.stem] = token
    return list(kept.values())
