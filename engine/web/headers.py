"""HTTP security headers of a page.

The policy leaves `unsafe-eval`: Odoo's component library compiles its templates in the browser.
Inline scripts carry a nonce, new for each page, so that a script injected into a text does not
run; the two inline handlers that Odoo writes are allowed by their hash.
"""

from dataclasses import dataclass

from .addresses import is_managed, is_shared
from .masking import is_secret

# `__odooAssetError=1` (each script of Odoo) and the `onsubmit` of its login form.
HANDLERS = (
    "'sha256-8yDIMBSmZv57Ba62SxKgyLxU6rUm3YRxan7K7J0owqQ='",
    "'sha256-2khgSi94AvKX8iIsTkpYjxTkusmZHN0vOYL7cefd5TY='",
)
STRICT = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval' 'unsafe-hashes' {handlers} 'nonce-{nonce}'",
    "style-src 'self' 'unsafe-inline'",
    # Pictures of an answer or of a letter may lie elsewhere.
    "img-src 'self' https: data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


@dataclass(frozen=True)
class Page:
    """HTTP response before it is sent.

    :param query: what follows the question mark
    :param policy: the Content-Security-Policy that the page already has
    :param nonce: the number that its inline scripts carry; empty where third-party scripts
        (a website's, a captcha's) live in the same page
    :param edited: the person may edit pages in a frame of the same site
    :param guest: the person uses another application: the addon manages no shared page for them
    """

    path: str
    query: str = ""
    is_html: bool = True
    policy: str = ""
    nonce: str = ""
    edited: bool = False
    guest: bool = False


def get_headers(page: Page) -> dict[str, str]:
    """The headers that this answer must have; empty for the third-party pages.

    >>> get_headers(Page("/my/home"))["X-Frame-Options"]
    'DENY'
    >>> get_headers(Page("/blog")), get_headers(Page("/my/orders/3"))
    ({}, {})
    """
    secret = is_secret(f"{page.path}?{page.query}")
    if not is_managed(page.path) or (page.guest and is_shared(page.path)):
        return _kept_by_nobody(secret=True) if secret and page.is_html else {}
    frames = "SAMEORIGIN" if page.edited else "DENY"
    return {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": frames,
        "Content-Security-Policy": _policy(page),
        **_kept_by_nobody(secret),
    }


def _kept_by_nobody(secret: bool) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer" if secret else "same-origin",
    }


def _policy(page: Page) -> str:
    """The strictest policy that this page works under."""
    if page.is_html and page.nonce:
        rules = [part.format(handlers=" ".join(HANDLERS), nonce=page.nonce) for part in STRICT]
    else:
        rules = [rule for part in page.policy.split(";") if (rule := part.strip())]
        rules = [rule for rule in rules if not rule.startswith("frame-ancestors")]
        names = {rule.split()[0] for rule in rules}
        if page.is_html:
            rules += [
                rule
                for rule in ("object-src 'none'", "base-uri 'self'")
                if rule.split()[0] not in names
            ]
    framed_by = "'self'" if page.edited else "'none'"
    return "; ".join([*rules, f"frame-ancestors {framed_by}"])


def with_safe_session(cookie: str, is_https: bool) -> str:
    """The cookie of the session, sent by other sites on a plain link only, never in clear.

    >>> with_safe_session("session_id=x; HttpOnly; Path=/", is_https=True)
    'session_id=x; HttpOnly; Path=/; SameSite=Lax; Secure'
    """
    if not cookie.startswith("session_id="):
        return cookie
    present = {part.strip().partition("=")[0].lower() for part in cookie.split(";")}
    wanted = [("SameSite", "SameSite=Lax"), ("HttpOnly", "HttpOnly")]
    if is_https:
        wanted.append(("Secure", "Secure"))
    return "; ".join([cookie, *(text for name, text in wanted if name.lower() not in present)])
