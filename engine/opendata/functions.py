"""Functions of elected officials: the labels of the RNE and the codes of the product."""

import re
from functools import lru_cache

from ..text import words
from .titles import ordinal

MUNICIPAL = frozenset(
    "mayor deputy_mayor delegated_mayor arrondissement_mayor delegated_councillor"
    " councillor".split()
)
COMMUNITY = frozenset("president vice_president bureau_member community_councillor".split())
# A person holds one of these at a time in a council; the others can be held besides.
EXCLUSIVE = COMMUNITY | {"mayor", "deputy_mayor", "delegated_councillor", "councillor"}
RANKED = frozenset({"deputy_mayor", "vice_president"})
PLAIN = frozenset({"councillor", "community_councillor"})
BASE = {"mayor": "mayor", "municipal": "councillor", "community": "community_councillor"}

_NOTHING = frozenset(
    "neant aucun aucune sans fonction nc non renseigne renseignee null none nan".split()
)
_PAST = frozenset("ancien ancienne honoraire sortant sortante".split())
_SHARED = frozenset("de du des la le les l d au aux a en et premier".split())
_MAYOR_WORDS = _SHARED | frozenset("maire commune ville nouvelle madame monsieur m mme".split())
_COUNCIL_WORDS = _SHARED | frozenset(
    "conseiller municipal commune ville paris simple autre membre conseil arrondissement".split()
)
_ASSEMBLY_WORDS = _SHARED | frozenset(
    "conseil communautaire communaute commune agglomeration metropole metropolitain"
    " metropolitaine urbaine urbain epci president conseiller delegue assemblee membre"
    " intercommunalite intercommunal ept territoire etablissement public territorial simple"
    " autre".split()
)
_FEMININE = {
    "adjointe": "adjoint",
    "conseillere": "conseiller",
    "presidente": "president",
    "vicepresidente": "vicepresident",
    "deleguee": "delegue",
    "associee": "associe",
    "municipale": "municipal",
    "premiere": "premier",
}
_RANK = re.compile(r"^(\d{1,2})(?:er|ere|re|e|eme|ieme|nd|nde|o)?$")


def family(function: str) -> str:
    """“municipal”, “community”, or “” for a function that the RNE does not know."""
    if function in MUNICIPAL:
        return "municipal"
    return "community" if function in COMMUNITY else ""


@lru_cache(maxsize=1024)
def parse_function(label: str, kind: str) -> tuple[str, int, bool]:
    """Read the function label of a row.

    :param kind: kind of the file (`mayor`, `municipal` or `community`)
    :return: function code, rank (0 for none), whether the label was understood; a label that
        was not gives the plain function of the kind
    """
    tokens = words(label)
    if not tokens or _NOTHING.issuperset(tokens):
        return BASE[kind], 0, True
    rank, tokens = _take_rank(tokens)
    singular = {_singular(token) for token in tokens}
    read = _community if kind == "community" else _municipal
    code, known = (None, False) if singular & _PAST else read(singular)
    if code is None:
        return BASE[kind], 0, False
    return code, rank if code in RANKED else 0, known


def _singular(token: str) -> str:
    token = token[:-1] if token.endswith("s") and len(token) > 3 else token
    return _FEMININE.get(token, token)


def _municipal(tokens: set[str]) -> tuple[str | None, bool]:
    code = None
    if "adjoint" in tokens:
        code = "deputy_mayor"
    elif "maire" in tokens:
        if "arrondissement" in tokens:
            code = "arrondissement_mayor"
        elif tokens & {"delegue", "associe"}:
            code = "delegated_mayor"
        elif tokens <= _MAYOR_WORDS:
            code = "mayor"
    elif "conseiller" in tokens and tokens & {"delegue", "delegation"}:
        code = None if "communautaire" in tokens else "delegated_councillor"
    elif tokens & {"conseiller", "municipal"} and tokens <= _COUNCIL_WORDS:
        code = "councillor"
    return code, code is not None


def _community(tokens: set[str]) -> tuple[str | None, bool]:
    if "vicepresident" in tokens or {"vice", "president"} <= tokens or "vp" in tokens:
        return "vice_president", True
    if "bureau" in tokens:
        return "bureau_member", True
    if tokens <= _ASSEMBLY_WORDS:
        if "president" in tokens:
            return "president", True
        if tokens & {"conseiller", "communautaire", "metropolitain", "delegue"}:
            # A delegation granted by the council looks the same: the result is uncertain.
            return "community_councillor", not {"conseiller", "delegue"} <= tokens
    return None, False


def _take_rank(tokens: list[str]) -> tuple[int, list[str]]:
    """The rank written in a label, in figures or in words, and the other words."""
    for index, token in enumerate(tokens):
        match = _RANK.match(token)
        if match:
            return int(match[1]), tokens[:index] + tokens[index + 1 :]
    text = " ".join(tokens)
    for phrase, number in _ordinals():
        if text.startswith(phrase + " ") or text.endswith(" " + phrase):
            return number, text.replace(phrase, "", 1).split()
    return 0, tokens


@lru_cache(maxsize=1)
def _ordinals() -> list[tuple[str, int]]:
    """Folded ordinals from the longest, so that “vingt et unième” is not read as “unième”."""
    found = {"second": 2, "seconde": 2}
    for number in range(1, 100):
        for feminine in (False, True):
            found[" ".join(words(ordinal(number, feminine)))] = number
    return sorted(found.items(), key=lambda item: -len(item[0]))
