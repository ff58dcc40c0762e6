"""The addresses that this application answers, said once.

The logs, the headers and the documented nginx are all held to this table by the tests.
"""

# What follows the prefix is the secret: whoever holds the address needs no account.
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

# Pages of ours for a person with an account, and what they lead to.
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
    # What stands in a letter in place of a personal link: it says so, and opens nothing.
    "/personal-link",
)

# Pages of the portal that the customers of other applications open too.
SHARED = ("/my", "/my/account", "/my/counters", "/my/home", "/my/security")

# A password or a secret is typed here.
DOORS = ("/web/login", "/web/signup", "/web/reset_password")


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


def is_ours(path: str) -> bool:
    """Whether the page is one of ours, or the door that leads to it.

    >>> is_ours("/my/home"), is_ours("/my/orders"), is_ours("/blog")
    (True, False, False)
    """
    return (
        is_link(path)
        or is_shared(path)
        or any(is_under(path, prefix) for prefix in (*PAGES, *DOORS))
    )
