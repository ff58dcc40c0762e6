"""Articles of codes, always quoted the same way: `CGCT, art. L. 5211-4-2`."""

import re

_NBSP = "\u00a0"
# The number of a request looks like an article (D2026-0012): it has four figures after the hyphen.
_ARTICLE = re.compile(
    r"(?<![\w/#-])([LRD])(?:\.[ \u00a0\u202f]?|[ \u00a0\u202f])?(\d{3,4}(?:-\d{1,3})+)(?![\w])"
)
_ABBREVIATION = re.compile(r"\bart\.[ \u202f](?=[\dLRD])")
# “CGCT, L. 2121-20” lacks its “art.”; “aux articles L. …” and “L. … du CGCT” do not.
_BARE = re.compile(
    r"(CGCT|[Cc]ode général des collectivités territoriales|[Cc]ode de la commande publique)"
    r",?[ \u00a0](?=[LRD]\.\u00a0\d)"
)
# A visa that quotes one code; one that quotes two stays as it is.
_VISA = re.compile(
    r"Vu le (code (?:(?!notamment).)+), notamment (?:son article|ses articles)"
    r" ((?:(?!notamment).)+),"
)
_LIST = re.compile(r", | et (?![^()]*\))")
_CODES = {"CCP": "code de la commande publique"}
_DEFAULT = "CGCT"


def cite(text: str) -> str:
    """A text whose articles have “art.” and a point before them, and spaces that do not break.

    >>> cite("CGCT, art. L5211-4-2 et D.5211-16").replace(chr(160), "~")
    'CGCT, art.~L.~5211-4-2 et D.~5211-16'
    >>> cite("Demande D2026-0012")
    'Demande D2026-0012'
    """
    text = _ARTICLE.sub(rf"\1.{_NBSP}\2", text or "")
    text = _BARE.sub(rf"\1, art.{_NBSP}", text)
    return _ABBREVIATION.sub(f"art.{_NBSP}", text)


def article(code: str) -> str:
    """Quote the code of a legal basis with its law, the CGCT by default.

    >>> article("L5211-4-2").replace(chr(160), " "), article("CCP L2113-6").replace(chr(160), " ")
    ('CGCT, art. L. 5211-4-2', 'code de la commande publique, art. L. 2113-6')
    >>> article("Délibération du conseil")
    'Délibération du conseil'
    """
    law, _space, number = (code or "").rpartition(" ")
    if not _ARTICLE.fullmatch(number):
        return cite(code)
    return cite(f"{_CODES.get(law, law) or _DEFAULT}, art. {number}")


def collect(visas: list[str]) -> list[str]:
    """The visas of several texts: each code once, with all its articles.

    >>> code = "Vu le code de X, notamment "
    >>> collect([code + "son article L. 5211-4-2,", code + "ses articles L. 5215-27 et L. 5217-7,"])
    ['Vu le code de X, notamment ses articles L. 5211-4-2, L. 5215-27 et L. 5217-7,']
    """
    found: dict[str, list[str]] = {}
    whole: dict[str, str] = {}
    for visa in visas:
        known = _VISA.fullmatch(visa.strip())
        code = known[1] if known else visa
        found.setdefault(code, []).extend(_LIST.split(known[2]) if known else [])
        whole[code] = visa if code not in whole or whole[code] == visa else ""
    return [whole[code] or _write_visa(code, found[code]) for code in found]


def _write_visa(code: str, articles: list[str]) -> str:
    *first, last = dict.fromkeys(articles)
    listed = f"{', '.join(first)} et {last}" if first else last
    which = "ses articles" if first or " à " in last else "son article"
    return f"Vu le {code}, notamment {which} {listed},"
