"""Subjects: the title of a request, and the number of the one that is answered."""

import re

# Re: RE : Fwd: TR : RÉF : Rép. AW: WG: as mailers pile them up, with or without a count.
_PREFIX = re.compile(
    r"\s{0,9}(re|ré|rép|rep|réf|fw|fwd|tr|aw|wg)\s{0,9}(\[\d{1,9}\])?\s{0,9}\.?\s{0,9}:\s{0,9}",
    re.I,
)
_BRACKETS = re.compile(r"\[([^\[\]\s]{4,30})\]")
_NUMBER = re.compile(r"\b[A-Z]{0,5}\d{4}-\d{3,12}\b", re.I)
LONGEST = 120
# A subject is read up to here: no title and no number of a request comes later.
LONGEST_SUBJECT = 1_000


def clean_title(subject: str, number: str = "") -> str:
    """The subject without the marks of answers and forwards, spaces mended, cut at a word.

    >>> clean_title("TR: Re: [D2026-0012] Voirie", "D2026-0012")
    'Voirie'

    :param number: number of the request, taken out when it is there in brackets
    """
    title = " ".join((subject or "")[:LONGEST_SUBJECT].split())
    if number:
        title = title.replace(f"[{number}]", " ").strip()
    while match := _PREFIX.match(title):
        title = title[match.end() :]
    title = " ".join(title.split())
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rsplit(" ", 1)[0] + "…"


def find_numbers(subject: str) -> list[str]:
    """Possible numbers of requests in a subject, in order: `D2026-0012`.

    >>> find_numbers("Re: [d2026-0012] Voirie")
    ['D2026-0012']
    """
    text = (subject or "")[:LONGEST_SUBJECT]
    found = _BRACKETS.findall(text) + _NUMBER.findall(text)
    return list(dict.fromkeys(number.upper() for number in found))
