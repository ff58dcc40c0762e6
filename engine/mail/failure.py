"""Classification of sending failures: their cause, and when to try again.

A closed or busy server does not make an address wrong; nor does a server that refuses all mail,
for want of a password or because it does not relay. Only a refusal of that very recipient (5xx)
is final.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# Kinds of failures.
CLOSED = "closed"  # no answer: connection, name, time-out, cut
LATER = "later"  # the server asks to come back (4xx, greylisting, quota)
RELAY = "relay"  # the server refuses the sender, for all recipients
CONTENT = "content"  # the server refuses this message, not the address
ADDRESS = "address"  # the server refuses this recipient
MISSING = "missing"  # there is no address, or none that is one
UNKNOWN = "unknown"  # the software failed
KINDS = (CLOSED, LATER, RELAY, CONTENT, ADDRESS, MISSING, UNKNOWN)
# Trying again changes nothing: somebody has to correct the address.
FINAL = frozenset({ADDRESS, MISSING})

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360))
LAST_DELAY = timedelta(hours=12)
LONGEST = timedelta(days=4)

_LONGEST_TEXT = 20_000
_TEXT = r"""b?(?:'((?:[^'\\]|\\.){0,2000})'|"((?:[^"\\]|\\.){0,2000})")"""
# {'x@y.fr': (550, b'5.1.1 no such user')}
_RECIPIENT = re.compile(rf"""['"]([^'"\s]{{1,320}})['"]: \((\d{{3}}), {_TEXT}\)""")
_REPLY = re.compile(rf"\((\d{{3}}), {_TEXT}")
_BARE = re.compile(r"(?:^|[\s:])([45]\d\d)[ -](\S.{0,500})")
_ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.\d{1,3}(?![\d.])")
# Words with which servers refuse a client, and not an address.
_SENDER_FAULT = re.compile(
    r"relay|authenti|not permitted|not allowed|access denied|client host|black ?list|block ?list"
    r"|blocked|spam|reputation|policy|sender (?:address )?rejected|must issue|tls required",
    re.IGNORECASE,
)
# Of our own dialogue with the server: syntax, order, password.
_PROTOCOL = {*range(500, 505), 530, 534, 535, 538}
_TYPES = {
    "mail_email_invalid": MISSING,
    "mail_email_missing": MISSING,
    "mail_from_invalid": RELAY,
    "mail_from_missing": RELAY,
    "mail_spam": CONTENT,
}
_CUT = re.compile(
    r"timed? ?out|refused\b.{0,3}$|unexpectedly closed|not connected|Disconnected|Errno|Unreachable"
    r"|unable to connect",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Failure:
    """One of KINDS; addresses: those that the server named, in lower case."""

    kind: str
    addresses: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.kind in FINAL


def classify(reason: str, failure_type: str = "") -> Failure:
    """Classify a failure: caused by the server, by the message or by the recipient.

    >>> classify("SMTPRecipientsRefused: {'a@b.fr': (550, b'5.1.1 User unknown')}")
    Failure(kind='address', addresses=('a@b.fr',))
    >>> classify("SMTPDataError: (451, b'4.7.1 Greylisted, come back')").kind
    'later'
    >>> classify("[Errno 111] Connection refused", "mail_smtp").kind
    'closed'

    :param reason: the text that Odoo keeps: name and text of the exception
    :param failure_type: as Odoo has it: `mail_smtp`, `mail_email_invalid`…
    """
    text = (reason or "")[:_LONGEST_TEXT]
    if failure_type in _TYPES:
        return Failure(_TYPES[failure_type])
    refused = [
        (address.lower(), int(code), one or other)
        for address, code, one, other in _RECIPIENT.findall(text)
    ]
    if refused:
        kinds = {address: _kind_of_recipient(code, answer) for address, code, answer in refused}
        final = tuple(address for address, kind in kinds.items() if kind == ADDRESS)
        return Failure(ADDRESS, final) if final else Failure(next(iter(kinds.values())))
    reply = _find_reply(text)
    if reply:
        return Failure(_kind_of_reply(*reply, at_connection=failure_type == "mail_smtp", text=text))
    if failure_type == "mail_smtp" or _CUT.search(text):
        return Failure(CLOSED)
    return Failure(UNKNOWN)


def next_try(attempts: int, first: datetime, now: datetime) -> datetime | None:
    """When to try again; None when it was tried for long enough.

    >>> first = datetime(2026, 12, 1, 9)
    >>> next_try(1, first, first), next_try(4, first, datetime(2026, 12, 1, 12))
    (datetime.datetime(2026, 12, 1, 9, 5), datetime.datetime(2026, 12, 1, 15, 0))

    :param attempts: how often it was tried, this time included
    :param first: moment of the first failure
    """
    delay = DELAYS[attempts - 1] if attempts <= len(DELAYS) else LAST_DELAY
    moment = now + delay
    return moment if moment - first <= LONGEST else None


def _find_reply(text: str) -> tuple[int, str] | None:
    """Code and words of the last reply of the server."""
    replies = [(int(code), one or other) for code, one, other in _REPLY.findall(text)]
    replies = replies or [(int(code), reply) for code, reply in _BARE.findall(text)]
    return replies[-1] if replies else None


def _kind_of_recipient(code: int, reply: str) -> str:
    """Kind of a refusal of `RCPT TO`: the address, unless the reply is about the sender."""
    if code < 500:
        return LATER
    enhanced = _ENHANCED.search(reply)
    if code in _PROTOCOL or (enhanced and enhanced[2] == "7") or _SENDER_FAULT.search(reply):
        return RELAY
    return ADDRESS


def _kind_of_reply(code: int, reply: str, at_connection: bool, text: str) -> str:
    if code < 500:
        return LATER
    if at_connection or code in _PROTOCOL or "DataError" not in text:
        return RELAY
    return RELAY if _SENDER_FAULT.search(reply) else CONTENT
