"""Why a topic was found, in sentences for a person, with the words that this person wrote."""

from collections.abc import Sequence

from .messages import message
from .scoring import Hit

MAX_REASONS = 3


def reasons_of(hits: Sequence[Hit], boosted: bool) -> tuple[str, ...]:
    """The strongest reasons first, each once."""
    ordered = sorted(hits, key=lambda hit: -hit.value)
    own = {hit.entry.text for hit in hits if hit.candidate.kind == "own"}
    # "nid de poule" needs not be near to "trou" where the topic has "nid de poule".
    told = [hit for hit in ordered if hit.candidate.kind == "own" or hit.word not in own]
    # Nor "nid" where "nid de poule" is told.
    whole = [hit.typed for hit in told]
    kept = [hit for hit in told if hit.typed and not is_part(hit.typed, whole)]
    sentences = list(dict.fromkeys(map(_sentence, kept)))[:MAX_REASONS]
    if boosted:
        sentences.append(message("boost"))
    return tuple(sentences)


def is_part(typed: str, others: Sequence[str]) -> bool:
    """Whether a word is told by a longer reason already.

    >>> is_part("nid", ["nid de poule"]), is_part("nid", ["nid"])
    (True, False)
    """
    return any(typed != other and f" {typed} " in f" {other} " for other in others)


def _sentence(hit: Hit) -> str:
    candidate = hit.candidate
    if candidate.kind == "own":
        return message(hit.entry.kind, term=hit.typed)
    return message(candidate.kind, word=hit.typed, term=candidate.term)
