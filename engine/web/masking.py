"""Secrets of addresses, hidden wherever an address is written: logs, referrers, errors."""

import re

from .addresses import LINKS

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
    """The same text, with the secrets of the addresses of one host alone hidden.

    >>> mask_host_secrets("https://a.example/session/x https://b.example/session/x", "a.example")
    'https://a.example/session/••• https://b.example/session/x'

    :param host: its name, without port: a relay that rewrites addresses encodes what follows
    """
    if not host or host.lower() not in text.lower():
        return text
    address = re.compile(re.escape(host) + r"[^\s\"'<>]{1,4000}", re.IGNORECASE)
    return address.sub(lambda found: mask(found[0]), text)


def is_secret(address: str) -> bool:
    """Whether anyone who reads this address could use it in somebody's place.

    >>> is_secret("/session/Zm9vYmFy"), is_secret("/my/requests/12")
    (True, False)
    """
    return bool(_PATTERN.search(address))
