"""Inverted index of documents, built once and cached as bytes.

Reading one text takes a millisecond; loading the cache of twenty thousand, a quarter of a second.
Documents changed since are dropped and added again.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from ..orientation.postings import NUMBER, Holders, add_holder
from ..orientation.text import keywords
from .document_terms import units_of
from .model import Document

# Half the memory for millions of weights.
WEIGHT = "f"
_PLACES = (Path(__file__).parent, Path(__file__).parents[1] / "orientation")


@cache
def _get_rules() -> str:
    """Fingerprint of the rules and words of this version."""
    files = sorted(path for place in _PLACES for path in place.glob("*.*"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


class DocumentCache:
    """Documents by number, without their text, and the numbers of those that hold each word.

    >>> documents = [Document("guide", 1, "Nid de poule"), Document("guide", 2, "Poule")]
    >>> cache = DocumentCache(documents)
    >>> again = DocumentCache.from_bytes(cache.to_bytes())
    >>> again.drop([0])
    >>> [list(again.holders[unit][0]) for unit in sorted(again.holders)]
    [[1]]
    """

    def __init__(self, documents: Iterable[Document] = ()):
        self.documents: list[Document | None] = []
        self.stamps: list[str] = []
        self.holders: Holders = {}
        self.surface: Counter[str] = Counter()
        for document in documents:
            self.add(document)

    def add(self, document: Document, stamp: str = "") -> None:
        """:param stamp: a word of the caller, another one when the document is another"""
        number = len(self.documents)
        self.documents.append(replace(document, body=""))
        self.stamps.append(stamp)
        self.surface.update(_get_surface(document))
        add_holder(self.holders, number, units_of(document), WEIGHT)

    def drop(self, numbers: Iterable[int]) -> None:
        """Take documents away; their numbers are given to no other."""
        gone = set(numbers)
        for number in gone:
            self.surface -= Counter(_get_surface(self.documents[number]))
            self.documents[number] = None
        for unit, (held, weights) in list(self.holders.items()) if gone else ():
            if gone.isdisjoint(held):
                continue
            kept = [place for place, number in enumerate(held) if number not in gone]
            self.holders[unit] = (
                array(NUMBER, (held[place] for place in kept)),
                array(WEIGHT, (weights[place] for place in kept)),
            )
            if not kept:
                del self.holders[unit]

    def get_stamps(self) -> dict[tuple[str, int], tuple[int, str]]:
        """{(kind, id): (number, stamp)}"""
        return {
            (document.kind, document.id): (number, self.stamps[number])
            for number, document in enumerate(self.documents)
            if document
        }

    def to_bytes(self) -> bytes:
        """A line of JSON, the numbers of each word one after the other, then the weights."""
        head = {
            "rules": _get_rules(),
            "documents": [
                one and [one.kind, one.id, one.title, one.keywords, one.topics]
                for one in self.documents
            ],
            "stamps": self.stamps,
            "surface": self.surface,
            "units": [[" ".join(unit), len(held)] for unit, (held, _w) in self.holders.items()],
        }
        parts = [json.dumps(head).encode(), b"\n"]
        parts += [numbers.tobytes() for numbers, _weights in self.holders.values()]
        parts += [weights.tobytes() for _numbers, weights in self.holders.values()]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, content: bytes) -> "DocumentCache":
        """Load the cache; empty when other rules wrote it, or when it is invalid."""
        cache = cls()
        line, _end, body = content.partition(b"\n")
        try:
            head = json.loads(line)
        except ValueError:
            return cache
        numbers, weights = array(NUMBER), array(WEIGHT)
        total = sum(count for _unit, count in head.get("units", ()))
        size = numbers.itemsize * total
        if head.get("rules") != _get_rules() or len(body) != size + weights.itemsize * total:
            return cache
        numbers.frombytes(body[:size])
        weights.frombytes(body[size:])
        cache.documents = [
            one and Document(*one[:4], topics=tuple(one[4])) for one in head["documents"]
        ]
        cache.stamps = head["stamps"]
        cache.surface = Counter(head["surface"])
        start = 0
        for unit, count in head["units"]:
            part = slice(start, start + count)
            cache.holders[tuple(unit.split(" "))] = (numbers[part], weights[part])
            start += count
        return cache


def _get_surface(document: Document) -> tuple[str, ...]:
    return keywords(f"{document.title} {document.keywords}")
