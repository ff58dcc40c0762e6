"""Reasons of a proposed topic, in sentences that quote the words of the question."""

import re
from collections.abc import Sequence

from ..text import fold
from .messages import message
from .scoring import Hit
from .stem import stem
from .text import words_as_written

MAX_REASONS = 3


def reasons_of(hits: Sequence[Hit], boosted: bool) -> tuple[str, ...]:
    """Sentences for the strongest reasons, strongest first, each once."""
    ordered = sorted(hits, key=lambda hit: -hit.value)
    own = {hit.entry.text for hit in hits if hit.candidate.kind == "own"}
    # A synonym is left out when the topic has the word itself ("nid de poule", not "trou").
    shown = [hit for hit in ordered if hit.candidate.kind == "own" or hit.word not in own]
    # So is "nid" when "nid de poule" is shown.
    whole = [hit.typed for hit in shown]
    kept = [hit for hit in shown if hit.typed and not is_part(hit.typed, whole)]
    sentences = list(dict.fromkeys(map(_sentence, kept)))[:MAX_REASONS]
    if boosted:
        sentences.append(message("boost"))
    return tuple(sentences)


def is_part(typed: str, others: Sequence[str]) -> bool:
    """Whether a longer reason already contains a word.

    >>> is_part("nid", ["nid de poule"]), is_part("nid", ["nid"])
    (True, False)
    """
    return any(typed != other and f" {typed} " in f" {other} " for other in others)


def _sentence(hit: Hit) -> str:
    candidate = hit.candidate
    if candidate.kind == "own":
        return message(hit.entry.kind, term=hit.typed)
    return message(candidate.kind, word=hit.typed, term=candidate.term)


def repairs_of(hits: Sequence[Hit]) -> tuple[tuple[str, str], ...]:
    """The words that were typed wrong, each with the one that was meant, as the topic writes it."""
    found = {}
    for hit in hits:
        if hit.candidate.kind == "repaired" and hit.typed:
            written = words_as_written(hit.entry.text)
            same = [word for word in written if fold(word) == hit.candidate.term]
            alike = [word for word in written if stem(fold(word)) == stem(hit.candidate.term)]
            found[hit.typed] = [*same, *alike, hit.candidate.term][0]
    return tuple(found.items())


def mended(question: str, repairs: Sequence[tuple[str, str]]) -> str:
    """A question, its words typed right.

    >>> mended("Nid de poul rue Poulain", [("poul", "poule")])
    'Nid de poule rue Poulain'
    """
    for typed, meant in repairs:
        meant = meant[:1].upper() + meant[1:] if typed[:1].isupper() else meant
        question = re.sub(rf"\b{re.escape(typed)}\b", lambda _found, word=meant: word, question)
    return question
