"""`Authentication-Results` (RFC 8601): what the mail relay found out about the sender.

Anybody can write such a header: only the one that bears the name of the relay is read.
A text is cut into words, signs and quoted strings in one pass; comments are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# A relay writes some hundred characters.
LONGEST_RESULTS = 10_000
# A token is a sign and no word, or a word and no sign: “;” between quotes is a word.
Token = tuple[str, str]
# Why a sender is not believed.
MISSING, DMARC, SPF = "missing", "dmarc", "spf"
# Public suffixes, under which anybody can buy a name: France and some neighbours.
_SUFFIXES = frozenset(
    {
        *("asso.fr", "com.fr", "gouv.fr", "nom.fr", "prd.fr", "tm.fr", "avocat.fr", "notaires.fr"),
        *("medecin.fr", "pharmacien.fr", "huissier-justice.fr", "experts-comptables.fr"),
        *("chambagri.fr", "greta.fr", "eu.org", "co.uk", "org.uk", "gov.uk"),
    }
)


@dataclass(frozen=True)
class Result:
    """Result of one method: `spf`, `fail`, and the properties `smtp.mailfrom`, `header.d`…"""

    method: str
    value: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """A header: the name of who wrote it and the results; none when nothing was looked at."""

    relay: str
    found: tuple[Result, ...] = ()


def read_results(text: str) -> Results | None:
    """Parse a header `Authentication-Results`; None when it is malformed.

    >>> found = read_results("relay.example; spf=pass; dkim=fail")
    >>> found.relay, [(one.method, one.value) for one in found.found]
    ('relay.example', [('spf', 'pass'), ('dkim', 'fail')])

    :param text: the value of the header, unfolded or not
    """
    if len(text or "") > LONGEST_RESULTS:
        return None
    try:
        first, *parts = _split(_tokens(text or ""))
        (_sign, relay), *version = first
        if not relay or version not in ([], [("", "1")]):
            return None
        found = tuple(_result(part) for part in parts if part not in ([], [("", "none")]))
    except ValueError:
        return None
    return Results(relay.lower(), found)


def find_doubt(headers: Iterable[str], relay: str, domain: str) -> str:
    """Code of the reason to doubt a sender; empty when the domain of `From` is proven.

    Proven: DMARC passes for that domain; or, where its domain publishes no policy, SPF or DKIM
    passes for an aligned domain (RFC 7489, section 3.1). Anything else is doubt: a domain that the
    relay does not name, `none`, no result. So are two headers under the name of the relay, which
    must remove the forged ones (RFC 8601, section 5).

    >>> said = "relay.example; spf=pass smtp.mailfrom=aubrive.example; dmarc=none"
    >>> find_doubt([said], "relay.example", "aubrive.example")
    ''
    >>> find_doubt([said], "relay.example", "blancourt.example")
    'spf'
    >>> find_doubt([said.replace("none", "fail")], "relay.example", "aubrive.example")
    'dmarc'

    :param headers: values of the headers `Authentication-Results`
    :param relay: the name under which the trusted relay writes
    :param domain: domain of the address of the sender
    """
    read = (read_results(header) for header in headers)
    relay = relay.strip().lower()
    trusted = [results for results in read if results and results.relay == relay]
    if len(trusted) != 1 or not trusted[0].found:
        return MISSING
    results = trusted[0].found
    dmarc = [result for result in results if result.method == "dmarc"]
    named = [result.properties.get("header.from", domain) for result in dmarc]
    if not all(is_aligned(name, domain) for name in named):
        return DMARC
    verdicts = {result.value for result in dmarc}
    if "fail" in verdicts:
        return DMARC
    proven = verdicts == {"pass"} or any(_is_proof(result, domain) for result in results)
    return "" if proven else SPF


def _is_proof(result: Result, domain: str) -> bool:
    """Whether SPF or DKIM passes for a domain that is aligned with a given one."""
    properties = result.properties
    names = {
        "spf": properties.get("smtp.mailfrom", ""),
        "dkim": properties.get("header.d") or properties.get("header.i", ""),
    }
    return result.value == "pass" and is_aligned(names.get(result.method, ""), domain)


def is_aligned(claimed: str, domain: str) -> bool:
    """Whether a domain that a relay names, or an address in it, is a given one, one below or one
    above.

    RFC 7489 compares organisational domains, which asks for the list of public suffixes. Here the
    one above is any domain of two names or more that is not one of the suffixes below: two
    neighbours (`a.ville.fr`, `b.ville.fr`) are refused where the standard would take them.

    >>> is_aligned("bounce@lettres.aubrive.fr", "aubrive.fr"), is_aligned("fr", "aubrive.fr")
    (True, False)
    """
    claimed = claimed.strip("<> ").rpartition("@")[2].lower().rstrip(".")
    domain = domain.lower().rstrip(".")
    if not claimed or not domain:
        return False
    upper = min(claimed, domain, key=len)
    if claimed == domain:
        return True
    below = max(claimed, domain, key=len).endswith(f".{upper}")
    return below and "." in upper and upper not in _SUFFIXES


def _result(tokens: list[Token]) -> Result:
    """`spf=fail smtp.mailfrom=x@y.fr`; a name may be cut by comments: `dkim / 1 = fail`.

    :raises ValueError: it is not written so
    """
    pairs: list[tuple[str, str]] = []
    name, has_value = "", True
    for sign, word in tokens:
        if sign:
            if not name or not has_value:
                raise ValueError(name)
            has_value = False
        elif not has_value:
            pairs.append((name.lower(), word))
            name, has_value = "", True
        elif not name and pairs and word.startswith("@"):
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + word)
        else:
            name += word
    if name or not pairs:
        raise ValueError(name)
    (method, value), *properties = pairs
    return Result(method.partition("/")[0], value.lower(), dict(properties))


def _split(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens between the semicolons."""
    part: list[Token] = []
    for token in tokens:
        if token[0] == ";":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _tokens(text: str) -> Iterator[Token]:
    """Words, quoted strings without their quotes, and the signs ; and =.

    :raises ValueError: a comment or a quoted string does not end
    """
    place = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
        elif char in ";=":
            place += 1
            yield char, ""
        elif char == "(":
            place = _after_comment(text, place)
        elif char == '"':
            word, place = _quoted(text, place)
            yield "", word
        else:
            start = place
            while place < len(text) and not (text[place].isspace() or text[place] in ';=("'):
                place += 1
            yield "", text[start:place]


def _after_comment(text: str, place: int) -> int:
    """Position after a comment; comments may be nested."""
    depth = 0
    while place < len(text):
        char = text[place]
        place += 2 if char == "\\" else 1
        depth += (char == "(") - (char == ")")
        if not depth:
            return place
    raise ValueError(place)


def _quoted(text: str, place: int) -> tuple[str, int]:
    found, place = [], place + 1
    while place < len(text) and text[place] != '"':
        place += text[place] == "\\"
        found.append(text[place : place + 1])
        place += 1
    if place >= len(text):
        raise ValueError(place)
    return "".join(found), place + 1
