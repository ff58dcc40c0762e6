"""Subjects: the title of a request, and the number of the one that is answered."""

import re

# Re: RE : Fwd: TR : RÉF : Rép. AW: WG: as mailers pile them up, with or without a count.
_PREFIX = re.compile(r"^\s*(re|ré|rép|rep|réf|fw|fwd|tr|aw|wg)\s*(\[\d+\])?\s*\.?\s*:\s*", re.I)
_BRACKETS = re.compile(r"\[([^\[\]\s]{4,30})\]")
_NUMBER = re.compile(r"\b[A-Z]{0,5}\d{4}-\d{3,}\b", re.I)
LONGEST = 120


def clean_title(subject: str, number: str = "") -> str:
    """The subject without the marks of answers and forwards, spaces mended, cut at a word.

    :param number: number of the request, taken out when it is there in brackets
    """
    title = " ".join((subject or "").split())
    if number:
        title = title.replace(f"[{number}]", " ")
    while True:
        shorter = _PREFIX.sub("", title).strip()
        if shorter == title:
            break
        title = shorter
    title = " ".join(title.split())
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rsplit(" ", 1)[0] + "…"


def find_numbers(subject: str) -> list[str]:
    """What may be the number of a request in a subject, in order: `D2026-0012`."""
    text = subject or ""
    found = _BRACKETS.findall(text) + _NUMBER.findall(text)
    return list(dict.fromkeys(number.upper() for number in found))
