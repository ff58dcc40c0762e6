"""Text that a mail server gives when it refuses a message."""

import re

_LONGEST = 2_000
# A reply as Python shows it: (550, b'5.1.1 <x@y.fr>: no such user').
_REPLY = re.compile(r"""\(\d{3}, b?(?:'([^']*)'|"([^"]*)")""")
_CODE = re.compile(r"(?:\d{3}[ -])?\d\.\d{1,3}\.\d{1,3} |\d{3}[ -]")
_CLASS = re.compile(
    r"^[A-Z]\w{1,60}(?:Error|Exception|Refused|Disconnected|Timeout): (?:\[Errno -?\d+\] )?"
)


def last_words(reason: str) -> str:
    """Last reply of the server, without names of programs, codes and bytes.

    Empty when the reply has no readable text.

    >>> last_words("550 5.1.1 User unknown")
    'User unknown'
    """
    text = (reason or "")[-_LONGEST:]
    replies = [single or double for single, double in _REPLY.findall(text)]
    if not replies:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        replies = [_CLASS.sub("", line) for line in lines]
    reply = " ".join(re.split(r"\\r|\\n|\s", _CODE.sub("", replies[-1]))) if replies else ""
    reply = " ".join(reply.split())
    return "" if reply in ("None", "{}", "()", "''") else reply
