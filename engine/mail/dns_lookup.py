"""The TXT records of a domain, asked of the DNS of this machine: a short time, and no error."""

from dataclasses import dataclass

from .addresses import parents_of

# Seconds for one question; four questions at most.
PATIENCE = 2.0
_LEVELS = 2


@dataclass(frozen=True)
class Records:
    """Records of the DNS: lists of texts, empty when there is none; dkim: None without selector."""

    spf: list[str]
    dkim: list[str] | None
    dmarc: list[str]


def look_up(domain: str, selector: str = "", ask=None) -> Records | None:
    """Mail records of a domain in the DNS; None when the DNS does not answer.

    >>> known = {"metz.fr": ["v=spf1 -all"], "_dmarc.metz.fr": ["v=DMARC1; p=none"]}
    >>> look_up("metz.fr", ask=lambda name: known.get(name, []))
    Records(spf=['v=spf1 -all'], dkim=None, dmarc=['v=DMARC1; p=none'])

    :param selector: name of the key of DKIM, if it is known
    :param ask: function that gives the texts of a name, None without an answer
    """
    ask = ask or find_texts
    spf = ask(domain)
    dkim = ask(f"{selector}._domainkey.{domain}") if selector and spf is not None else None
    if spf is None or (selector and dkim is None):
        return None
    # A domain without a record of its own follows the one above it.
    dmarc: list[str] | None = []
    for level in parents_of(domain)[:_LEVELS]:
        dmarc = ask(f"_dmarc.{level}")
        if dmarc is None:
            return None
        if dmarc:
            break
    return Records(spf, dkim, dmarc)


def find_texts(name: str) -> list[str] | None:
    """TXT records of a name; None when no server answers.

    None too when the DNS does not know the domain itself: behind a firewall, this proves nothing.

    >>> find_texts("a..b") is None
    True
    """
    try:
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer, Resolver
    except ImportError:
        return None
    try:
        answers = Resolver().resolve(name, "TXT", lifetime=PATIENCE)
    except NXDOMAIN:
        return [] if "_" in name else None
    except NoAnswer:
        return []
    except (DNSException, OSError, UnicodeError):
        return None
    return [b"".join(answer.strings).decode("utf-8", "replace") for answer in answers]
