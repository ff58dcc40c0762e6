"""What the law says of places: how an article is quoted, councils, the names of assemblies."""

from .assembly import adjective, council_name, suit
from .citation import article, cite, gather
from .council import SOURCE, legal_size

__all__ = ["SOURCE", "adjective", "article", "cite", "council_name", "gather", "legal_size", "suit"]
