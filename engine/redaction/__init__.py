"""Taking the names of persons and communes out of a text that will be published."""

from .mention import find_mentions, find_names
from .model import Names, Redacted, Remaining, Replacement
from .redact import find_remaining, redact

__all__ = [
    "Names",
    "Redacted",
    "Remaining",
    "Replacement",
    "find_mentions",
    "find_names",
    "find_remaining",
    "redact",
]
