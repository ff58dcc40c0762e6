"""Dates and hours as people type them in a table."""

import re
from datetime import date, datetime, time

from ..text import flat

MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
# The same with or without accents, inside the expressions of other modules.
MONTH = "(?:" + "|".join(MONTHS).replace("fev", "f[ée]v").replace("dec", "d[ée]c") + ")"
MONTH = MONTH.replace("aout", "ao[uû]t")
DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)"
    rf"|\d{{1,2}}(?:er)? {MONTH} \d{{4}})"
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(rf"(\d{{1,2}})(?:er)? ({MONTH}) (\d{{4}})", re.I)
_HOUR = re.compile(r"[T ]+(?:[aà] )?(\d{1,2})\s*[:h]\s*(\d{2})?(?::\d{2})?")


def read_date(text: str) -> date:
    """`2026-12-08`, `08/12/2026` or `8 décembre 2026`; what follows a date and time is left out.

    >>> read_date("1er août 2027"), read_date("04/01/27")
    (datetime.date(2027, 8, 1), datetime.date(2027, 1, 4))

    :raises ValueError: not a date
    """
    text = text.strip()
    match = _ISO.match(text)
    if match:
        year, month, day = match.groups()
    else:
        match = _FRENCH.match(text) or _WORDS.match(text)
        if not match:
            raise ValueError(text)
        day, month, year = match.groups()
        month = MONTHS.index(flat(month)) + 1 if month.isalpha() else month
        year = "20" + year if len(year) == 2 else year
    rest = text[match.end() :]
    if rest and not _HOUR.match(rest):
        raise ValueError(text)
    return date(int(year), int(month), int(day))


def read_moment(text: str) -> datetime:
    """A date with or without its hour (midnight then), on the clock of the organisation.

    :raises ValueError: not a date
    """
    day = read_date(text)
    match = _HOUR.search(text)
    hour = time(int(match[1]), int(match[2] or 0)) if match else time()
    return datetime.combine(day, hour)
