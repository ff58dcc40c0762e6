"""Rules of law: quoted articles, references in texts, sizes of councils, names of assemblies."""

from .assembly import adjective, council_name, suit
from .citation import article, cite, collect
from .council import SOURCE, legal_size
from .references import Reference, find_references, needles, read_key, touches

__all__ = [
    "SOURCE",
    "Reference",
    "adjective",
    "article",
    "cite",
    "council_name",
    "find_references",
    "collect",
    "legal_size",
    "needles",
    "read_key",
    "suit",
    "touches",
]
