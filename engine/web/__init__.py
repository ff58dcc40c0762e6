"""Web addresses of the addon, those that are secrets, and the HTTP headers of pages."""

from .addresses import (
    FOR_EMPLOYEES,
    get_page,
    get_pages_above,
    is_closed,
    is_managed,
    is_portal_page,
    is_shared,
    is_under,
)
from .headers import Page, get_headers, with_safe_session
from .masking import MASK, is_secret, mask, mask_host_secrets
from .text import is_plain_address, is_plain_value, is_storable, without_null

__all__ = [
    "FOR_EMPLOYEES",
    "MASK",
    "Page",
    "get_headers",
    "get_page",
    "get_pages_above",
    "is_closed",
    "is_managed",
    "is_portal_page",
    "is_shared",
    "is_under",
    "is_plain_address",
    "is_plain_value",
    "is_secret",
    "is_storable",
    "mask",
    "mask_host_secrets",
    "with_safe_session",
    "without_null",
]
