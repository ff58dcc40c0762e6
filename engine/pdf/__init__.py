"""PDF rendering of HTML by WeasyPrint, in this process or in a worker."""

from . import pdf

__all__ = ["pdf"]
