"""Headers of a message, cut before anything looks into them: a stranger writes what they like."""

from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from .addresses import LONGEST_HEADER, find_addresses, find_sender

# What our patterns look for stands at the beginning of a header.
LONGEST = 2_000


def header(message: Message, name: str) -> str:
    """The beginning of the first header of a name, on one line and decoded; “” without one."""
    for raw in raw_headers(message, name):
        try:
            return str(make_header(decode_header(raw)))
        except (
            MessageError,
            ValueError,
            LookupError,
        ):  # not an encoding, or not encoded as it says
            return raw
    return ""


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
    Python keeps the name only. Empty when there are several headers or several addresses.

    >>> from email import message_from_string
    >>> sender_of(message_from_string("From: a@x.example <b@y.example>\\n\\n"))
    'b@y.example'
    """
    written = raw_headers(message, "From", LONGEST_HEADER)
    return find_sender(written[0]) if len(written) == 1 else ""


def senders_of(message: Message) -> list[str]:
    """All the addresses that the headers `From` say to write: one, where a person writes.

    >>> from email import message_from_string
    >>> senders_of(message_from_string("From: a@x.example, b@y.example\\n\\n"))
    ['a@x.example', 'b@y.example']
    >>> senders_of(message_from_string('From: "a@x.example" <b@y.example>\\n\\n'))
    ['b@y.example']
    """
    found: list[str] = []
    for written in raw_headers(message, "From", LONGEST_HEADER):
        one = find_sender(written)
        found += [one] if one else find_addresses(written)
    return list(dict.fromkeys(found))
