"""Addresses that relays and filters of mail rewrite: the address that is within one."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

MAX_LENGTH = 4_000  # of an address; browsers and relays refuse longer ones
MAX_FORMS = 30
# Signs that show nothing, put within an address by editors and filters.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_NUMBERED = re.compile(r"[-=*]([0-9A-Fa-f]{2})")
# Of a parameter, and of a part of a path.
_BASE64 = (re.compile(r"[A-Za-z0-9+/_-]{16,}"), re.compile(r"[A-Za-z0-9+_-]{16,}"))
# A code instead of the address: only the relay knows where it leads, and its key names the host.
_OPAQUE = re.compile(r"[?&;](?:domain|d|dest|host)=([\w.-]+)", re.IGNORECASE)


def _unpack_base64(text: str) -> Iterator[str]:
    for code in {code for pattern in _BASE64 for code in pattern.findall(text)}:
        code = code.translate(str.maketrans("-_", "+/"))
        try:
            inner = base64.b64decode(code + "=" * (-len(code) % 4)).decode()
        except (binascii.Error, UnicodeError):
            continue
        if inner.isprintable():
            yield inner


def _decode_once(text: str) -> Iterator[str]:
    """What one rewriting of this text may have been: entities, percents (once or in full), the
    signs of Proofpoint (v2: `-3A__` for `://`; v3: `*2F`), Base64 (Sophos, Bitdefender)."""
    yield html.unescape(text)
    yield unquote(text)
    yield _INVISIBLE.sub("", text)
    yield text.replace("\\", "/")
    numbered = _NUMBERED.sub(r"%\1", text)
    yield unquote(numbered)
    yield unquote(numbered.replace("_", "/"))
    yield from _unpack_base64(text)


def get_forms(address: str) -> list[str]:
    """The address and all that it may be once decoded, whatever the order of the rewritings.

    >>> get_forms("https://a.example/?u=https%3A%2F%2Fb.example")[1]
    'https://a.example/?u=https://b.example'
    """
    forms = {address[:MAX_LENGTH]: None}
    waiting = list(forms)
    while waiting and len(forms) < MAX_FORMS:
        for form in _decode_once(waiting.pop(0)):
            if form not in forms:
                forms[form] = None
                waiting.append(form)
    return list(forms)


def hides_host(address: str, host: str) -> bool:
    """Whether an address is a code of a relay (Mimecast) for one of this host, which it names.

    >>> hides_host("https://protect.example/s/xYz?domain=b.example", "b.example")
    True
    """
    named = _OPAQUE.findall(unquote(html.unescape(address)))
    return host in {name.lower().rstrip(".") for name in named} and _get_host(address) != host


def _get_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
