"""The words and expressions of one document, and how much it holds to each."""

from ..orientation.lexicon import Unit, lexicon
from ..orientation.stem import stem
from ..orientation.stop_words import words
from ..orientation.text import split
from .model import Document

# Weight of a word by its place.
TITLE, KEYWORD, BODY = 1.0, 0.9, 0.4
# Each time that a word of the body comes back, up to MOST_OF_BODY.
AGAIN, MOST_OF_BODY = 0.1, 0.8
# Two words side by side in a title are an expression.
PAIR = 0.8


def units_of(document: Document) -> tuple[tuple[Unit, float], ...]:
    """Each word or expression of a document with its weight, from 0 to about 1.

    >>> dict(units_of(Document("guide", 1, "Nids de poule", body="La chaussée.")))
    {('nid',): 1.0, ('poule',): 1.0, ('nid', 'poule'): 1.0, ('chausse',): 0.4}
    """
    found: dict[Unit, float] = {}
    _add(found, document.title, TITLE)
    for text in document.keywords.split(","):
        _add(found, text, KEYWORD)
    roots = _roots(document.body)
    for unit in (*((root,) for root in roots), *_expressions(roots)):
        known = found.get(unit, 0.0)
        if known < BODY:
            found[unit] = BODY
        elif known < MOST_OF_BODY:
            found[unit] = min(known + AGAIN, MOST_OF_BODY)
    return tuple(found.items())


def _add(found: dict[Unit, float], text: str, weight: float):
    """Add the words of a short text, pairs of adjacent words, and its expressions."""
    roots = _roots(text)
    for root in roots:
        found[(root,)] = max(found.get((root,), 0.0), weight)
    for pair in zip(roots, roots[1:], strict=False):
        found.setdefault(pair, weight * PAIR)
    for unit in _expressions(roots):
        found[unit] = max(found.get(unit, 0.0), weight)


def _roots(text: str) -> list[str]:
    stop = words().stop
    return [stem(word) for word in split(text) if word not in stop and len(word) > 1]


def _expressions(roots: list[str]) -> list[Unit]:
    """Expressions of the lexicon found in a text, in order."""
    starts = lexicon().expressions
    return [
        unit
        for place, root in enumerate(roots)
        for unit in starts.get(root, ())
        if tuple(roots[place : place + len(unit)]) == unit
    ]
