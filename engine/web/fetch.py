"""Read an address of the web that a person or a file gave, and nothing else than the web.

A server that reads an address for somebody can be made to read what only it can reach: the pages
of the internal network, the keys of a cloud. So each address is resolved once, each of its numbers
is looked at, and the connection is made to the number that was looked at: a name that changes in
between changes nothing. The same again for each redirection. Proxies of the environment are not
used: they would connect in place of this server. The standard library is enough; `requests`
resolves the name itself, after any check.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from ..french_messages import FrenchError, typeset
from ..opendata.inflate import Inflated
from ..opendata.size_limit import TooMuch

_MEGABYTE = 1024 * 1024
_BLOCK = 65536
# Ports of the web: a mail server or a database, even public, is not fetched.
_PORTS = frozenset({80, 443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
AGENT = "Mozilla/5.0 (compatible; commune-relations; lecteur de flux)"

_ERRORS = {
    "bad_address": "« {value} » n'est pas l'adresse d'une page du web (http:// ou https://).",
    "internal": "« {host} » est une adresse du réseau interne : la lire est refusé par sécurité."
    " Un administrateur peut l'autoriser (paramètre système"
    " commune_relations.internal_hosts).",
    "port": "« {host}:{port} » n'est pas l'adresse d'un site web (ports 80 et 443) : la lire est"
    " refusé par sécurité. Un administrateur peut l'autoriser (paramètre système"
    " commune_relations.internal_hosts, sous cette forme).",
    "unknown_host": "Le site « {host} » est introuvable : vérifiez l'adresse.",
    "unreachable": "Le site « {host} » ne répond pas.",
    "tls": "Le certificat du site « {host} » n'est pas valable.",
    "slow": "Le site « {host} » est trop lent : la lecture a été arrêtée après {seconds} secondes.",
    "cut": "La réponse de « {host} » est incomplète ou abîmée.",
    "forbidden": "Le site « {host} » refuse les lectures automatiques (réponse {status}).",
    "gone": "La page n'existe pas ou plus sur « {host} » (réponse {status}).",
    "failed": "Le site « {host} » est en panne (réponse {status}).",
    "status": "Le site « {host} » a répondu par une erreur (réponse {status}).",
    "redirects": "Le site « {host} » renvoie sans fin d'une adresse à une autre.",
    "too_large": "La réponse de « {host} » dépasse {limit} Mo : elle est refusée par sécurité.",
}


class FetchError(FrenchError):
    """An address that cannot be read."""

    templates = {code: typeset(text) for code, text in _ERRORS.items()}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of time and size.

    :param wait: seconds without a byte
    :param total: seconds from the first address to the last byte
    :param size: bytes, once unpacked
    """

    wait: float = 10
    total: float = 30
    size: int = 5 * _MEGABYTE
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Answer of an address; `content` is empty when nothing changed (304)."""

    address: str
    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str:
        """Encoding declared by the server, or empty."""
        _kind, _sign, words = self.headers.get("content-type", "").partition("charset=")
        return words.split(";")[0].strip(" \"'")


def is_public(number: str) -> bool:
    """Whether an address of the network belongs to the internet, whatever its form.

    >>> [is_public(one) for one in ("93.184.216.34", "127.0.0.1", "::ffff:10.0.0.1", "fec0::1")]
    [True, False, False, False]
    """
    address = ipaddress.ip_address(number.partition("%")[0])
    if address.version == 6:
        inner = address.ipv4_mapped or address.sixtofour
        inner = inner or (address.teredo and address.teredo[1])
        if address in _NAT64:
            inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    local = address.version == 6 and address.is_site_local
    return address.is_global and not (local or address.is_multicast or address.is_reserved)


def fetch(
    address: str,
    headers: dict[str, str] | None = None,
    allowed: Collection[str] = (),
    limits: Limits | None = None,
) -> Page:
    """Fetch an address, following redirections.

    >>> fetch("http://localhost/")
    Traceback (most recent call last):
    engine.web.fetch.FetchError: « localhost » est une adresse du réseau interne : la lire est \
refusé par sécurité. Un administrateur peut l’autoriser (paramètre système \
commune_relations.internal_hosts).

    :param headers: more of them; `If-None-Match` and `If-Modified-Since` for what is known
    :param allowed: names of the internal network that may be read; `name:port`, there or on the
        internet, for another port than 80 and 443
    :raises FetchError: with the sentence to show
    """
    limits = limits or Limits()
    end = time.monotonic() + limits.total
    for _hop in range(limits.redirects + 1):
        page = _fetch_one(address, headers or {}, allowed, limits, end)
        if page.status not in _REDIRECTS:
            return page
        address = urljoin(address, page.headers.get("location", ""))
    raise FetchError("redirects", host=urlsplit(address).hostname or "")


def check_address(address: str, allowed: Collection[str] = ()) -> None:
    """Whether an address may be read, without reading it.

    :raises FetchError: with the sentence to show
    """
    scheme, host, port, _path = _split(address)
    _resolve(host, port or (443 if scheme == "https" else 80), allowed)


def _split(address: str):
    """(scheme, host, port, path) of an address of the web."""
    shown = address[:200]
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError:  # UnicodeError is one
        raise FetchError("bad_address", value=shown) from None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise FetchError("bad_address", value=shown)
    path = quote(parts.path or "/", "/%:;=@!$&'()*+,~-._")
    query = quote(parts.query, "/%:;=@!$&'()*+,~-._?[]")
    return parts.scheme, host, port, path + (f"?{query}" if query else "")


def _resolve(host: str, port: int, allowed: Collection[str]):
    """The places where a host answers, each looked at."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError("unknown_host", host=host) from None
    if f"{host}:{port}" in allowed:
        return found
    if host not in allowed and not all(is_public(place[4][0]) for place in found):
        raise FetchError("internal", host=host)
    if port not in _PORTS:
        raise FetchError("port", host=host, port=port)
    return found


