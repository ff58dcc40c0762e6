"""Numbers and codes that a program gives to our public methods: another value is none of ours."""

LARGEST = 2**31 - 1  # of a number of PostgreSQL


def as_id(value):
    """The number of a record, also written in digits; 0 for anything else.

    >>> as_id(12), as_id("12"), as_id("x"), as_id(None), as_id([12]), as_id(True), as_id(2**40)
    (12, 12, 0, 0, 0, 0, 0)
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:11])
    known = isinstance(value, int) and not isinstance(value, bool)
    return value if known and 0 < value <= LARGEST else 0


def as_code(value):
    """A code, to be looked for in a table; empty for what is no text.

    >>> as_code("promise"), as_code(["promise"]), as_code(None)
    ('promise', '', '')
    """
    return value if isinstance(value, str) else ""
