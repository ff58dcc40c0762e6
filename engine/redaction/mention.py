"""Whether a text seems to name a private person: for a quiet reminder, never for a refusal."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from ..text import words
from .patterns import CIVILITY, STREET, find_patterns

BEFORE = 40
# “rue du Docteur Schweitzer” is a place.
IN_STREET = re.compile(rf"\b(?i:{STREET})\s+(?:(?:du|de|des|de la)\s+)?{CIVILITY}\s+$")
# What somebody writes before one's own number, or that of the town hall.
OWN = re.compile(
    r"\b(?:moi|mon|mes|nous|notre|mairie|joignable|rappel\w*|accueil)\b", re.IGNORECASE
)
# A number in a street is the place of the work, unless somebody lives there in the text.
LIVES = re.compile(
    r"\b(?:habit\w+|demeur\w+|domicili\w+|résid\w+|chez|locataires?|propriétaires?|voisins?"
    r"|voisines?|riverains?|riveraines?|administrée?s?)\b",
    re.IGNORECASE,
)


def find_mentions(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Passages that seem to name a private person, verbatim.

    >>> find_mentions("Un arbre de M. Dupont penche, il habite 12 rue Haute (06 12 34 56 78).")
    ('Dupont', '12 rue Haute', '06 12 34 56 78')
    >>> find_mentions("Nid de poule devant le 12 rue Haute. Rappelez-moi au 06 12 34 56 78.")
    ()
    >>> find_mentions("Madame le Maire et M. Weber vous saluent", known=["Luc WEBER"])
    ()
    >>> find_mentions("Rue du Docteur Schweitzer, un arbre penche")
    ()

    :param known: names of officials and agents, who are named in what they do
    """
    text = normalize("NFC", text or "")
    public = [set(words(name)) for name in known]
    found = sorted(find_patterns(text), key=lambda one: one.start)
    persons = [one for one in _find_persons(text, found) if not _is_known(_cut(text, one), public)]
    lives = bool(persons) or bool(LIVES.search(text))
    kept = [
        one
        for one in found
        if one in persons
        or (one.kind == "address" and lives)
        or (one.kind in ("phone", "email") and not _is_own(text, one))
    ]
    return tuple(dict.fromkeys(_cut(text, one) for one in kept))


def find_names(text: str) -> tuple[str, ...]:
    """What follows “M.” or “Mme”: the names to look for among officials and agents.

    >>> find_names("Mme Anne Martin et la directrice")
    ('Anne Martin',)
    """
    text = normalize("NFC", text or "")
    return tuple(_cut(text, one) for one in _find_persons(text, find_patterns(text)))


def _find_persons(text, found):
    persons = [one for one in found if one.kind == "person"]
    return [
        one for one in persons if not IN_STREET.search(text[max(0, one.start - BEFORE) : one.start])
    ]


def _cut(text, passage):
    return text[passage.start : passage.end].strip(" .,;")


def _is_known(name, public):
    parts = set(words(name))
    return any(parts <= one for one in public)


def _is_own(text, passage):
    return bool(OWN.search(text[max(0, passage.start - BEFORE) : passage.start]))