def _open(host: str, places, wait: float) -> socket.socket:
    """A connection to the first place that answers."""
    error: OSError | None = None
    for family, kind, protocol, _name, place in places:
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(wait)
            link.connect(place)
        except OSError as problem:
            link.close()
            error = problem
        else:
            return link
    raise error or FetchError("unknown_host", host=host)


class _Watch:
    """Shuts a connection when its time is over, whatever it is doing."""

    def __init__(self, seconds: float):
        self.link: socket.socket | None = None
        self.over = False
        self.timer = threading.Timer(max(seconds, 0.01), self._stop)
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *_error):
        self.timer.cancel()

    def _stop(self):
        self.over = True
        if self.link is not None:
            with suppress(OSError):
                # That of the bare socket: the one of TLS pulls the ground from under a reader.
                socket.socket.shutdown(self.link, socket.SHUT_RDWR)


def _fetch_one(address, headers, allowed, limits: Limits, end: float) -> Page:
    scheme, host, port, path = _split(address)
    secure = scheme == "https"
    port = (443 if secure else 80) if port is None else port
    places = _resolve(host, port, allowed)
    with _Watch(end - time.monotonic()) as watch:
        try:
            watch.link = _open(host, places, min(limits.wait, max(end - time.monotonic(), 0.01)))
            if secure:
                watch.link = _secured(watch.link, host)
            page = _ask(watch.link, (address, host, port, path, secure), headers, limits)
        except (OSError, http.client.HTTPException, EOFError, zlib.error, TooMuch) as error:
            raise _explain(error, host, watch.over, limits) from None
        finally:
            if watch.link is not None:
                watch.link.close()
    if watch.over:
        raise FetchError("slow", host=host, seconds=round(limits.total))
    return page


def _secured(link: socket.socket, host: str) -> ssl.SSLSocket:
    """The name of the site is the one that its certificate has to bear."""
    return ssl.create_default_context().wrap_socket(link, server_hostname=host)


def _explain(error: Exception, host: str, over: bool, limits: Limits) -> FetchError:
    if over or isinstance(error, TimeoutError):
        return FetchError("slow", host=host, seconds=round(limits.total if over else limits.wait))
    if isinstance(error, TooMuch):
        return FetchError("too_large", host=host, limit=limits.size // _MEGABYTE)
    if isinstance(error, ssl.SSLError):
        return FetchError("tls", host=host)
    if isinstance(error, OSError):
        return FetchError("unreachable", host=host)
    return FetchError("cut", host=host)


def _ask(link, target, headers, limits: Limits) -> Page:
    address, host, port, path, secure = target
    with closing(http.client.HTTPConnection(host, port)) as connection:
        connection.sock = link
        connection.default_port = 443 if secure else 80
        asked = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Connection": "close", **headers}
        connection.request("GET", path, headers=asked)
        answer = connection.getresponse()
        answer_headers = {name.lower(): value for name, value in answer.getheaders()}
        if answer.status in _REDIRECTS and answer_headers.get("location"):
            return Page(address, answer.status, b"", answer_headers)
        if answer.status == 304:
            return Page(address, 304, b"", answer_headers)
        _check_status(answer.status, host)
        return Page(address, answer.status, _read(answer, answer_headers, limits), answer_headers)


def _check_status(status: int, host: str) -> None:
    if status == 200:
        return
    codes = {401: "forbidden", 403: "forbidden", 429: "forbidden", 404: "gone", 410: "gone"}
    code = codes.get(status, "failed" if status >= 500 else "status")
    raise FetchError(code, host=host, status=status)


def _read(answer, answer_headers: dict[str, str], limits: Limits) -> bytes:
    """The bytes of the answer, unpacked.

    :raises TooMuch: more than what may be kept
    """
    stream: io.RawIOBase | http.client.HTTPResponse = answer
    packing = answer_headers.get("content-encoding", "identity").strip().lower()
    if packing in ("gzip", "x-gzip"):
        stream = Inflated(answer, limits.size)
    elif packing not in ("", "identity"):
        raise EOFError
    parts, left = [], limits.size
    while part := stream.read(_BLOCK):
        parts.append(part)
        left -= len(part)
        if left < 0:
            raise TooMuch
    if stream is answer and answer.length:
        raise EOFError  # fewer bytes than announced
    return b"".join(parts)
