"""References to the law as people write them: found in a text, each with its key and its link.

A key is one for all ways of writing ("CGCT:L5211-9-2", "decret:2006-781:28",
"ue:reglement:2016/679"); a text of which an article is known has the article after its key. What
is not sure gives nothing: a bare "L. 153-36" without its code, a number without "n°" or nature.
"""

import re
from dataclasses import dataclass

from . import reference_patterns
from .links import build_link
from .texts import CODES, NICKNAMES, find_code

NBSP = "\u00a0"
_FIGURES = {code.key: code.figures for code in CODES}
_RGPD = "ue:reglement:2016/679"
_NAMES = {code.key: code.name for code in CODES}


@dataclass(frozen=True)
class Reference:
    """One reference of a text.

    :param key: what it names, one for all ways of writing
    :param label: as a careful civil servant writes it
    :param link: page of the text or of its search, see `links.py`
    :param quote: the words of the text that hold the reference
    :param start: where they start
    :param last: key of the last article of a range ("L. 5211-1 à L. 5211-5"), else empty
    :param onwards: "et suivants"
    """

    key: str
    label: str
    link: str
    quote: str
    start: int
    last: str = ""
    onwards: bool = False


def find_references(text: str, default: str = "CGCT", once: bool = True) -> list[Reference]:
    """The references of a text, in order, each key once.

    :param default: code of an article quoted alone, when the first number has the four figures
        of this code; empty: such an article is left out

    :param once: False: each time that it is written

    >>> text = "loi n° 2023-1380 du 30 décembre 2023 ; art. L. 5211-9-2 CGCT"
    >>> [found.key for found in find_references(text)]
    ['loi:2023-1380', 'CGCT:L5211-9-2']
    >>> [found.key for found in find_references("art. 28 du décret n° 2006-781")]
    ['decret:2006-781:28']
    >>> find_references("Appeler le 03 87 20 10 00 avant le 12/01/2026, 5211 euros")
    []
    """
    text = reference_patterns.plain(text)
    tokens = reference_patterns.cut(text)
    owners = _get_owners(text, tokens)
    found = [*_read_articles(tokens, owners, default), *_read_texts(tokens, owners)]
    found.sort(key=lambda one: one.start)
    if not once:
        return found
    kept: dict[tuple, Reference] = {}
    for one in found:
        kept.setdefault((one.key, one.last, one.onwards), one)
    return list(kept.values())


def touches(changed: str, cited: Reference) -> bool:
    """Whether what changed is what a text cites.

    A text that changed touches those that cite one of its articles; an article that changed, those
    that cite the whole text. A range touches what it spans; "et suivants", the articles that share
    all but the last number, from there on.

    >>> [cited] = find_references("articles L. 5211-1 à L. 5211-5 du CGCT")
    >>> touches("CGCT:L5211-3", cited), touches("CGCT:L5211-6", cited)
    (True, False)
    """
    if changed == cited.key or changed == cited.last:
        return True
    if ":" in changed and (
        cited.key.startswith(f"{changed}:") or changed.startswith(f"{cited.key}:")
    ):
        return True
    return _spans(cited, changed)


def needles(key: str) -> list[str]:
    """Short strings for a database search; any text that cites this key holds one of them.

    Case does not count; `_` matches any character. The text itself is parsed afterwards.

    >>> needles("CGCT:L5211-9-2"), needles("loi:2015-991"), needles("decret:2006-781:28")
    (['5211'], ['2015_991', 'notre'], ['2006_781'])
    """
    kind, *rest = key.split(":")
    if kind in _NAMES:
        return [re.search(r"\d+", rest[0])[0]]
    if kind == "ue":
        year, number = rest[1].split("/")
        short = [f"{year[2:]}/{number}"] if year < "1999" else []
        names = ["rgpd", "protection_des_donn"] if key.startswith(_RGPD) else []
        return [f"{year}/{number}", f"{number}/{year}", *short, *names]
    if kind == "circulaire" and re.fullmatch(r"\d{4}-\d\d-\d\d", rest[0]):
        return ["circulaire", "instruction"]
    names = [name for name, (number, _day) in NICKNAMES.items() if number == rest[0]]
    return [rest[0].replace("-", "_"), *names]


def read_key(key: str) -> Reference:
    """The reference of a key alone: its label and link (the day of a text is not in its key).

    >>> read_key("CGCT:L5211-9-2").label.replace(chr(160), " ")
    'CGCT, art. L. 5211-9-2'
    """
    return Reference(key, _write_label(key, None), build_link(key), "", 0)


def _get_owners(text, tokens):
    """Code or text of the articles of each run: the one after them, else the one before."""
    owners, before, code = {}, None, ""
    runs = []
    for token in [*tokens, None]:
        if token and token.kind == "run":
            runs.append((token, before, code))
            continue
        for run, former, named in runs:
            owner = _choose_owner(text, run, former, token)
            owners[run] = (owner, _read_code(owner, named))
        runs = []
        before, code = token, _read_code(token, code) or code
    return owners


