"""Secrets of addresses, hidden wherever an address is written: logs, referrers, errors."""

import re

from .addresses import LINKS
from .rewritten_links import get_forms, hides_host

MASK = "•••"

# An address within an address (“?redirect=%2Fsession%2F…”) has its signs encoded.
_SLASH = r"(?:/|%2[Ff])"
_PART = r"[^\s/?&#%\"'<>\\]+"
_VALUE = r"(?:(?!%26)[^\s&#\"'<>\\])+"

_LINKS = "|".join(re.escape(prefix.strip("/")) for prefix in LINKS)
# Links of Odoo and helpdesk_mgmt: a survey is all secret after its verb, the others have one
# secret part.
_OTHERS = "|".join(
    (
        "rate",
        "meet",
        rf"chat(?:{_SLASH}[0-9]+)?",
        rf"calendar{_SLASH}join_videocall",
        rf"mail{_SLASH}track{_SLASH}[0-9]+",
        rf"my{_SLASH}ticket{_SLASH}[0-9]+",
        rf"dashboard{_SLASH}[a-z]+{_SLASH}[0-9]+",
    )
)
_PATTERN = re.compile(
    # `/web/session/logout` is not a personal link.
    rf"(?P<link>(?<!/web)(?<!%2[Ff]web){_SLASH}(?:{_LINKS}|{_OTHERS}){_SLASH}){_PART}"
    rf"|(?P<feed>{_SLASH}my{_SLASH}calendar{_SLASH})[^\s/?&#%\"'<>\\]+(?=\.ics)"
    rf"|(?P<survey>{_SLASH}survey{_SLASH}(?!static)(?:[a-z_]+{_SLASH})?){_PART}(?:{_SLASH}{_PART})*"
    rf"|(?P<key>(?:[?&;]|%3[Ff]|%26)[\w.-]*(?:token|hash|password|secret|session_id)(?:=|%3[Dd]))"
    rf"{_VALUE}",
    re.IGNORECASE,
)

# An address in a text or a page, however rewritten, up to the space, quote or tag that ends it.
_ADDRESS = re.compile(r"[^\s\"'<>]{8,}")
_MAY_LEAD = re.compile(r"http|www|:|[%=*-]3a|&#|&colon", re.IGNORECASE)
_CODED = re.compile(r"[%=*&-][0-9A-Fa-f#a-z]{2}")
# Characters of the forms that are read in one text, about a second; what is coded after them is
# hidden unread. A form costs as much as a hundred characters before its first.
MAX_DECODED = 10_000_000
FORM_COST = 100


def _hide(found: re.Match) -> str:
    return (found["link"] or found["feed"] or found["survey"] or found["key"]) + MASK


def mask(text: str) -> str:
    """The same text, with the secret part of each address in it replaced by three dots.

    >>> mask("GET /session/Zm9vYmFy?page=2")
    'GET /session/•••?page=2'
    >>> mask("webcal://a.example/my/calendar/s3cret.ics")
    'webcal://a.example/my/calendar/•••.ics'
    >>> mask("https://outlook.office.com/x?url=https%3A%2F%2Fa.example%2Fmy%2Fcalendar%2Fs3.ics")
    'https://outlook.office.com/x?url=https%3A%2F%2Fa.example%2Fmy%2Fcalendar%2F•••.ics'
    """
    return _PATTERN.sub(_hide, text)


def mask_host_secrets(text: str, host: str) -> str:
    """The same text, with the secrets of the addresses of one host alone hidden, rewritten or not
    by a relay or a filter.

    >>> mask_host_secrets("https://a.example/session/x https://b.example/session/x", "a.example")
    'https://a.example/session/••• https://b.example/session/x'

    An address that still opens a personal page once its secret is hidden goes as a whole.

    :param host: its name, without port: a relay that rewrites addresses encodes what follows
    """
    if not host:
        return text
    host, left = host.lower(), MAX_DECODED

    def mask_one(found: re.Match) -> str:
        nonlocal left
        address = found[0]
        if not (_MAY_LEAD.search(address) or host in address.lower()):
            return address
        hidden = _mask_after(address, host)
        forms = get_forms(hidden) if left > 0 else [hidden]
        left -= sum(FORM_COST + len(form) for form in forms)
        is_left = left <= 0 and bool(_CODED.search(hidden))
        if is_left or any(_has_secret(form, host) for form in forms) or hides_host(address, host):
            return f"https://{host}/{MASK}"
        return hidden

    return _ADDRESS.sub(mask_one, text)


def _split_at(text: str, host: str) -> tuple[str, str]:
    """Before the first mention of the host, and from it on."""
    place = text.lower().find(host)
    return (text, "") if place < 0 else (text[:place], text[place:])


def _mask_after(address: str, host: str) -> str:
    before, after = _split_at(address, host)
    return before + mask(after)


def _has_secret(form: str, host: str) -> bool:
    _before, after = _split_at(form, host)
    return bool(after) and mask(after) != after


def is_secret(address: str) -> bool:
    """Whether anyone who reads this address could use it in somebody's place.

    >>> is_secret("/session/Zm9vYmFy"), is_secret("/my/requests/12")
    (True, False)
    """
    return bool(_PATTERN.search(address))
