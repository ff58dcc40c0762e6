"""`Authentication-Results` (RFC 8601): what the mail relay found out about the sender.

Anybody can write such a header: only the topmost one that bears the name of the relay is read.
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
_FORGED = ("fail", "softfail")


@dataclass(frozen=True)
class Result:
    """What one method says: `spf`, `fail`, and the properties `smtp.mailfrom`, `header.d`…"""

    method: str
    value: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """A header: the name of who wrote it and the results; none when nothing was looked at."""

    relay: str
    found: tuple[Result, ...] = ()


def read_results(text: str) -> Results | None:
    """What a header says; None when it is not written as it should be.

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
    """Why a sender is not to be believed, as a code; empty when nothing is against them.

    What DMARC says is enough, when it speaks of the domain of the sender or does not say of which.
    Without it, an SPF failure is made good by a signature (DKIM) of the domain of the sender.

    >>> said = "relay.example; spf=pass; dmarc=fail header.from=aubrive.example"
    >>> find_doubt([said], "relay.example", "aubrive.example")
    'dmarc'
    >>> said = said.replace("fail", "pass")
    >>> find_doubt([said], "relay.example", "aubrive.example")
    ''
    >>> find_doubt([said], "relay.example", "blancourt.example")
    'dmarc'

    :param headers: values of the headers `Authentication-Results`, the topmost first
    :param relay: the name under which the trusted relay writes
    :param domain: domain of the address of the sender
    """
    read = (read_results(header) for header in headers)
    relay = relay.strip().lower()
    trusted = next((results for results in read if results and results.relay == relay), None)
    if trusted is None:
        return MISSING
    values = {
        method: [result for result in trusted.found if result.method == method]
        for method in ("dmarc", "spf", "dkim")
    }
    dmarc = {result.value for result in values["dmarc"]}
    named = (result.properties.get("header.from", "") for result in values["dmarc"])
    if "fail" in dmarc or not all(_is_akin(name, domain) for name in named):
        return DMARC
    if "pass" in dmarc or not any(result.value in _FORGED for result in values["spf"]):
        return ""
    signed = any(
        result.value == "pass" and _is_signed_by(result, domain) for result in values["dkim"]
    )
    return "" if signed else SPF


def _is_signed_by(result: Result, domain: str) -> bool:
    """Whether a signature is that of a domain, or of the one above; a relay that does not say
    whose signature it is has to be believed."""
    signer = result.properties.get("header.d") or result.properties.get("header.i", "")
    return _is_akin(signer, domain)


def _is_akin(said: str, domain: str) -> bool:
    """Whether a domain that a relay names, or an address in it, is a given one, one below or above;
    so is one that it does not name."""
    said, domain = said.rpartition("@")[2].lower(), domain.lower()
    if not said:
        return True
    return (
        said == domain
        or f".{said}".endswith(f".{domain}")
        or ("." in said and domain.endswith(f".{said}"))
    )


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
    """Comments stand inside one another."""
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
