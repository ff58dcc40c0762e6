"""Addresses of pages: without what follows the reader, and distinguished whatever their
spelling."""

import html
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

LONGEST_LINK = 2_000
# Who sent the reader: no page depends on it.
_FOLLOWS = re.compile(
    r"(?:utm_|egn-|at_|pk_|mtm_|matomo_|piwik_|mc_|hsa_|_hs|wt\.|oly_|vero_|xtor$|xts$|xtref$"
    r"|fbclid$|gclid$|dclid$|msclkid$|igshid$|yclid$|cmpid$|origin$|from_rss$)",
    re.I,
)
_LINK = re.compile(r"""https?://[^\s"'<>]{3,2000}""", re.I)
_LONGEST_BODY = 200_000
_BREAKS = re.compile("[\x00-\x1f]")
_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:;=@!$&'()*+,~-._"


def clean_link(link: str) -> str:
    """An address as it is kept and shown; empty when it is no address of a page.

    >>> clean_link("https://www.vie-publique.fr/loi/304797?egn-publisher=dila_vp&page=2")
    'https://www.vie-publique.fr/loi/304797?page=2'
    >>> clean_link("https://exemple.fr/a#xtor=RSS-1"), clean_link("javascript:alert(1)")
    ('https://exemple.fr/a', '')
    """
    link = _BREAKS.sub("", link or "").strip(" ").replace(" ", "%20")
    try:
        parts = urlsplit(link[: LONGEST_LINK + 1])
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host or len(link) > LONGEST_LINK or "@" in parts.netloc:
        return ""
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"
    fragment = "" if _FOLLOWS.match(parts.fragment.partition("=")[0]) else parts.fragment
    query = _without_followers(parts.query)
    return urlunsplit((parts.scheme, netloc, quote(parts.path, _SAFE), query, fragment))


def _without_followers(query: str) -> str:
    kept = [one for one in query.split("&") if not _FOLLOWS.match(one.partition("=")[0])]
    return quote("&".join(filter(None, kept)), _SAFE + "?[]")


def link_key(link: str) -> str:
    """Key shared by all addresses of one page; empty when the text is not an address.

    >>> link_key("http://WWW.senat.fr/rap/r26-1/?b=2&a=1&utm_source=rss#top")
    'senat.fr/rap/r26-1?a=1&b=2'
    >>> link_key("https://senat.fr/rap/r26-1?a=1&b=2")
    'senat.fr/rap/r26-1?a=1&b=2'
    """
    parts = urlsplit(clean_link(link))
    if not parts.netloc:
        return ""
    words = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = f"?{urlencode(words)}" if words else ""
    # A site rendered by JavaScript names its page in the fragment.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + query + fragment


def find_links(body: str) -> list[str]:
    """The addresses of pages in a message, HTML or plain, in order, each once.

    >>> find_links('<a href="https://a.fr/1?utm_source=x">Lire</a> ou https://b.fr/2).')
    ['https://a.fr/1', 'https://b.fr/2']
    """
    found = (clean_link(html.unescape(one)) for one in _LINK.findall((body or "")[:_LONGEST_BODY]))
    return list(dict.fromkeys(filter(None, (link.rstrip(".,;:!?)»") for link in found))))
