"""Taking the names of persons and communes out of a text that will be published."""

from .model import Names, Redacted, Remaining, Replacement
from .redact import find_remaining, redact

__all__ = ["Names", "Redacted", "Remaining", "Replacement", "find_remaining", "redact"]
