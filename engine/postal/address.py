"""French postal addresses: the rules of AFNOR XP Z10-011.

At most six lines of 38 characters, spaces included. From the street line on: capitals without
accents, no punctuation. Last line: postal code and place.
"""

import re
from collections.abc import Sequence

from ..text import fold

LINE_LENGTH = 38
LINE_COUNT = 6

# Abbreviations of the standard, used only when a line is too long, in this order.
ABBREVIATIONS = (
    ("BOULEVARD", "BD"),
    ("AVENUE", "AV"),
    ("PLACE", "PL"),
    ("ALLEE", "ALL"),
    ("ALLEES", "ALL"),
    ("CHEMIN", "CHE"),
    ("IMPASSE", "IMP"),
    ("ROUTE", "RTE"),
    ("SQUARE", "SQ"),
    ("FAUBOURG", "FG"),
    ("QUARTIER", "QUA"),
    ("RESIDENCE", "RES"),
    ("LOTISSEMENT", "LOT"),
    ("BATIMENT", "BAT"),
    ("GENERAL", "GAL"),
    ("MARECHAL", "MAL"),
    ("COLONEL", "COL"),
    ("COMMANDANT", "CDT"),
    ("CAPITAINE", "CNE"),
    ("LIEUTENANT", "LT"),
    ("DOCTEUR", "DR"),
    ("PROFESSEUR", "PR"),
    ("PRESIDENT", "PDT"),
    ("MONSEIGNEUR", "MGR"),
    ("SAINTE", "STE"),
    ("SAINT", "ST"),
)
CIVILITIES = {"mme": "Madame", "m": "Monsieur"}
# What goes between the street and the last line: post boxes and hamlets.
_AFTER_STREET = re.compile(r"\s*(BP|B\.P\.|CS|C\.S\.|TSA|LIEU[ -]?DIT)\b", re.IGNORECASE)
_ARTICLES = {"le ": "du ", "les ": "des ", "la ": "de La ", "l'": "de L’", "l’": "de L’"}


def plain(text: str) -> str:
    """Capitals without accents or punctuation: `1, place d’Armes` -> `1 PLACE D ARMES`.

    Folded, then in capitals, since sorting machines read nothing else; the stroke of `12/14 RUE`
    stays, as the standard keeps it.
    """
    return " ".join(re.sub(r"[^0-9a-z/]+", " ", fold(text or "")).upper().split())


def shorten(line: str, length: int = LINE_LENGTH) -> str:
    """A line of capitals brought to its length: abbreviations first, then whole words cut."""
    words = line.split()
    for word, short in ABBREVIATIONS:
        if len(" ".join(words)) <= length:
            break
        words = [short if each == word else each for each in words]
    return _cut(" ".join(words), length)


def _cut(text: str, length: int = LINE_LENGTH) -> str:
    """The words of a text that fit in a line."""
    if len(text) <= length:
        return text
    head, _space, _rest = text[: length + 1].rpartition(" ")
    return head or text[:length]


def wrap(text: str, lines: int, length: int = LINE_LENGTH) -> list[str]:
    """A text on as few lines as possible, broken between words."""
    result, rest = [], " ".join((text or "").split())
    while rest and len(result) < lines:
        line = _cut(rest, length)
        result.append(line)
        rest = rest[len(line) :].strip()
    return result


def last_line(postal_code: str, place: str) -> str:
    """Postal code and place: `57050 LE BAN SAINT MARTIN`."""
    code = "".join((postal_code or "").split()).upper()
    return shorten(f"{code} {plain(place)}".strip())


def lines(
    recipient: Sequence[str],
    street: str = "",
    complement: str = "",
    postal_code: str = "",
    place: str = "",
    country: str = "",
) -> list[str]:
    """The lines of an address, none longer than 38 characters, at most six of them.

    >>> lines(["Mairie d’Étain"], "3, place de l’Œuvre", postal_code="55400", place="Étain")
    ['Mairie d’Étain', '3 PLACE DE L OEUVRE', '55400 ETAIN']

    :param recipient: who: name, then function or organisation, in ordinary writing
    :param complement: building (printed before the street) or post box, hamlet (after it)
    :param country: only for an address abroad
    """
    after = bool(_AFTER_STREET.match(complement or ""))
    ending = [
        shorten(plain(text))
        for text in ((street, complement) if after else (complement, street))
        if plain(text)
    ]
    if last := last_line(postal_code, place):
        ending.append(last)
    if country:
        ending.append(shorten(plain(country)))
    room = LINE_COUNT - len(ending)
    head, names = [], [name for name in recipient if name]
    for index, name in enumerate(names):
        left = room - len(head) - (len(names) - index - 1)
        head.extend(wrap(name, lines=max(1, left)))
    return head[:room] + ending


