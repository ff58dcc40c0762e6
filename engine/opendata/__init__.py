"""Open data about communes and elected officials: files of the RNE, bundled reference data."""

from .messages import OpenDataError, ReferenceDataError, RneError
from .model import Issue, Layout, MandateRow, RneResult
from .rne import read

__all__ = [
    "Issue",
    "Layout",
    "MandateRow",
    "OpenDataError",
    "ReferenceDataError",
    "RneError",
    "RneResult",
    "read",
]
