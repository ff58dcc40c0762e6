"""The French reasons that users read, in one place."""

from ..french_messages import fill, typeset

_REASONS = {
    "own": "« {word} » y figure",
    "repaired": "« {word} » compris comme « {term} »",
    "synonym": "« {word} » est proche de « {term} »",
    "topic": "Document du sujet « {topic} »",
}
TEMPLATES = {code: typeset(text) for code, text in _REASONS.items()}


def message(code: str, **params) -> str:
    """The French sentence of a code, on one line."""
    return fill(TEMPLATES, code, params)
