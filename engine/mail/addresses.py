"""Addresses and domains: which ones say who writes, and which ones say nothing."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

PUBLIC_DOMAINS = Path(__file__).with_name("public_domains.txt")
_ADDRESS = re.compile(r"[\w.+%&'*/=?^{|}~#!$-]+@[\w-]+(?:\.[\w-]+)+")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")


def find_addresses(text: str) -> list[str]:
    """The e-mail addresses of a text in lower case, in order, each once.

    Whatever separates them: a comma, a semicolon, a name in quotes, angle brackets.
    """
    found = (match.strip(".'").lower() for match in _ADDRESS.findall(text or ""))
    return list(dict.fromkeys(found))


def domain_of(address: str) -> str:
    """`aubrive.example` for `mairie@aubrive.example`; empty for what is no address."""
    return (address or "").strip().lower().rpartition("@")[2] if "@" in (address or "") else ""


def host_of(website: str) -> str:
    """`aubrive.example` for `https://www.aubrive.example/contact`; empty for nonsense."""
    text = (website or "").strip().lower()
    if "//" not in text:
        text = f"//{text}"
    try:
        host = (urlsplit(text).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def parents_of(domain: str) -> list[str]:
    """The domain and those above it, without the last label: a.b.fr gives a.b.fr and b.fr."""
    labels = (domain or "").lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


@lru_cache(maxsize=1)
def _public_domains() -> frozenset[str]:
    lines = PUBLIC_DOMAINS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def is_public(domain: str, others: str = "") -> bool:
    """Whether a domain belongs to a provider that serves everybody: it tells no commune.

    :param others: more providers, separated by commas or spaces
    """
    known = _public_domains() | frozenset(re.split(r"[\s,;]+", others.lower()))
    return any(parent in known for parent in parents_of(domain))


def fold(text: str) -> str:
    """Words without accents, capitals or punctuation, to compare names: `saint etienne`."""
    plain = unicodedata.normalize("NFKD", (text or "").lower().replace("œ", "oe"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not _is_mark(c))))


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) > 0
