"""Headers of a message, cut before anything looks into them: a stranger writes what they like."""

from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from .addresses import LONGEST_HEADER, find_sender, find_senders

# The patterns match at the beginning of a header.
LONGEST = 2_000


def header(message: Message, name: str) -> str:
    """The beginning of the first header of a name, on one line and decoded; “” without one."""
    return next(map(_decode, raw_headers(message, name)), "")


def _decode(raw: str) -> str:
    try:
        return str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError):  # unknown encoding, or text not in it
        return raw


def raw_headers(message: Message, name: str, longest: int = LONGEST) -> list[str]:
    """The beginnings of all the headers of a name, the topmost first, unfolded.

    >>> from email import message_from_string
    >>> raw_headers(message_from_string("X-Tag: a\\nX-Tag: b\\n\\n"), "x-tag")
    ['a', 'b']
    """
    name = name.lower()
    found = [str(value) for key, value in message.raw_items() if key.lower() == name]
    return [" ".join(value[:longest].splitlines()) for value in found]


def sender_of(message: Message) -> str:
    """The address that writes, read in the header as it came: of “a@x.fr <b@y.fr>” the library of
    Python keeps the name only. Empty when there are several headers or several addresses, in
    whatever way it is read.

    >>> from email import message_from_string
    >>> sender_of(message_from_string("From: a@x.example <b@y.example>\\n\\n"))
    'b@y.example'
    """
    written = raw_headers(message, "From", LONGEST_HEADER)
    alone = len(written) == 1 and len(senders_of(message)) == 1
    return find_sender(written[0]) if alone else ""


def senders_of(message: Message) -> list[str]:
    """All the addresses that the headers `From` give as senders; a person's message has one.

    Headers are read raw, decoded, and as Odoo reads them: encoded text may hide an address.

    >>> from email import message_from_string
    >>> senders_of(message_from_string("From: a@x.example, b@y.example\\n\\n"))
    ['a@x.example', 'b@y.example']
    >>> senders_of(message_from_string('From: "a@x.example" <b@y.example>\\n\\n'))
    ['b@y.example']
    >>> senders_of(message_from_string("From: =?utf-8?q?a=40x.example,?= b@y.example\\n\\n"))
    ['b@y.example', 'a@x.example']
    """
    raw = raw_headers(message, "From", LONGEST_HEADER)
    read = [str(value) for value in message.get_all("From", [])]
    written = [*raw, *(_decode(value[:LONGEST]) for value in raw), *read]
    return list(dict.fromkeys(one for value in written for one in find_senders(value)))
