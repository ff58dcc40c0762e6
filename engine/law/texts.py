"""Texts that references name: codes with their usual names, laws with their nicknames.

Each code has the number of figures of the first number of its articles: it identifies the code of
an article quoted alone ("L. 153-36" cannot be of the CGCT).
"""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Code:
    """A code: its key, its name within a sentence, other ways to name it (patterns, any case), and
    figures of the first number of its articles (0: articles without letter, always named)."""

    key: str
    name: str
    others: str = ""
    figures: int = 3


CODES = (
    Code("CGCT", "CGCT", r"code\s+général\s+des\s+collectivités(?:\s+territoriales)?", 4),
    Code("CGFP", "CGFP", r"code\s+général\s+de\s+la\s+fonction\s+publique"),
    Code(
        "CGPPP",
        "CG3P",
        r"CGPPP|code\s+général\s+de\s+la\s+propriété\s+des\s+personnes\s+publiques",
        4,
    ),
    Code("CGI", "CGI", r"code\s+général\s+des\s+impôts", 0),
    Code("CCP", "code de la commande publique", r"CCP", 4),
    Code("CSP", "code de la santé publique", r"CSP", 4),
    Code("CU", "code de l’urbanisme", r"C\.\s?urb\.?"),
    Code("CE", "code électoral", r"C\.\s?élect\.?"),
    Code("CENV", "code de l’environnement", r"C\.\s?env\.?"),
    Code("CSI", "code de la sécurité intérieure", r"CSI"),
    Code(
        "CRPA", "CRPA", r"code\s+des\s+relations\s+entre\s+le\s+public\s+et\s+l['’]administration"
    ),
    Code("CJA", "code de justice administrative", r"CJA"),
    Code("CASF", "CASF", r"code\s+de\s+l['’]action\s+sociale\s+et\s+des\s+familles"),
    Code("CCH", "code de la construction et de l’habitation", r"CCH"),
    Code("CSS", "code de la sécurité sociale", r"CSS"),
    Code("CT", "code du travail", r"C\.\s?trav\.?", 4),
    Code("CTR", "code des transports", "", 4),
    Code("CVR", "code de la voirie routière"),
    Code("CR", "code de la route"),
    Code("CRPM", "code rural et de la pêche maritime", r"CRPM|code\s+rural"),
    Code("CED", "code de l’éducation"),
    Code("CP", "code du patrimoine"),
    Code("CEN", "code de l’énergie"),
    Code("CS", "code du sport"),
    Code("CPEN", "code pénal", "", 3),
    Code("CC", "code civil", "", 0),
    Code("CF", "code forestier"),
)

# Names under which laws are known, with their number and their day.
NICKNAMES = {
    "notre": ("2015-991", (2015, 8, 7)),
    "maptam": ("2014-58", (2014, 1, 27)),
    "alur": ("2014-366", (2014, 3, 24)),
    "3ds": ("2022-217", (2022, 2, 21)),
    "sru": ("2000-1208", (2000, 12, 13)),
    "elan": ("2018-1021", (2018, 11, 23)),
    "engagement et proximité": ("2019-1461", (2019, 12, 27)),
    "climat et résilience": ("2021-1104", (2021, 8, 22)),
}

MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)


def code_pattern() -> str:
    """One pattern for every way to name a code; the longest first ("code rural et de…")."""
    words = []
    for code in CODES:
        words += [_write_pattern(code.name), *filter(None, code.others.split("|"))]
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache
def find_code(words: str) -> Code:
    """The code that these words, matched by `code_pattern`, name.

    >>> find_code("code de l'urbanisme").key, find_code("CG3P").name
    ('CU', 'CG3P')
    """
    for code in CODES:
        name = _write_pattern(code.name)
        if re.fullmatch(f"(?:{'|'.join(filter(None, (name, code.others)))})", words, re.I):
            return code
    raise KeyError(words)


def _write_pattern(name):
    return re.escape(name).replace(r"\ ", r"\s+").replace("’", "['’]")