def _choose_owner(text, run, before, after):
    follows = text[run.end : after.start][:40] if after else "."
    precedes = text[before.end : run.start] if before else "."
    if reference_patterns.OF.fullmatch(follows):
        return after
    if reference_patterns.NOTABLY.fullmatch(precedes[:60]):
        return before
    is_of_another = reference_patterns.OTHER.match(text[run.end : run.end + 10])
    if (
        before
        and before.kind == "text"
        and not is_of_another
        and reference_patterns.TITLED.fullmatch(precedes)
    ):
        return before
    return after if reference_patterns.NEXT.fullmatch(follows) else None


def _read_code(token, named):
    """The code that a token names; "du même code": the last one named."""
    if not token or token.kind != "code":
        return ""
    return named if token.words.lower().startswith("même") else find_code(token.words).key


def _read_articles(tokens, owners, default):
    for run in tokens:
        if run.kind == "run":
            owner, code = owners[run]
            for article in reference_patterns.split_run(run):
                key, day = _get_article_key(article, owner, code, default)
                if key:
                    yield _make_article(key, day, article)


def _get_article_key(article, owner, code, default):
    """The key of an article and the day of its text; nothing when its owner is not sure."""
    if owner and owner.kind == "text":
        keys = reference_patterns.text_keys(owner)
        return (f"{keys[0][0]}:{article.number}", keys[0][1]) if len(keys) == 1 else ("", None)
    known = re.match(r"(?:LO|LP|[LRD])([1-7]\d{3})-", article.number)
    if not owner and known and _FIGURES.get(default) == 4:
        code = default
    return (f"{code}:{article.number}" if code else ""), None


def _make_article(key, day, article):
    last = f"{key.removesuffix(article.number)}{article.last}" if article.last else ""
    label = _write_label(key, day)
    link = build_link(key, day)
    quote = article.quote
    return Reference(key, label, link, quote, article.start, last, article.onwards)


def _read_texts(tokens, owners):
    """Laws, decrees, regulations… quoted without an article."""
    owned = {owner for owner, _code in owners.values()}
    for token in tokens:
        if token.kind == "text" and token not in owned:
            for key, day in reference_patterns.text_keys(token):
                label = _write_label(key, day)
                yield Reference(key, label, build_link(key, day), token.words, token.start)


def _write_label(key, day):
    kind, number, *rest = key.split(":")
    if kind in _NAMES:
        letters, figures = re.fullmatch(r"(LO|LP|[LRDA])?(.+)", number).groups()
        letter = {"LO": "L.O.", "LP": "L.P.", None: ""}.get(letters, f"{letters}.")
        return f"{_NAMES[kind]}, art.{NBSP}{letter}{NBSP if letter else ''}{figures}"
    if kind == "ue":
        label, rest = _label_european(number, rest[0]), rest[1:]
    elif kind == "circulaire":
        label = f"circulaire du {reference_patterns.write_day(tuple(map(int, number.split('-'))))}"
    elif kind == "nor":
        label = f"texte NOR{NBSP}{number}"
    else:
        dated = f" du {reference_patterns.write_day(day)}" if day else ""
        label = f"{reference_patterns.NATURES[kind]} n°{NBSP}{number}{dated}"
    return f"{label}, art.{NBSP}{rest[0]}" if rest else label


def _label_european(nature, number):
    """Since 2015 the year comes first for all; a regulation of before has its number first. The
    letters follow its date, within a year: CEE until 1993, CE until 2009.

    >>> _label_european("directive", "2000/60"), _label_european("reglement", "2016/679")
    ('directive 2000/60/CE', 'règlement (UE) 2016/679')
    """
    year, rank = number.split("/")
    name = reference_patterns.NATURES[nature]
    of = "CEE" if year < "1994" else "CE" if year < "2010" else "UE"
    if int(year) >= 2015:
        return f"{name} (UE) {number}"
    if nature == "reglement":
        return f"{name} ({of}) n°{NBSP}{rank}/{year}"
    # References of the last century write the year with two digits.
    return f"{name} {number.removeprefix('19') if year < '1999' else number}/{of}"


def _spans(cited, changed):
    """Whether a range or "et suivants" includes this article."""
    owner, _colon, number = changed.rpartition(":")
    start, _colon, first = cited.key.rpartition(":")
    if owner != start or not (cited.last or cited.onwards):
        return False
    (letter, wanted), (same, first) = (
        reference_patterns.rank(number),
        reference_patterns.rank(first),
    )
    if letter != same or wanted < first:
        return False
    if cited.last:
        return wanted <= reference_patterns.rank(cited.last.rpartition(":")[2])[1]
    return wanted[: len(first) - 1] == first[:-1]
