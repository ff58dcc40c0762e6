"""Patterns of legal references: a text is cut into codes, numbered texts and runs of articles."""

import re
from dataclasses import dataclass
from datetime import date

from .texts import MONTHS, NICKNAMES, code_pattern


# In a text that strangers write, spaces without end would take a time without end.
def _compile(pattern, flags=0):
    return re.compile(pattern.replace(r"\s*", r"\s{0,3}").replace(r"\s+", r"\s{1,3}"), flags)


NATURES = {
    "loi": "loi",
    "ordonnance": "ordonnance",
    "decret": "décret",
    "reglement": "règlement",
    "directive": "directive",
    "decision": "décision",
}
_DATE = rf"(?:\d{{1,2}}(?:er)?\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
_NO = r"(?:n\s?[°º]s?|no\.?|num\.|numéro)\s*"
_NUMBER = r"(?:19[4-9]\d|20\d\d|[4-9]\d)-\d{1,4}(?![\w/]|-\d)"
_NATURE = r"lois?|ordonnances?|décrets?(?:-lois?)?|decrets?|ord\.|décr\."
_FULLER = (
    r"organique|constitutionnelle|dite|portant|relati(?:f|ve)|de|d'"
    r"|(?:susvisé|précité|modifié)e?"
)
# "L. n° 2023-1380" is a law, "L. 5211-1" an article; "loi 2023-1380" does without its "n°".
_TEXT = _compile(
    rf"\b(?:(?P<nature>{_NATURE})(?:\s+(?:{_FULLER})\b[^\n.;:()]{{0,60}}?(?=\s(?:du|\(?{_NO})))??"
    rf"(?:\s+du\s+(?P<before>{_DATE})\s*,?)?\s*\(?(?:{_NO})?|L\.?\s?{_NO})"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s*,\s*|\s+et\s+|\s+ou\s+)(?:{_NO})?{_NUMBER}){{0,20}})"
    rf"(?:\s+du\s+(?P<after>{_DATE}))?",
    re.I,
)
_NICKNAME = _compile(rf"\bloi\s+(?:dite\s+)?[«\"“]?\s*(?P<name>{'|'.join(NICKNAMES)})\b", re.I)
_EUROPE = _compile(
    r"\b(?P<nature>règlement|directive|décision)\s+(?:d'exécution\s+|déléguée?\s+)?"
    rf"(?:\((?:UE|CE|CEE|EU)\)\s*(?:{_NO})?(?P<one>\d{{1,4}}/\d{{1,4}})"
    r"|(?P<two>\d{2,4}/\d{1,4})/(?:UE|CE|CEE))(?!\w|/\d)"
    r"|\b(?P<rgpd>RGPD|règlement\s+général\s+sur\s+la\s+protection\s+des\s+données)\b",
    re.I,
)
_CIRCULAR = _compile(
    rf"\b(?:circulaire|instruction)\s+(?:[^\W\d_][^\d\n.;()]{{0,60}}?\s+)?du\s+(?P<day>{_DATE})"
    r"|\bNOR\s*:?\s*(?P<nor>[A-Z]{4}\d{7}[A-Z])\b",
    re.I,
)
_CODE = _compile(rf"(?<!\w)(?:{code_pattern()}|même\s+code)(?!\w)", re.I)
_LETTERED = (
    r"(?<![\w/#-])(?:L\.?\s?O|L\.?\s?P|[LRDA])\.?\s?\*?\s?"
    r"\d{1,4}(?:-[1-9]\d{0,2}){0,6}(?:-[A-Z])?(?!\w|[-/]\d)"
)
_LATIN = r"bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies"
_BARE = (
    r"(?:premier\b|\d{1,4})(?:er)?(?:-\d{1,3}){0,6}(?:\s(?:"
    + _LATIN
    + r")\b)?(?:\s[A-Z](?![\w'.]))?(?!\w|[-/]\d)"
)
_ART = r"\b[Aa]rts?\.?\s*|\b(?:[Aa]rticle|ARTICLE)[sS]?\s*"
_PART = (
    r"(?:\s*,?\s*(?:[IVX]{1,4}(?:\s(?:bis|ter|quater))?|\d{1,2}°|[a-h]\)"
    r"|(?:premier|deuxième|dernier)\s+alinéa)(?!\w))?"
)
_GAP = r"\s*(?:,\s*et\b|,|;|/|\bet\b|\bou\b|\bà\b)\s*(?:de\s+)?(?:l'|les\s+)?"
_RUN = _compile(
    rf"(?:(?P<said>{_ART})(?:{_LETTERED}|{_BARE})|{_LETTERED}){_PART}"
    rf"(?:{_GAP}(?:(?:{_ART})?{_LETTERED}|(?(said){_BARE}|(?!))){_PART}){{0,60}}"
    r"(?P<onwards>\s+et\s+s(?:uivants?|\.|uiv\.))?"
)
_ATOM = _compile(rf"(?P<gap>\bà\s+(?:l')?)?(?:{_ART})?(?P<atom>{_LETTERED}|{_BARE}(?!°))")
_YEAR = re.compile(r"19[5-9]\d|20\d\d")
_SEEN = r"(?:modifié|susvisé|précité)e?s?"
OF = _compile(rf"\s*(?:{_SEEN}\s*)?\(?\s*(?:du|de la|de l'|des|de)?\s*(?:présente?\s)?", re.I)
NEXT = _compile(r"\s*,\s*(?:du|de la|de l'|des)?\s*", re.I)
NOTABLY = _compile(
    rf"\s*(?:,?\s*{_SEEN})?\s*[,:(–—-]?\s*(?:(?:et\s+)?notamment)?\s*(?:en|dans|à|aux?)?\s*"
    r"(?:ses|son|leurs?|les|l')?\s*",
    re.I,
)
# The title of a law, between its number and its article: "…, relative à la vie publique, art. 80".
TITLED = _compile(
    rf"\s*,?\s*(?:{_SEEN}\s*,?\s*)?(?:dite?|portant|relati(?:f|ve)|visant|tendant|pour|d'|de)\b"
    r"[^\n.;:|]{0,150},\s*(?:(?:et\s+)?notamment\s*)?(?:(?:en|dans)\s*)?(?:ses|son)?\s*",
    re.I,
)
OTHER = _compile(r"\s*,?\s*(?:du|de la|de l'|des)\s", re.I)


