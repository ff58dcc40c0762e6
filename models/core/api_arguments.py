"""Validate ids and codes received over RPC; invalid ones become 0 or ""."""

LARGEST = 2**31 - 1  # of a number of PostgreSQL


def parse_id(value):
    """The number of a record, also written in digits; 0 for anything else.

    >>> [parse_id(value) for value in (12, "12", "x", None, [12], True, 2**40)]
    [12, 12, 0, 0, 0, 0, 0]
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:11])
    known = isinstance(value, int) and not isinstance(value, bool)
    return value if known and 0 < value <= LARGEST else 0


def parse_code(value):
    """A code, to be looked for in a table; empty for what is no text.

    >>> parse_code("promise"), parse_code(["promise"]), parse_code(None)
    ('promise', '', '')
    """
    return value if isinstance(value, str) else ""
