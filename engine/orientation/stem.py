"""A light French stemmer for words typed without accents, as on a phone.

The Snowball algorithm needs the accents that our users leave out ("ramassees" and "ramasser" then
part ways). This one brings verbs, participles and nouns of action together: ramasser, ramassées,
ramassage. It needs not give real roots: the same result for the forms of one word is enough.
"""

import re
from functools import lru_cache

_MIN_ROOT = 4
# Verbs with a short root: jeter, jeté; the ending leaves no doubt.
_VERBS = ("er", "ee", "ees", "ez")
_MIN_VERB_ROOT = 3
# Longest first: the first that leaves a root long enough is cut, once.
_SUFFIXES = sorted(
    "issements issement ements ement ations ation ateurs ateur atrices atrice issages issage"
    " ages age ances ance ants ant antes ante eraient erait erons erez eront erai eras era"
    " aient ait ais assent ees ee es er ez ent e ies ie ir it is i"
    " euses euse eux iques ique ives ive ifs if elles elle els el ales ale al aux"
    " ables able ibles ible".split(),
    key=len,
    reverse=True,
)
_DOUBLE = re.compile(r"([bcdfglmnprstz])\1")
_PLURALS = {"travaux": "travail", "baux": "bail", "yeux": "oeil"}
# Words that the rules would merge with another, or forms too irregular for rules.
_EXCEPTIONS = {
    "arrete": "arrete",
    "arretes": "arrete",
    "stationnement": "stationn",
    "stationnements": "stationn",
    "stationner": "stationn",
    "stationne": "stationn",
    "stationnes": "stationn",
    "stationnee": "stationn",
    "stationnees": "stationn",
    "stationnent": "stationn",
    "police": "police",
    "polices": "police",
    "marche": "marche",
    "marches": "marche",
    "eaux": "eau",
    "elu": "elu",
    "elus": "elu",
    "elue": "elu",
    "elues": "elu",
    "compte": "compte",
    "comptes": "compte",
    "ouvert": "ouvrir",
    "ouverte": "ouvrir",
    "ouverts": "ouvrir",
    "ouverture": "ouvrir",
    "fermeture": "fermer",
    "ferme": "fermer",
    "fermer": "fermer",
    "fermee": "fermer",
    "fermees": "fermer",
    "lieu": "lieu",
    "lieux": "lieu",
    "feux": "feu",
    "acces": "acces",
    "exces": "exces",
    "deces": "deces",
    "proces": "proces",
    "succes": "succes",
    "plaintes": "plainte",
    "tombe": "tombe",
    "tombes": "tombe",
    "plainte": "plainte",
}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The common form of a normalised word (lower case, no accent)."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    root = _cut(_singular(word))
    return _DOUBLE.sub(r"\1", root)


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith(("eaux", "oux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 5:
        return word[:-2] + "l"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _cut(word: str) -> str:
    for suffix in _SUFFIXES:
        shortest = _MIN_VERB_ROOT if suffix in _VERBS else _MIN_ROOT
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            word = word[: -len(suffix)]
            break
    word = re.sub(r"(?<=[a-z]{3})[eiy]$", "", word)
    return re.sub(r"(?<=[gq])u$", "", word)
