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
    """Whether a signature without a full name may be that of a person of a commune: it holds words
    or initials of the name and titles alone, or no name but the title of somebody of a commune.

    :param places: names of the commune and of the intercommunality, which are no person's

    >>> may_name_person("H. ROGER, maire de Mey", "Hugo ROGER", "Mey")
    True
    >>> may_name_person("Roger", "Hugo ROGER"), may_name_person("Jeanne Roger", "Hugo ROGER")
    (True, False)
    >>> may_name_person("Le maire de Mey", "Hugo ROGER", "Mey")
    True
    >>> may_name_person("Le maire de Woippy", "Hugo ROGER", "Mey")
    False
    >>> may_name_person("La présidente", "Hugo ROGER"), may_name_person("", "Hugo ROGER")
    (False, False)
    """
    typed = words(text)
    ignored = _TITLES | _CIVILITIES | set(words(places))
    known = {word for word in words(name) if word not in _CIVILITIES}
    held = [word for word in typed if word not in ignored]
    if not held:
        return bool(_MUNICIPAL & set(typed))
    return all(
        word in known or (len(word) == 1 and any(one.startswith(word) for one in known))
        for word in held
    )


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
