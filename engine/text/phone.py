"""A telephone number that can be dialled: French, overseas or foreign, as people write it."""

import re

# Between digits: “03 87 20 10 00”, “03.87.20.10.00”, “+33 (0)3 87…”.
_GAP = r"[\s.\(\)\-]*"
# After a number: another one, or where it rings.
_REST = r'(?:\s*[\/,;][^<>"\r\n]*|\s+[a-z][^<>"\r\n]*)?'
# The same expression is read by the browsers.
WHOLE = (
    rf"\s*(?:0[1-9](?:{_GAP}\d){{8}}"
    rf"|(?:\+|00){_GAP}\d(?:{_GAP}\d){{6,14}}"
    rf"|[1-9](?:{_GAP}\d){{5,14}}){_REST}\s*"
)
_WHOLE = re.compile(WHOLE, re.IGNORECASE)
# Two numbers and where they ring; the expression takes its time over long texts.
LONGEST = 60


def is_whole(number: str) -> bool:
    """Whether a number can be dialled: ten digits after a 0, or a number of another country.

    >>> [is_whole(number) for number in ("06 12", "06 12 34 56 78", "03.87.20.10.00 poste 12")]
    [False, True, True]
    >>> [is_whole(number) for number in ("+352 26 12 34", "28 35 12", "0590 81 00 00", "+33 6 1")]
    [True, True, True, False]
    >>> [is_whole(f"06 12 34 56 {end}") for end in ("7", "78 9", "78 POSTE 12", "78 / a<b")]
    [False, False, True, False]
    >>> is_whole("06 12 34 56 78 a<img src=x>"), is_whole("06 12 34 56 78" + " " * 60)
    (False, False)
    """
    return len(number) <= LONGEST and bool(_WHOLE.fullmatch(number))
