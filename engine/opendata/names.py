"""Names of persons and places: how they are written, and how two writings are compared."""

import re
import unicodedata
from functools import lru_cache

from ..text import words

_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Two bytes of UTF-8 as two letters: C2 to C5 hold all the letters of French.
_TWICE = re.compile(r"[ÂÃÄÅâ].")
_NAME_PART = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Letters only: “de La Tour”, “DE-LATOUR” and “DELATOUR” have the same key."""
    return "".join(words(name))


def clean(text: str) -> str:
    """One kind of apostrophe, hyphen and space; no space at either end."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_QUOTES).translate(_INVISIBLE)
    return " ".join(text.translate(_QUOTES).split())


def repaired(text: str) -> str:
    """“Prénom” for “PrÃ©nom”: UTF-8 that a program once read as cp1252 and wrote again.

    A name with a true Ã (João) is not the beginning of a letter of UTF-8: it stays as it is.
    """
    if text.isascii() or not _TWICE.search(text):
        return text
    try:
        return b"".join(map(_byte, text)).decode()
    except UnicodeError:
        return text


def _byte(char: str) -> bytes:
    """The byte in cp1252, or in latin-1 for the five that cp1252 lacks."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def clean_last_name(text: str) -> str:
    """A last name as French administrations write it: in capitals, accents kept."""
    return clean(text).upper()


def clean_first_name(text: str) -> str:
    """A first name as written, but “Jean-Pierre” for “JEAN-PIERRE” and “jean-pierre”."""
    name = clean(text)
    letters = "".join(_NAME_PART.findall(name))
    if len(letters) > 1 and (letters.isupper() or letters.islower()):
        return _NAME_PART.sub(_capital, name)
    return name


def _capital(match: re.Match) -> str:
    part, start = match.group(), match.start()
    text = match.string
    # Annaïc'k but N'Guessan, D'Arcy: a short beginning before the apostrophe is a particle.
    if start > 1 and text[start - 1] == "'" and len(re.split(r"[\s-]", text[: start - 1])[-1]) > 2:
        return part.lower()
    return part.capitalize()


def same_first_name(left: str, right: str) -> bool:
    """Whether two first names are the same one, whatever their accents, hyphens and spaces."""
    return name_key(left) == name_key(right)


def compatible_first_names(left: str, right: str) -> bool:
    """Whether one first name begins with all the words of the other: Bruno, Bruno Gérald."""
    first, second = words(left), words(right)
    size = min(len(first), len(second))
    return size > 0 and first[:size] == second[:size]
