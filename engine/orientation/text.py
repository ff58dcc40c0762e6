"""The words of a text typed anyhow: accents, capitals, apostrophes, phone style."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..text import fold
from .stem import stem
from .words import words

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

    :param where: it tells where, not what
    """

    word: str
    stem: str
    weight: float
    where: bool


def split(text: str) -> list[str]:
    """All the words of a text, folded; expressions of phone style are written out."""
    folded = fold(text[:MAX_LENGTH])
    if _SPECIAL.search(folded):
        for pattern, replacement in _REWRITES:
            folded = pattern.sub(replacement, folded)
    known = words()
    found = _WORD.findall(folded)[:MAX_WORDS]
    if not known.short_forms.keys().isdisjoint(found):
        found = [new for word in found for new in known.short_forms.get(word, (word,))]
    return known.rewrite(found)


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
    """Whether a keyword of one word says it all: "sans abri" or "mot de passe" lose their sense."""
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
    for word in split(text):
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
        token = Token(word, stem(word), weight, where)
        if token.stem not in kept or kept[token.stem].weight < weight:
            kept[token.stem] = token
    return list(kept.values())
