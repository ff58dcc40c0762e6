"""Ends of French sentences, and texts in brackets."""

import re

# Their full stop ends no sentence; “etc.” may.
_SHORT = frozenset(
    "m mm mme mmes mlle mlles mr dr drs pr me mes st ste sts no nos n° art al bd boul av pl imp"
    " chem rte tél tel cf ex env min max réf ref p pp chap vol fig éd dép dept resp adj ext int bât"
    " bat app apt appt".split()
)
_END = re.compile(r"(?<=[.?!…])(?:\s?[»”\")])?\s+(?=(\S))|\n")


def first_sentence(text: str) -> str:
    """The first sentence of a text, up to the end of its first line. The full stop of an
    abbreviation (“M.”), of an initial (“J. Martin”) or before a small letter ends none.

    >>> first_sentence("M. Dupont n’a plus d’eau. Que faire ?")
    'M. Dupont n’a plus d’eau.'
    >>> first_sentence("L’art. 5, al. 2 du PLU. Et Mme. J. Roy ?")
    'L’art. 5, al. 2 du PLU.'
    >>> first_sentence("Trottoir, bordure, etc. Rue Haute"), first_sentence("Au 5 bis. merci")
    ('Trottoir, bordure, etc.', 'Au 5 bis. merci')
    """
    text = text.strip()
    for end in _END.finditer(text):
        before = text[: end.start()].rstrip()
        if end[0].startswith("\n") or not before.endswith(".") or _ends(before, end[1]):
            return text[: end.end()].strip()
    return text


def with_detail(text: str, detail: str | None) -> str:
    """Label with its detail in brackets, if any.

    >>> with_detail("résidence familiale", "Mey"), with_detail("résidence familiale", "")
    ('résidence familiale (Mey)', 'résidence familiale')
    """
    return f"{text} ({detail})" if detail else text


def _ends(before: str, following: str) -> bool:
    """Whether the full stop behind these words ends their sentence."""
    last = re.split(r"[\s(’'«]", before[:-1])[-1].lower()
    return not (following.islower() or last in _SHORT or len(last) == 1 and last.isalpha())