@dataclass(frozen=True)
class Token:
    """Words of a text: `kind` is `code`, `text` or `run` (of articles)."""

    kind: str
    words: str
    start: int
    end: int
    found: re.Match


@dataclass(frozen=True)
class Article:
    """An article of a run: its number without space ("L5211-9-2", "1609 nonies C")."""

    number: str
    quote: str
    start: int
    last: str = ""
    onwards: bool = False


def plain(text: str) -> str:
    """The text with plain spaces, hyphens and apostrophes, each character in its place."""
    return (text or "").translate(str.maketrans("\u00a0\u202f\u2009\u2011\u2010’ʼ", "   --''"))


def cut(text: str) -> list[Token]:
    """Codes and texts first, then the runs of articles in what is left."""
    tokens = []
    for pattern in (_TEXT, _NICKNAME, _EUROPE, _CIRCULAR, _CODE):
        kind = "code" if pattern is _CODE else "text"
        tokens += [Token(kind, one[0], *one.span(), one) for one in pattern.finditer(text)]
        text = pattern.sub(lambda one: "|" * len(one[0]), text)
    tokens += [Token("run", one[0], *one.span(), one) for one in _RUN.finditer(text)]
    return sorted(tokens, key=lambda token: token.start)


def split_run(token: Token) -> list[Article]:
    """The articles of a run; both ends of "L. 5211-1 à L. 5211-5" are one.

    >>> [run] = cut("articles L. 5211-1 à L. 5211-5 et L.O. 1112-1")
    >>> [(one.number, one.last) for one in split_run(run)]
    [('L5211-1', 'L5211-5'), ('LO1112-1', '')]
    """
    articles: list[Article] = []
    lettered = re.match(_LETTERED, re.sub(f"^(?:{_ART})", "", token.words))
    for atom in _ATOM.finditer(token.words):
        bare = atom["atom"][0] not in "LRDA"
        if bare and lettered:  # "L. 5211-4-1, 2°"
            continue
        number = _number(atom["atom"])
        if atom["gap"] and articles:
            first = articles.pop()
            quote = token.words[first.start - token.start : atom.end()].strip()
            articles.append(Article(first.number, quote, first.start, number))
        else:
            quote, start = atom[0].strip(), token.start + atom.start()
            articles.append(Article(number, quote, start))
    if token.found["onwards"] and articles:
        one = articles.pop()
        articles.append(Article(one.number, f"{one.quote} et suivants", one.start, one.last, True))
    return articles