def of_place(name: str) -> str:
    """`de Metz`, `d’Amanvillers`, `du Ban-Saint-Martin`, `de La Maxe`, `des Étangs`.

    Before an H French has no rule that holds for place names: `de` is then the form that is
    never wrong in writing.

    >>> [of_place(name) for name in ("Metz", "Étain", "Le Ban-Saint-Martin")]
    ['de Metz', 'd’Étain', 'du Ban-Saint-Martin']
    """
    name = (name or "").strip()
    for article, contraction in _ARTICLES.items():
        if name.lower().startswith(article):
            return contraction + name[len(article) :]
    first = plain(name[:1])[:1]  # Œting begins with two letters
    return f"d’{name}" if first in ("A", "E", "I", "O", "U", "Y") else f"de {name}"


def at_place(name: str) -> str:
    """Where something is done: `à Metz`, `au Ban-Saint-Martin`, `à La Maxe`, `aux Étangs`.

    >>> [at_place(name) for name in ("Metz", "Le Ban-Saint-Martin", "Les Étangs")]
    ['à Metz', 'au Ban-Saint-Martin', 'aux Étangs']
    """
    name = (name or "").strip()
    for article, contraction in (("le ", "au "), ("les ", "aux ")):
        if name.lower().startswith(article):
            return contraction + name[len(article) :]
    return f"à {name[:1].upper()}{name[1:]}"


# Short forms of the national directory of intercommunalities, as an act writes them in full.
_FULL_FORMS = {
    "CC": "communauté de communes",
    "CA": "communauté d’agglomération",
    "CU": "communauté urbaine",
}
_FEMININE = ("COMMUNAUTE", "METROPOLE", *(plain(form).split()[0] for form in _FULL_FORMS.values()))
_ELIDED = ("EUROMETROPOLE", "ETABLISSEMENT", "AGGLOMERATION")


def epci_in_full(name: str) -> str:
    """An intercommunality as an act names it within a sentence: `la communauté de communes du
    Pays Noir`, `l’Eurométropole de Strasbourg`, `Metz Métropole`.

    >>> epci_in_full("CC du Pays Noir"), epci_in_full("Metz Métropole")
    ('la communauté de communes du Pays Noir', 'Metz Métropole')
    """
    first, _space, rest = (name or "").strip().partition(" ")
    if rest and first in _FULL_FORMS:
        first = _FULL_FORMS[first]
    whole = f"{first} {rest}".strip()
    word = plain(first).split()[:1]
    if word and word[0] in _FEMININE:
        return f"la {whole}"
    return f"l’{whole}" if word and word[0] in _ELIDED else whole


def of_epci(name: str) -> str:
    """`de la communauté de communes du Pays Noir`, `de l’Eurométropole de Strasbourg`, `des Deux
    Rives`, to follow a noun.

    >>> of_epci("Communauté de communes du Pays Noir"), of_epci("Metz Métropole")
    ('de la Communauté de communes du Pays Noir', 'de Metz Métropole')
    """
    whole = epci_in_full(name)
    return f"de {whole}" if whole.startswith(("la ", "l’")) else of_place(whole)


def town_hall(commune: str) -> str:
    """`Mairie de Metz`, `Mairie d’Amanvillers`.

    >>> town_hall("Étain")
    'Mairie d’Étain'
    """
    return f"Mairie {of_place(commune)}"


def official(civility: str, name: str, title: str, commune: str) -> list[str]:
    """The two lines that name a person in office: `Madame Céline D’ANGELO`, `Maire de Metz`.

    >>> official("mme", "Anne AUBRY", "Maire", "Étain")
    ['Madame Anne AUBRY', 'Maire d’Étain']
    """
    person = f"{CIVILITIES.get(civility, '')} {name}".strip()
    return [person, f"{title} {of_place(commune)}".strip()]
