"""Table of the addresses that this application answers.

The tests check the logs, the headers and the documented nginx against this table.
"""

import re
from urllib.parse import urlsplit

# What follows the prefix is the secret: anyone who holds the address needs no account.
LINKS = (
    "/session/",
    "/session-agenda/",
    "/event-invitation/",
    "/directory-campaign/",
    "/replacement-proposal/",
    "/replacement-evaluation/",
    "/replacement-calendar/",
    "/commune-survey/",
)

# Pages of the addon for a person with an account, and the routes that they call.
PAGES = (
    "/my/agreements",
    "/my/answers",
    "/my/booklets",
    "/my/calendar",
    "/my/colleagues",
    "/my/commitments",
    "/my/committees",
    "/my/commune",
    "/my/communes",
    "/my/decisions",
    "/my/difficulties",
    "/my/directory-campaign",
    "/my/events",
    "/my/exchanges",
    "/my/guides",
    "/my/interlocutors",
    "/my/missions",
    "/my/newcomers",
    "/my/orient",
    "/my/path",
    "/my/peers",
    "/my/replacement-hours",
    "/my/replacement-statements",
    "/my/replacements",
    "/my/requests",
    "/my/services",
    "/my/sessions",
    "/my/surveys",
    "/my/uploads",
    "/my/watch",
    "/commune/check-in",
    "/commune/legal",
    "/commune/replacement-statements.csv",
    "/commune-survey-answer",
    "/watch/add",
    # Replaces a personal link in a copy of a letter: it explains this, and opens nothing.
    "/personal-link",
)

# Pages of the portal that the customers of other applications open too.
SHARED = ("/my", "/my/account", "/my/counters", "/my/home", "/my/security")

# A password or a secret is typed here.
LOGIN_PATHS = ("/web/login", "/web/signup", "/web/reset_password")

# Routes of Odoo without account that no user of the addon needs, closed to everybody.
# This one reveals whether a password is right; a module is installed from the screen Apps.
CLOSED = ("/base_import_module/login_upload",)

# Routes of Odoo that make the server ask those of other companies, or that look an address up among
# contacts: for employees, on any screen of theirs.
FOR_EMPLOYEES = frozenset(
    {
        *(
            f"/{editor}/{what}"
            for editor in ("html_editor", "web_editor")
            for what in ("generate_text", "get_ice_servers", "save_library_media", "video_url/data")
        ),
        "/html_editor/media_library_search",
        *(
            f"/discuss/gif/{what}"
            for what in ("add_favorite", "categories", "favorites", "remove_favorite", "search")
        ),
        "/mail/message/translate",
        "/mail/partner/from_email",
        *(
            f"/web_unsplash/{what}"
            for what in ("attachment/add", "fetch_images", "get_app_id", "save_unsplash")
        ),
    }
)

# Nothing that a browser could read as another site.
PLAIN_PATH = re.compile(r"(?:/[\w\-][\w\-.]*)+/?", re.ASCII)


def is_closed(path: str) -> bool:
    """Whether nobody opens this address of a stock application, in any language.

    >>> is_closed("/fr/base_import_module/login_upload"), is_closed("/web/login")
    (True, False)
    """
    return path.rstrip("/").endswith(CLOSED)


def is_under(path: str, prefix: str) -> bool:
    """Whether a path is that page, or lies under it.

    >>> is_under("/my/requests/12", "/my/requests"), is_under("/my/requestsX", "/my/requests")
    (True, False)
    """
    return path == prefix or path.startswith((f"{prefix}/", f"{prefix}."))


def is_link(path: str) -> bool:
    """Whether the path is a personal link: it opens without an account."""
    feed = path.startswith("/my/calendar/") and path.endswith(".ics")
    return feed or path.startswith(LINKS)


def is_shared(path: str) -> bool:
    """Whether the page is that of any customer as well.

    >>> is_shared("/my/"), is_shared("/my/security"), is_shared("/my/requests")
    (True, True, False)
    """
    return path.rstrip("/") == SHARED[0] or any(is_under(path, one) for one in SHARED[1:])


def is_managed(path: str) -> bool:
    """Whether the page belongs to the addon, or is the login page that leads to it.

    >>> is_managed("/my/home"), is_managed("/my/orders"), is_managed("/blog")
    (True, False, False)
    """
    known = is_link(path) or is_portal_page(path)
    return known or any(is_under(path, login_path) for login_path in LOGIN_PATHS)


def get_page(address: str, host: str) -> str:
    """The path of the page that this address names, on this very site; empty for another one.

    >>> get_page("https://communes.example/my/requests/new?q=a", "communes.example")
    '/my/requests/new'
    >>> get_page("https://elsewhere.example/my", "communes.example")
    ''
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    here = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    return parts.path if here and PLAIN_PATH.fullmatch(parts.path) else ""


def get_pages_above(path: str) -> list[str]:
    """This path and those above it, the nearest first.

    >>> get_pages_above("/my/requests/12")
    ['/my/requests/12', '/my/requests', '/my']
    """
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:count])}" for count in range(len(parts), 0, -1)]


def is_portal_page(path: str) -> bool:
    """Whether it is a page for a person with an account: neither a login page nor a personal link.

    >>> is_portal_page("/my"), is_portal_page("/web/login"), is_portal_page("/session/x")
    (True, False, False)
    """
    known = is_shared(path) or any(is_under(path, prefix) for prefix in PAGES)
    return known and not is_link(path)
