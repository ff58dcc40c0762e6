"""Addresses in a text or a header, and public domains that do not identify a sender."""

import re
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ..text import key

PUBLIC_DOMAINS = Path(__file__).with_name("public_domains.txt")
# Headers with all the mayors of a département have some 40,000 characters.
LONGEST_HEADER = 100_000
# The limits of RFC 5321 for the two sides of an address.
_LOCAL = r"[\w.+%&'*/=?^{|}~#!$-]"
_ADDRESS = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,10}}(?!\.?[\w-])"
)
_LONGEST_DOMAIN = 253
# Domains above a domain that are looked at: service.mairie.aubrive.example has two.
_LEVELS = 6
_RESERVED = {"example", "invalid", "localhost", "test"}
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
# Quotes and brackets of a header, and the text between them.
_SIGNS = re.compile(r'[^\\"()]{1,1000}|\\.|[\\"()]', re.DOTALL)
# Compared names are in a subject, a header or the first words of a text.
_LONGEST_WORDS = 20_000


def find_addresses(text: str) -> list[str]:
    """The e-mail addresses of a text in lower case, in order, each once.

    Whatever separates them: a comma, a semicolon, a name in quotes, angle brackets.

    >>> find_addresses("'Mairie' <mairie@aubrive.example>; DGS@aubrive.example")
    ['mairie@aubrive.example', 'dgs@aubrive.example']
    """
    text = text or ""
    found = [match.strip(".'").lower() for match in _ADDRESS.findall(text[:LONGEST_HEADER])]
    if len(text) > LONGEST_HEADER:
        del found[-1:]  # it may go on after the cut
    return list(dict.fromkeys(found))


def find_senders(header: str) -> list[str]:
    """Addresses that a header `From` gives as senders, in lower case, each once.

    The sender types the display name freely: an address in it proves nothing. A header that can be
    read in two ways gives all its possible senders.

    >>> find_senders('"maire@aubrive.example, X" <x@mechant.example>')
    ['x@mechant.example']
    >>> find_senders("Maire <maire@aubrive.example>, x@mechant.example")
    ['maire@aubrive.example', 'x@mechant.example']
    """
    found: list[str] = []
    for part in re.split("[,;]", _unquote((header or "")[:LONGEST_HEADER])):
        found += find_addresses(part.partition("<")[2]) or find_addresses(part)
    return list(dict.fromkeys(found))


def _unquote(header: str) -> str:
    """Header without comments and quoted text.

    When one does not end, or when quotes are part of an address, any possible address is kept.
    """
    kept, quoted, depth = [], False, 0
    for sign in _SIGNS.findall(header):
        if sign == '"' and not depth:
            quoted = not quoted
            kept.append("_" * quoted)
        elif quoted:
            continue
        elif sign == "(" or (sign == ")" and depth):
            depth += 1 if sign == "(" else -1
            kept.append(" ")
        elif not depth:
            kept.append(sign)
    bare = [] if quoted or depth else ["".join(kept)]
    doubtful = quoted or depth or '"@' in header
    return ", ".join([*bare, *(find_addresses(header) if doubtful else ())])


def find_sender(header: str) -> str:
    """Address that a header `From` gives as sender, in lower case; empty when it gives several.

    >>> find_sender('"maire@aubrive.example" <x@mechant.example>')
    'x@mechant.example'
    >>> find_sender("Maire@aubrive.example"), find_sender("maire@a.example, x@b.example")
    ('maire@aubrive.example', '')
    """
    found = find_senders(header)
    return found[0] if len(found) == 1 else ""


def domain_of(address: str) -> str:
    """`aubrive.example` for `mairie@aubrive.example`; empty for what is no address.

    >>> domain_of("Mairie@Aubrive.example")
    'aubrive.example'
    """
    return (address or "").strip().lower().rpartition("@")[2] if "@" in (address or "") else ""


def host_of(website: str) -> str:
    """`aubrive.example` for `https://www.aubrive.example/contact`; empty for nonsense.

    >>> host_of("https://www.aubrive.example/contact")
    'aubrive.example'
    """
    text = (website or "")[:LONGEST_HEADER].strip().lower()
    if "//" not in text:
        text = f"//{text}"
    try:
        host = (urlsplit(text).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if len(host) <= _LONGEST_DOMAIN and _HOST.fullmatch(host) else ""


def parents_of(domain: str) -> list[str]:
    """The domain and those above it, without the last label: a.b.fr gives a.b.fr and b.fr.

    >>> parents_of("mairie.aubrive.example")
    ['mairie.aubrive.example', 'aubrive.example']
    """
    domain = (domain or "").lower()
    labels = domain.split(".") if len(domain) <= _LONGEST_DOMAIN else []
    first = max(0, len(labels) - 1 - _LEVELS)
    return [".".join(labels[start:]) for start in range(first, len(labels) - 1)]


@lru_cache(maxsize=1)
def _public_domains() -> frozenset[str]:
    lines = PUBLIC_DOMAINS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def is_public(domain: str, others: str = "") -> bool:
    """Whether a domain belongs to a public provider, and so identifies no commune.

    >>> is_public("gmail.com"), is_public("aubrive.example")
    (True, False)

    :param others: more providers, separated by commas or spaces
    """
    known = _public_domains() | frozenset(re.split(r"[\s,;]+", others.lower()))
    return any(parent in known for parent in parents_of(domain))


def fold(text: str) -> str:
    """Words without accents, capitals or punctuation, to compare names: `saint etienne`.

    >>> fold("Saint-Étienne-en-Cœur")
    'saint etienne en coeur'
    """
    return key((text or "")[:_LONGEST_WORDS])


def is_sample(address: str) -> bool:
    """Whether it is one that a software ships with, as that of its robot: example.com, .net, .org.

    >>> is_sample("odoobot@example.com"), is_sample("admin@mine.example.com")
    (True, True)
    >>> is_sample("Robot <robot@localhost>"), is_sample("mairie@metz.fr")
    (True, False)
    """
    parts = domain_of(address).rstrip("> ").split(".")
    return parts[-2:-1] == ["example"] or parts[-1] in ("invalid", "localhost")


def is_local(website: str) -> bool:
    """Whether nobody opens it from elsewhere: this machine, or a network of one's own.

    >>> is_local("http://localhost:8069"), is_local("http://10.0.0.7"), is_local("http://odoo")
    (True, True, True)
    >>> is_local("https://communes.metz.fr/web")
    False
    """
    host = host_of(website)
    try:
        return not ip_address(host).is_global
    except ValueError:
        return not host or host.endswith((".local", ".localhost", ".internal", ".lan"))


def is_real(address: str) -> bool:
    """Whether somebody may read it: neither an example nor a test (RFC 2606).

    >>> is_real("mairie@metz.fr"), is_real("mairie@metz.example")
    (True, False)
    """
    parts = domain_of(address).split(".")
    return bool(parts[-1]) and parts[-1] not in _RESERVED and parts[-2:-1] != ["example"]
