"""Why a topic was found, in sentences for a person."""

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
    sentences = list(dict.fromkeys(map(_sentence, told)))[:MAX_REASONS]
    if boosted:
        sentences.append(message("boost"))
    return tuple(sentences)


def _sentence(hit: Hit) -> str:
    candidate = hit.candidate
    if candidate.kind == "own":
        return message(hit.entry.kind, term=hit.entry.text)
    return message(candidate.kind, word=hit.word, term=candidate.term)
