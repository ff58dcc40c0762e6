"""Reasons of a proposed topic, in sentences that quote the words of the question."""

import re
from collections.abc import Mapping, Sequence

from ..text import fold
from .lexicon import Unit
from .messages import message
from .scoring import Hit
from .stem import stem
from .text import words_as_written
from .topic_terms import Entry

MAX_REASONS = 3


def reasons_of(
    hits: Sequence[Hit], entries: Mapping[Unit, Entry], boosted: bool
) -> tuple[str, ...]:
    """Sentences for the strongest reasons of a topic, strongest first, each once."""
    own = {entries[hit.unit].text for hit in hits if hit.candidate.kind == "own"}
    # A synonym is left out when the topic has the word itself ("nid de poule", not "trou").
    shown = [hit for hit in hits if hit.candidate.kind == "own" or hit.signal.word not in own]
    sentences = dict.fromkeys(_sentence(hit, entries) for hit in strongest(shown))
    return tuple(sentences)[:MAX_REASONS] + ((message("boost"),) if boosted else ())


def strongest(hits: Sequence[Hit]) -> list[Hit]:
    """The hits to quote, strongest first: "nid" is left out when "nid de poule" is there."""
    typed = [hit.signal.typed for hit in hits]
    kept = [hit for hit in hits if hit.signal.typed and not is_part(hit.signal.typed, typed)]
    return sorted(kept, key=lambda hit: -hit.value)


def is_part(typed: str, others: Sequence[str]) -> bool:
    """Whether a longer reason already contains a word.

    >>> is_part("nid", ["nid de poule"]), is_part("nid", ["nid"])
    (True, False)
    """
    return any(typed != other and f" {typed} " in f" {other} " for other in others)


def _sentence(hit: Hit, entries: Mapping[Unit, Entry]) -> str:
    candidate, typed = hit.candidate, hit.signal.typed
    if candidate.kind == "own":
        return message(entries[hit.unit].kind, term=typed)
    return message(candidate.kind, word=typed, term=candidate.term)


def repairs_of(hits: Sequence[Hit], entries: Mapping[Unit, Entry]) -> tuple[tuple[str, str], ...]:
    """The words that were typed wrong, each with the one that was meant, as the topic writes it."""
    found = {}
    for hit in hits:
        typed, meant = hit.signal.typed, hit.candidate.term
        if hit.candidate.kind == "repaired" and typed:
            written = words_as_written(entries[hit.unit].text)
            same = [word for word in written if fold(word) == meant]
            alike = [word for word in written if stem(fold(word)) == stem(meant)]
            found[typed] = [*same, *alike, meant][0]
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
