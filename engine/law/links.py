"""Links to the official texts, built from a key: nothing is fetched.

Of a law, an ordinance or a decree whose day is known: its ELI by number, the form that the
Journal officiel prints at the foot of each text (…/eli/decret/2023/10/9/2023-931/jo/texte). Of a
European text: its ELI at EUR-Lex. An article of a code has no address made of its number: the
search of Légifrance, by words; that search is an address of use, not a promise of the site.
"""

from urllib.parse import quote_plus

from .texts import CODES

_SITE = "https://www.legifrance.gouv.fr"
_EUROPE = "https://eur-lex.europa.eu/eli"
_FULL_NAMES = {
    "CGCT": "code général des collectivités territoriales",
    "CGFP": "code général de la fonction publique",
    "CGPPP": "code général de la propriété des personnes publiques",
    "CGI": "code général des impôts",
    "CRPA": "code des relations entre le public et l'administration",
    "CASF": "code de l'action sociale et des familles",
}
_CODES = {code.key: _FULL_NAMES.get(code.key, code.name.replace("’", "'")) for code in CODES}
_ELI = {"loi": "loi", "ordonnance": "ordonnance", "decret": "decret"}
_EUROPEAN = {"reglement": "reg", "directive": "dir", "decision": "dec"}


def build_link(key: str, day: tuple[int, int, int] | None = None) -> str:
    """The page of a text, or of its search.

    :param day: (year, month, day) of its signature, when it is known

    >>> build_link("loi:2023-1380", (2023, 12, 30))
    'https://www.legifrance.gouv.fr/eli/loi/2023/12/30/2023-1380/jo/texte'
    >>> build_link("CU:L153-36")[:64]
    'https://www.legifrance.gouv.fr/search/code?tab_selection=code&se'
    >>> build_link("ue:reglement:2016/679")
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj'
    """
    kind, number, *rest = key.split(":")
    if kind == "ue":
        return f"{_EUROPE}/{_EUROPEAN[number]}/{rest[0]}/oj"
    if kind in _CODES:
        return _search("code", f"article {number} {_CODES[kind]}")
    if kind in _ELI and day:
        part = f"article_{rest[0]}" if rest and rest[0].isdigit() else "texte"
        year, month, date = day
        return f"{_SITE}/eli/{_ELI[kind]}/{year}/{month}/{date}/{number}/jo/{part}"
    if kind in _ELI:
        return _search("all", number)
    return _search("circ" if kind == "circulaire" else "all", number)


def _search(tab, query):
    words = quote_plus(query)
    return f"{_SITE}/search/{tab}?tab_selection={tab}&searchField=ALL&query={words}"
