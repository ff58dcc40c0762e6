"""Why a topic was found, in sentences for a person."""

from collections.abc import Sequence

from .messages import message
from .scoring import Hit

MAX_REASONS = 3


def reasons_of(hits: Sequence[Hit], boosted: bool) -> tuple[str, ...]:
    """The strongest reasons first, each once."""
    ordered = sorted(hits, key=lambda hit: -hit.value)
    sentences = list(dict.fromkeys(map(_sentence, ordered)))[:MAX_REASONS]
    if boosted:
        sentences.append(message("boost"))
    return tuple(sentences)


def _sentence(hit: Hit) -> str:
    candidate = hit.candidate
    if candidate.kind == "own":
        return message(hit.entry.kind, term=hit.entry.text)
    return message(candidate.kind, word=hit.word, term=candidate.term)
