"""Replace, and check that nothing remains."""

from bisect import bisect_left
from functools import lru_cache
from unicodedata import normalize

from .known_names import Known, Passage
from .model import PLACEHOLDERS, Names, Redacted, Remaining, Replacement
from .patterns import find_patterns

AROUND = 30


def redact(text: str, names: Names) -> Redacted:
    """The text without the names, and what was taken out, in the order of the text.

    >>> names = Names(communes=("Aubrive",), persons=(("Anne", "Aubry"),))
    >>> redact("Madame Aubry, maire d’Aubrive", names).text
    'Madame [personne], maire d’[commune]'
    """
    text = normalize("NFC", text or "")
    parts, replacements, position = [], [], 0
    for passage in _find_all(text, names):
        placeholder = PLACEHOLDERS[passage.kind]
        parts += [text[position : passage.start], placeholder]
        original = text[passage.start : passage.end]
        replacements.append(Replacement(passage.kind, original, placeholder))
        position = passage.end
    return Redacted("".join([*parts, text[position:]]), tuple(replacements))


def find_remaining(text: str, names: Names) -> tuple[Remaining, ...]:
    """Known names, e-mail addresses and phone numbers that a text still holds.

    What is only probable (a street, a name after "Mme") is left to the reader's eye: nothing
    must be refused for "rue du Docteur Schweitzer".

    >>> names = Names(communes=("Aubrive",))
    >>> [one.name for one in find_remaining("La commune d’Aubrive", names)]
    ['Aubrive']
    """
    text = normalize("NFC", text or "")
    certain = [p for p in find_patterns(text) if p.kind in ("email", "phone")]
    return tuple(
        Remaining(passage.kind, text[passage.start : passage.end], _excerpt(text, passage))
        for passage in _keep_disjoint([*_known(names).find(text), *certain])
    )


@lru_cache(maxsize=4)
def _known(names: Names) -> Known:
    return Known(names)


def _find_all(text: str, names: Names) -> list[Passage]:
    return _keep_disjoint([*_known(names).find(text), *find_patterns(text)])


def _keep_disjoint(found: list[Passage]) -> list[Passage]:
    """Passages that do not overlap, in order; of two that do, the longer."""
    taken: list[Passage] = []
    for passage in sorted(found, key=lambda p: (p.start - p.end, p.start)):
        place = bisect_left(taken, passage.start, key=_start)
        before, after = taken[place - 1 : place], taken[place : place + 1]
        if all(p.end <= passage.start for p in before) and all(
            passage.end <= p.start for p in after
        ):
            taken.insert(place, passage)
    return taken


def _start(passage: Passage) -> int:
    return passage.start


def _excerpt(text: str, passage: Passage) -> str:
    start, end = max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
    words = " ".join(text[start:end].split())
    return ("…" if start else "") + words + ("…" if end < len(text) else "")
