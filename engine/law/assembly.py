"""Names of the assembly of an intercommunality and of its members, by kind.

CGCT, art. L. 5217-4 (métropole), L. 3631-1 (métropole of Lyon), L. 5219-2 (territories of Paris),
L. 5211-6 (communities).
"""

import re

_ADJECTIVES = {
    "METRO": ("métropolitain", "métropolitaine"),
    "MET69": ("métropolitain", "métropolitaine"),
    "EPT": ("territorial", "territoriale"),
}
_PLURALS = {"territorial": "territoriaux"}
_COMMUNITY = ("communautaire", "communautaire")
_COUNCILS = {"EPT": "conseil de territoire"}
_WORD = re.compile(r"communautaire(s?)\b")


def adjective(kind: str, feminine: bool = False) -> str:
    """`communautaire`, `métropolitaine`…

    :param kind: `CC`, `CA`, `CU`, `METRO`, `MET69` or `EPT`; anything else is a community

    >>> adjective("CU", True), adjective("METRO"), adjective("METRO", True)
    ('communautaire', 'métropolitain', 'métropolitaine')
    """
    return _ADJECTIVES.get(kind, _COMMUNITY)[feminine]


def council_name(kind: str) -> str:
    """The assembly: `conseil métropolitain`, `conseil communautaire`, `conseil de territoire`.

    >>> council_name("METRO"), council_name("CA")
    ('conseil métropolitain', 'conseil communautaire')
    """
    return _COUNCILS.get(kind) or f"conseil {adjective(kind)}"


def suit(text: str, kind: str, feminine: bool = False) -> str:
    """A title written for a community, for an intercommunality of another kind.

    >>> suit("Conseillère communautaire", "METRO", True)
    'Conseillère métropolitaine'
    >>> suit("Conseillers communautaires", "EPT"), suit("Conseiller communautaire", "CC")
    ('Conseillers territoriaux', 'Conseiller communautaire')
    """
    if kind not in _ADJECTIVES:
        return text
    word = adjective(kind, feminine)
    plural = _PLURALS.get(word, f"{word}s")
    return _WORD.sub(lambda found: plural if found[1] else word, text)
