"""Findings about the mail records of a domain: SPF, DKIM and DMARC.

SPF (RFC 7208) lists who may send its mail, DKIM (RFC 6376) who signs it, DMARC (RFC 7489) what
receivers do with a message that passes neither.

Texts in, findings out: `dns_lookup.py` queries the DNS, the screen words the findings.
"""

import re
from dataclasses import dataclass

SPF, DKIM, DMARC = "spf", "dkim", "dmarc"
# How bad it is, the best first.
RIGHT, WEAK, MISSING, DANGER = "right", "weak", "missing", "danger"
LEVELS = {
    "strict": RIGHT,
    "soft": RIGHT,
    "signed": RIGHT,
    "quarantine": RIGHT,
    "reject": RIGHT,
    "neutral": WEAK,
    "no_end": WEAK,
    "testing": WEAK,
    "watch": WEAK,
    "no_report": WEAK,
    "none": MISSING,
    "two": DANGER,
    "open": DANGER,
    "lookups": DANGER,
    "revoked": DANGER,
    "broken": DANGER,
}
# RFC 7208, 4.6.4: beyond, a receiver takes the record for an error.
MOST_LOOKUPS = 10
_LONGEST = 4_000
_ASKS = re.compile(r"[+?~-]?(?:include:|exists:|ptr\b|a(?:[:/]|$)|mx(?:[:/]|$))|redirect=")
_ENDS = {"+": "open", "": "open", "?": "neutral", "~": "soft", "-": "strict"}
_HOST = re.compile(r"(?=.*[a-z])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing that is right or wrong.

    about: SPF, DKIM or DMARC. code: a key of LEVELS. text: the record, as the DNS gives it.
    """

    about: str
    code: str
    text: str = ""

    @property
    def level(self) -> str:
        return LEVELS[self.code]


def read_spf(texts: list[str]) -> list[Finding]:
    """Findings on SPF: the servers that may send for the domain.

    >>> [found.code for found in read_spf(["v=spf1 mx -all", "site-verification=1"])]
    ['strict']
    >>> [found.code for found in read_spf(["v=spf1 +all"])], [f.code for f in read_spf([])]
    (['open'], ['none'])

    :param texts: the TXT records of the domain
    """
    found = _starting(texts, "v=spf1")
    if len(found) != 1:
        return _none_or_two(SPF, found)
    [text] = found
    terms = text.lower().split()[1:]
    findings = [Finding(SPF, _read_end(terms), text)]
    if sum(bool(_ASKS.match(term)) for term in terms) > MOST_LOOKUPS:
        findings.append(Finding(SPF, "lookups", text))
    return findings


def _read_end(terms: list[str]) -> str:
    """Qualifier of the term `all`: the policy for servers that no other term names."""
    for term in terms:
        if term.lstrip("+?~-") == "all":
            return _ENDS[term[: -len("all")][:1]]
    return "soft" if any(term.startswith("redirect=") for term in terms) else "no_end"


def read_dkim(texts: list[str]) -> list[Finding]:
    """The key with which the letters are signed.

    >>> [found.code for found in read_dkim(["v=DKIM1; k=rsa; p=MIGf"])]
    ['signed']
    >>> read_dkim(["v=DKIM1; p="])[0].code, read_dkim([])[0].code
    ('revoked', 'none')

    :param texts: the TXT records of `<selector>._domainkey.<domain>`
    """
    found = [text for text in map(_shorten, texts) if "p" in _tags(text)]
    if len(found) != 1:
        return _none_or_two(DKIM, found)
    tags = _tags(found[0])
    if not tags["p"]:
        return [Finding(DKIM, "revoked", found[0])]
    code = "testing" if "y" in tags.get("t", "").split(":") else "signed"
    return [Finding(DKIM, code, found[0])]


def read_dmarc(texts: list[str]) -> list[Finding]:
    """Policy for a message that passes neither SPF nor DKIM, and whether reports are sent.

    >>> [found.code for found in read_dmarc(["v=DMARC1; p=none"])]
    ['watch', 'no_report']
    >>> [found.code for found in read_dmarc(["v=DMARC1; p=reject; rua=mailto:x@metz.fr"])]
    ['reject']

    :param texts: the TXT records of `_dmarc.<domain>`
    """
    found = _starting(texts, "v=dmarc1")
    if len(found) != 1:
        return _none_or_two(DMARC, found)
    [text] = found
    tags = _tags(text)
    codes = {"none": "watch", "quarantine": "quarantine", "reject": "reject"}
    findings = [Finding(DMARC, codes.get(tags.get("p", "").lower(), "broken"), text)]
    if not tags.get("rua"):
        findings.append(Finding(DMARC, "no_report", text))
    return findings


def wanted_lines(domain: str, relay: str = "", selector: str = "", reports: str = "") -> list[str]:
    """DNS records to request from the DNS administrator; values only the relay knows are in
    brackets.

    >>> for line in wanted_lines("metz.fr", "smtp.metz.fr", "odoo", "dpo@metz.fr"): print(line)
    metz.fr. TXT "v=spf1 a:smtp.metz.fr -all"
    odoo._domainkey.metz.fr. TXT "v=DKIM1; k=rsa; p=[…]"
    _dmarc.metz.fr. TXT "v=DMARC1; p=none; rua=mailto:dpo@metz.fr"

    :param relay: name of the outgoing server; a number or a bare name is not written
    :param selector: name of the key of DKIM
    :param reports: address that reads the reports of DMARC
    """
    sender = f"a:{relay}" if _HOST.fullmatch(relay) and "." in relay else "mx"
    report_tag = f"; rua=mailto:{reports}" if reports else ""
    return [
        f'{domain}. TXT "v=spf1 {sender} -all"',
        f'{selector or "[…]"}._domainkey.{domain}. TXT "v=DKIM1; k=rsa; p=[…]"',
        f'_dmarc.{domain}. TXT "v=DMARC1; p=none{report_tag}"',
    ]


def _shorten(text: str) -> str:
    return " ".join((text or "")[:_LONGEST].split())


def _starting(texts: list[str], version: str) -> list[str]:
    """The records of this version: the word ends there."""
    words = re.compile(rf"{re.escape(version)}(?=[\s;]|$)", re.IGNORECASE)
    return [text for text in map(_shorten, texts) if words.match(text)]


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, sign, value in pairs if sign}


def _none_or_two(about: str, found: list[str]) -> list[Finding]:
    return [Finding(about, "two" if found else "none", "\n".join(found))]