def text_keys(token: Token) -> list[tuple[str, tuple[int, int, int] | None]]:
    """Texts that a token names, each with its date when the token gives one."""
    found, groups = token.found, token.found.groupdict()
    if groups.get("name"):
        number, day = NICKNAMES[re.sub(r"\s+", " ", found["name"].lower())]
        return [(f"loi:{number}", day)]
    if "nor" in groups:
        if groups["nor"]:
            return [(f"nor:{groups['nor'].upper()}", None)]
        day = read_day(groups["day"])
        return [("circulaire:{:04}-{:02}-{:02}".format(*day), day)] if day else []
    if "rgpd" in groups:
        return [(_european_key(found), None)]
    kind = _nature(groups["nature"] or "loi")
    numbers = re.findall(_NUMBER, found["numbers"])
    day = read_day(groups["after"] or groups["before"]) if len(numbers) == 1 else None
    return [(f"{kind}:{number}", day) for number in numbers]


def read_day(words: str | None) -> tuple[int, int, int] | None:
    """A day written in French; nothing when it is none.

    >>> read_day("1er mars 2024"), read_day("30/12/2023"), read_day("31 février 2024")
    ((2024, 3, 1), (2023, 12, 30), None)
    """
    parts = re.split(r"[/\s]+", (words or "").lower())
    if len(parts) != 3:
        return None
    day, month, year = parts
    months = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    try:
        found = date(int(year), months, int(day.removesuffix("er")))
    except ValueError:
        return None
    return found.year, found.month, found.day


def write_day(day: tuple[int, int, int]) -> str:
    """
    >>> write_day((2023, 12, 30)), write_day((2024, 3, 1))
    ('30 décembre 2023', '1er mars 2024')
    """
    year, month, number = day
    return f"{'1er' if number == 1 else number} {MONTHS[month - 1]} {year}"


def rank(number: str) -> tuple[str, list[int]]:
    """The letters of an article and its numbers, to compare articles of one code.

    >>> rank("L5211-9-2") < rank("L5211-10")
    True
    """
    letters, rest = re.fullmatch(r"([A-Z]*)(.*)", number).groups()
    return letters, [int(part) for part in re.findall(r"\d+", rest)]


def _number(words):
    words = re.sub(r"(?<=\d)er\b", "", words).replace("premier", "1")
    if words[0].isdigit():
        return re.sub(r"\s+", " ", words)
    return re.sub(r"[.\s*]", "", words)


def _nature(words):
    words = words.lower()
    for kind, start in (("ordonnance", "ord"), ("decret", "d"), ("loi", "l")):
        if words.startswith(start):
            return kind
    raise ValueError(words)


def _european_key(found):
    """Year, then number: "(UE) n° 1303/2013" is 2013/1303, "92/43/CEE" is 1992/43."""
    if found["rgpd"]:
        return "ue:reglement:2016/679"
    nature = {"r": "reglement", "d": "directive"}[found["nature"][0].lower()]
    if found["nature"].lower().startswith("déc"):
        nature = "decision"
    one, two = (found["one"] or found["two"]).split("/")
    if found["one"] and _YEAR.fullmatch(two) and not _YEAR.fullmatch(one):
        one, two = two, one
    year = f"19{one}" if len(one) == 2 else one
    return f"ue:{nature}:{year}/{two}"
