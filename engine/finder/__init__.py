"""Guides, answers, services and all that is written down, found with the words of a commune."""

from .index import Library
from .model import Document, Match
from .document_cache import DocumentCache

__all__ = ["Document", "Library", "Match", "DocumentCache"]
