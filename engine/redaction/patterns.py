"""What is recognised without being known: numbers, addresses, "Mme" followed by a name."""

import re
from collections.abc import Iterator

from .ambiguous_names import plain
from .known_names import Passage

CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
# Every repetition has a bound: whatever a text holds, it is read in one pass.
NAME = rf"{CAPITAL}(?:\.|[\w’'‐‑-]{{0,80}}\w)?"
PARTICLE = r"(?:de\ la|de|du|des|le|la|d['’]|l['’]|von|van)"
SPACE = r"[ \u00a0\u202f]"
SPACES, SOME = SPACE + "{1,9}", SPACE + "{0,9}"
CIVILITY = (
    r"(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Messieurs|Mesdames|Maître|Me"
    r"|Docteur|Dr|famille|Famille|consorts|époux)"
)
STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|place|impasse|allée|allées|chemin|route|quai|cours|square"
    r"|passage|ruelle|sente|sentier|lotissement|résidence|faubourg|venelle|clos|esplanade)"
)
SECTION = rf"[Ss]ections?{SPACES}[A-Z0-9]{{1,2}}"
PLOT = rf"(?:[A-Z]{{1,2}}{SPACE}?)?(?:n°s?{SPACE}?)?\d{{1,5}}"
# What may follow a civility without being a name.
TITLES = frozenset(
    """
    maire maires president presidente presidents prefet prefete sous adjoint adjointe adjoints
    conseiller conseillere conseillers ministre directeur directrice secretaire senateur senatrice
    depute deputee vice je vous nous le la les il elle en suite pour votre notre merci
    """.split()
)

PATTERNS = {
    "email": re.compile(r"[\w.+’'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}"),
    "phone": re.compile(
        r"(?<![\w/])(?:(?:\+|00)[ .\u00a0]?\d{2,3}[ .\u00a0]?(?:\(0\)[ .\u00a0]?)?[1-9]|0[1-9])"
        r"(?:[ .\u00a0\u202f/-]?\d{2}){4}(?!\d)"
    ),
    "plate": re.compile(r"\b[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b"),
    "parcel": re.compile(
        rf"\b(?:{SECTION}{SOME},?{SOME})?[Pp]arcelles?{SPACES}(?:cadastrée?s?{SPACES})?"
        rf"(?:{SECTION}{SOME},?{SOME})?{PLOT}"
        rf"(?:(?:{SOME},{SOME}|{SPACES}et{SPACES}){PLOT}){{0,50}}"
        rf"|\b{SECTION}{SOME},?{SOME}(?:n°s?|numéros?){SOME}\d{{1,5}}"
        rf"|\b[A-Z]{{2}}{SPACE}n°{SPACE}?\d{{1,5}}\b"
    ),
    "address": re.compile(
        rf"\b\d{{1,4}}(?:{SPACE}?(?:bis|ter|quater|[A-Fa-f]))?{SOME},?{SPACES}(?i:{STREET})\b"
        rf"(?:{SPACES}(?:de{SPACE}la|de|du|des|le|la|les|à|aux?)(?={SPACE})"
        rf"|{SPACES}(?:de{SPACE})?[dlDL]['’]){{0,5}}"
        rf"{SOME}[\w’'‐‑-]{{1,80}}"
        rf"(?:{SPACES}(?:{PARTICLE}{SOME})?{CAPITAL}[\w’'‐‑-]{{0,80}}){{0,8}}"
    ),
}
AFTER_CIVILITY = re.compile(
    rf"\b(?P<civility>{CIVILITY}){SPACES}"
    rf"(?P<name>(?:{PARTICLE}{SOME})?{NAME}(?:{SPACES}(?:{PARTICLE}{SOME})?{NAME}){{0,10}})"
)


def find_patterns(text: str) -> Iterator[Passage]:
    """Passages that have the form of personal data."""
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield Passage(match.start(), match.end(), kind)
    yield from _find_after_civility(text)


def _find_after_civility(text: str) -> Iterator[Passage]:
    for match in AFTER_CIVILITY.finditer(text):
        first = re.split(r"[\s\u00a0\u202f-]", match.group("name"))[0]
        if plain(first) not in TITLES:
            yield Passage(match.start("name"), match.end("name"), "person")
