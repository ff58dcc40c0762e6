"""Texts without case, accents or ligatures, to compare and to search: the only folding.

What an engine needs beside it is a step of its own over these: capitals for an envelope, “St” in
full for a name to take out of a text.
"""

import re
import unicodedata

# Letters without a combining accent, which Unicode does not decompose.
_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"}
_LETTERS |= {"þ": "th", "ŧ": "t", "ı": "i"}
# Signs typed for an apostrophe; one of them would become a space with an accent.
_APOSTROPHES = dict.fromkeys("’‘ʼ´′", "'")
_SPECIAL = str.maketrans(_LETTERS | _APOSTROPHES)
# With the accents of French, nearly every text is done at once: Unicode takes ten times as long.
_FRENCH = str.maketrans(
    _LETTERS | _APOSTROPHES | dict(zip("àâäçéèêëîïôöùûüÿ", "aaaceeeeiioouuuy", strict=True))
)
_WORD = re.compile(r"[a-z0-9]+")
_CIVILITIES = {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"}
# Words of a signature that name no person.
_TITLES = set(
    "le la les l de du des d et en au aux a par pour p o po delegation interim signe signature"
    " maire mairesse adjoint adjointe conseiller conseillere delegue deleguee municipal municipale"
    " president presidente vice communautaire premier premiere deuxieme troisieme 1er 1ere 2e 3e"
    " directeur directrice general generale services dgs dga dgas secretaire mairie ville commune"
    " communes metropole communaute agglomeration urbaine intercommunalite syndicat".split()
)
_MUNICIPAL = {"maire", "mairesse", "adjoint", "adjointe", "municipal", "municipale", "mairie"}
_REPRESENTATIVE = {"president", "presidente", "vice", "directeur", "directrice", "dgs", "dga"}
_CASED = re.compile(r"[^\W\d_]+")
_PHRASE = re.compile(r"[,;:()\n–—]")
_ARTICLE = re.compile(r"(?:le|la|les|l) (?=.)")


def fold(text: str) -> str:
    """Lower case, no accent, ligatures in two letters, straight apostrophes.

    >>> fold("L’ŒUVRE du Cœur : été à Großbliederstroff")
    "l'oeuvre du coeur : ete a grossbliederstroff"
    """
    text = text.lower()
    if not text.isascii():
        text = text.translate(_FRENCH)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.casefold().translate(_SPECIAL)


def words(text: str) -> list[str]:
    """The folded words of a text, cut at spaces, hyphens, apostrophes and any other sign.

    >>> words("Saint-Julien-lès-Metz (57070)")
    ['saint', 'julien', 'les', 'metz', '57070']
    """
    return _WORD.findall(fold(text))


def key(text: str) -> str:
    """Words of a text and nothing else: texts with the same key have the same content.

    >>> key("Cimetières !") == key("CIMETIERES")
    True
    """
    return " ".join(words(text))


def same_name(one: str, other: str) -> bool:
    """Whether two texts name a person alike, whatever the case, the accents, the order of the
    words and a civility; two empty names are not alike.

    >>> same_name("aubry, anne-marie", "Mme Anne-Marie AUBRY"), same_name("A. Aubry", "Anne AUBRY")
    (True, False)
    """
    first, second = (
        sorted(word for word in words(text) if word not in _CIVILITIES) for text in (one, other)
    )
    return bool(first) and first == second


def names_person(text: str, name: str) -> bool:
    """Whether a text holds all the words of a name, in any order; an empty name is in none.

    >>> names_person("Mme Anne-Marie Aubry, présidente", "AUBRY Anne-Marie")
    True
    >>> names_person("A. Aubry, présidente", "Anne AUBRY")
    False
    """
    wanted = {word for word in words(name) if word not in _CIVILITIES}
    return bool(wanted) and wanted <= set(words(text))


def may_name_person(text: str, name: str, places: str = "") -> bool:
    """Whether a signature for the intercommunality may be that of a person of a commune: it holds
    words or initials of the name and no other name, or no name at all and no title of somebody of
    the intercommunality.

    :param places: names of the commune and of the intercommunality, which are no person's

    >>> may_name_person("H. ROGER, élu de Mey", "Hugo ROGER", "Mey")
    True
    >>> may_name_person("Roger", "Hugo ROGER"), may_name_person("Jeanne Roger", "Hugo ROGER")
    (True, False)
    >>> may_name_person("HR", "Hugo ROGER"), may_name_person("J. Dupont", "Hugo ROGER")
    (True, False)
    >>> may_name_person("—", "Hugo ROGER")
    True
    >>> may_name_person("Le premier magistrat", "Hugo ROGER"), may_name_person("", "Hugo ROGER")
    (True, False)
    >>> may_name_person("La présidente", "Hugo ROGER"), may_name_person("M. Petit", "Hugo ROGER")
    (False, False)
    """
    known = set(words(name)) - _CIVILITIES
    ignored = _TITLES | _CIVILITIES | set(words(places))
    for phrase in _PHRASE.split(text):
        held = [fold(word) for word in _CASED.findall(phrase) if _is_proper(word, ignored, known)]
        if any(len(word) > 1 and word in known for word in held):
            return all(word in known or _is_initial(word, known) for word in held)
    if not text.strip() or _holds_name(text, ignored):
        return False
    typed = set(words(text))
    return bool(typed & _MUNICIPAL) or not typed & _REPRESENTATIVE


def _is_proper(word, ignored, known=()):
    """Whether a word, an initial included, is part of a name: it has a capital or is known."""
    bare = fold(word)
    if len(word) == 1 and word.isupper():
        return bare not in _CIVILITIES
    return bare not in ignored and (word[0].isupper() or bare in known)


def _is_initial(word, names):
    return len(word) == 1 and any(name.startswith(word) for name in names)


def _holds_name(text, ignored):
    """Whether a text holds “DUPONT”, “Jean Dupont”, “J. Dupont” or “M. Dupont”."""
    cased = _CASED.findall(text)
    proper = [word for word in cased if _is_proper(word, ignored)]
    full = [word for word in proper if len(word) > 1]
    with_civility = any(fold(word) in _CIVILITIES for word in cased)
    in_capitals = any(len(word) > 2 and word.isupper() for word in full)
    return in_capitals or bool(full) and (len(proper) > 1 or with_civility)


def flat(text: str) -> str:
    """Folded with its signs, single spaces, none at either end: what patterns are tried on.

    >>> flat("  Fin de mission\\n le 1er  août ")
    'fin de mission le 1er aout'
    """
    return " ".join(fold(text).split())


def collation(name: str) -> tuple[str, str]:
    """Sort key of names as in a French directory: word by word, accents decide last.

    PostgreSQL sorts the same way: `models/core/collation.py`.

    >>> sorted(["Chieulles", "Étain", "Yutz", "Châtel", "Œting", "Odeur", "Metz"], key=collation)
    ['Châtel', 'Chieulles', 'Étain', 'Metz', 'Odeur', 'Œting', 'Yutz']
    """
    return key(name or ""), name or ""


def place_collation(name: str) -> tuple[str, str]:
    """Sort key of communes as INSEE does: the article of their name does not count.

    >>> sorted(["Metz", "Le Ban-Saint-Martin", "L’Hôpital", "Augny"], key=place_collation)
    ['Augny', 'Le Ban-Saint-Martin', 'L’Hôpital', 'Metz']
    """
    folded, written = collation(name)
    article = _ARTICLE.match(folded)
    return folded[article.end() :] if article else folded, written
