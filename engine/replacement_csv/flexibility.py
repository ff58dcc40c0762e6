"""Other days that a commune accepts, read in a sentence of the register.

A sentence is no order. A half-day is accepted when each word of its clause is known to accept;
a clause with any other word, a denial as well as a doubt, refuses the half-days that it names, and
the whole text accepts nothing when such a clause names none. What is refused is not accepted
elsewhere. Hence no list of denials, of which there would always be one more.
"""

import re

from ..staffing import AM, PM, Pattern
from ..text import flat
from .days import DAYS

_WEEK = range(5)
_YES = frozenset(
    "acceptable acceptables accepte acceptee acceptees acceptes acceptons accord conviendrait"
    " convient conviennent ok oui possible possibles".split()
)
_SMALL = frozenset(
    "a au aussi autre autres chaque d de des du egalement en et est jour jours l la le les merci"
    " nous on ou semaine seulement sont tous toute uniquement".split()
)
_ARTICLES = frozenset("d de du en l la le les".split())
_HALVES = {"matin": (AM,), "matinee": (AM,), "apm": (PM,), "journee": (AM, PM)}
_NAMES = {name: number for number, day in enumerate(DAYS) for name in (day, day + "s", day[:3])}
_DAY = "|".join(_NAMES)
_SENTENCE = re.compile(r"[.;!\n]|\bmais\b|\bpar contre\b|\ben revanche\b")
_EXCEPTION = r"(?:sauf|hors|hormis|exceptee?s?|a l exception|a part|en dehors)\b"
_EXCEPT = re.compile(_EXCEPTION)
_CLAUSE = re.compile(rf"[,:()]|(?=\b{_EXCEPTION})")
# Expressions of several words, replaced by one.
_REWRITES = tuple(
    (re.compile(expression), to)
    for expression, to in (
        (r"\b(lun|mar|mer|jeu|ven|sam|dim)\.", r"\1"),
        (r"apres[ -]midi", "apm"),
        (
            r"\b(?:tous les jours|toute la semaine|n'importe quel jour|peu importe le jour)\b",
            "lun~ven",
        ),
        (rf"\b({_DAY}) (?:au|a) ({_DAY})\b", r"\1~\2"),
        (rf"\b({_DAY}) ?[–—-] ?({_DAY})\b", r"\1-\2"),
        (r"\b(matin|matinee|journee|apm)s\b", r"\1"),
        (r"[+/&']", " "),
    )
)


def read_flexibility(text: str, pattern: Pattern) -> Pattern | None:
    """Other days of the week that the commune accepts instead of those asked.

    `mercredi-jeudi acceptés` names two days when two are asked, a range of days otherwise. A day
    without its half takes the halves of the day that it may replace.

    >>> asked = Pattern(frozenset({(0, "am")}))
    >>> read_flexibility("mardi accepté, pas le mercredi", asked).weekly
    frozenset({(1, 'am')})
    >>> read_flexibility("nous fermons le mercredi", asked)

    :return: None when the text accepts nothing
    """
    text = "\n".join(map(flat, text.splitlines()))
    for expression, to in _REWRITES:
        text = expression.sub(to, text)
    accepted: dict[int, set[str]] = {}
    refused: set[tuple[int, str]] = set()
    count = len({day for day, _half in pattern.weekly})
    for sentence in _SENTENCE.split(text):
        if not _read_sentence(sentence, count, accepted, refused):
            return None
    return _matched(accepted, refused, pattern)


def _read_sentence(sentence: str, count: int, accepted: dict, refused: set) -> bool:
    """Add what a sentence accepts and refuses; False: nothing can be accepted at all."""
    denied, bare = False, []
    for clause in filter(str.strip, _CLAUSE.split(sentence)):
        words = clause.split()
        excepts = bool(_EXCEPT.match(clause.strip()))
        if not excepts and all(_is_known(word) for word in words):
            named = _accepted_days(words, count)
            if _YES.isdisjoint(words):
                bare.append((named, denied))
            else:
                _add(accepted, named)
            continue
        found = _refused_half_days(words)
        if not found:
            return False
        refused |= found
        # Days beside a denial may be denied with it; before an exception they are accepted.
        denied = True
        if not excepts:
            bare = [(named, True) for named, _denied in bare]
    for named, is_denied in bare:
        if is_denied:
            refused.update((day, half) for day in named for half in (AM, PM))
        else:
            _add(accepted, named)
    return True


def _is_known(word: str) -> bool:
    return word in _YES or word in _SMALL or word in _HALVES or bool(_days(word))


def _days(word: str) -> list[int]:
    """The days of `mardi` or of the range `lun~ven`."""
    first, _sign, last = word.replace("-", "~").partition("~")
    if first not in _NAMES or (last and last not in _NAMES):
        return []
    begin = _NAMES[first]
    length = (_NAMES[last] - begin) % 7 if last else 0
    return [(begin + step) % 7 for step in range(length + 1)]


def _accepted_days(words: list[str], count: int) -> dict[int, set[str]]:
    """Day -> halves, empty when not given; a half applies to all the days before it."""
    named: dict[int, set[str]] = {}
    group: list[int] = []
    first: set[str] = set()
    is_closed = False
    for word in words:
        days = _days(word)
        if "-" in word and len(days) != count:
            days = [days[0], days[-1]]
        if days:
            group = days if is_closed else group + days
            is_closed = False
            for day in days:
                named.setdefault(day, set()).update(first)
        elif word in _HALVES:
            is_closed = bool(group)
            first.update(() if is_closed else _HALVES[word])
            for day in group:
                named[day].update(_HALVES[word])
    return named or {day: set(first) for day in _WEEK if first}


def _refused_half_days(words: list[str]) -> set[tuple[int, str]]:
    """A half right behind a day is its own; the day is refused whole otherwise."""
    words = [word for word in words if word not in _ARTICLES]
    found: set[tuple[int, str]] = set()
    before: list[int] = []
    for word, behind in zip(words, [*words[1:], ""], strict=True):
        if word in _HALVES and not before:
            found.update((day, half) for day in range(7) for half in _HALVES[word])
        before = _days(word)
        found.update((day, half) for day in before for half in _HALVES.get(behind, (AM, PM)))
    return found


def _add(accepted: dict, named: dict):
    for day, halves in named.items():
        accepted.setdefault(day, set()).update(halves)


def _matched(accepted: dict, refused: set, pattern: Pattern) -> Pattern | None:
    """Half-days accepted: named for each day, else taken from the day replaced."""
    named = [day for day in accepted if not {(day, AM), (day, PM)} <= refused]
    asked = [pattern.halves(day) for day in sorted({day for day, _half in pattern.weekly})]
    usual = asked or [(AM, PM)]
    if len(usual) != len(named):
        usual = [max(usual, key=len)] * len(named)
    found = {
        (day, half)
        for day, halves in zip(named, usual, strict=True)
        for half in accepted[day] or halves
    }
    return Pattern(frozenset(found - refused)) if found - refused else None
