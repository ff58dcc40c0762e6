"""Texts that others finish in their word processor: HTML of the organisation to DOCX.

The only place that knows python-docx. Without it `is_available()` is False and the caller does
without the editable copy.
"""

from .document import MIME_TYPE, from_html, is_available

__all__ = ["MIME_TYPE", "from_html", "is_available"]
