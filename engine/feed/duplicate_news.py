"""Duplicates among news sources: one page, one text of law, or nearly the same title.

Measured on the 21 texts of two real feeds of Légifrance (competitions of management centres, whose
titles differ by a name or a day): no false duplicate; see
`tests/engine/test_feed_duplicate_news.py`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable
from datetime import timedelta

from ..text import flat, words
from .entries import identity
from .model import Entry

# Days within which two sources speak of one text, or give one title.
TEXT_DAYS, NEAR_DAYS = 45, 10
# Words that both have, at least, and part of the longer title that the shorter has.
FEWEST, SHARE = 4, 0.7
_STOP = frozenset(
    "a au aux avec c ce ces cette d dans de des du en et il l la le les leur leurs ou par pour qu"
    " que qui s sa se ses son sous sur un une y est n no".split()
)
# One more of these words and it is another text, or the contrary.
_SIGNIFICANT = frozenset(
    "projet proposition avis rapport question reponse modifiant modifie abrogeant abroge retirant"
    " rectificatif annule annulation suspend suspension rejet rejette rejete refuse report reporte"
    " pas non sans contre fin application decret loi arrete circulaire ordonnance".split()
)
_TEXT = re.compile(
    r"^(?:publication (?:de l'|de la |du )|l'|la |le |une |un )?"
    r"(loi|decret|ordonnance|arrete|circulaire|instruction)(?: organique| constitutionnelle)?"
    r" (?:n ?[°o]s? ?)?(\d{2,4}-\d{1,5})\b"
)


def text_key(title: str) -> str:
    """The text of law that a title is about, when it starts by it; else nothing.

    >>> text_key("LOI n°2023-1380 du 18 décembre 2023"), text_key("La loi nº 2023-1380 est parue")
    ('loi 2023-1380', 'loi 2023-1380')
    >>> text_key("Décrets d’application de la loi n° 2023-1380")
    ''
    """
    found = _TEXT.match(flat(title)[:120])
    return f"{found[1]} {found[2]}" if found else ""


def _get_title_words(title: str) -> dict[str, bool]:
    """The folded words of a title, and whether each is written as a name."""
    found: dict[str, bool] = {}
    for number, word in enumerate(re.findall(r"\w+", title.replace("’", " ").replace("'", " "))):
        for part in words(word):
            part = part[:-1] if len(part) > 3 and part[-1] in "sx" else part
            if part not in _STOP:
                found.setdefault(part, number > 0 and word[:1].isupper())
    return found


def is_near(one: str, other: str) -> bool:
    """Whether two titles mean the same: one has all the words of the other, and few more.

    >>> is_near("Statut de l’élu local : la loi est publiée", "Statut de l'élu local, loi publiée")
    True
    >>> is_near("Concours du centre de gestion du Gard", "Concours du centre de gestion de l’Oise")
    False
    >>> is_near("Loi relative au statut de l’élu local", "Projet de loi relatif au statut de l'élu")
    False
    """
    short, long = sorted((_get_title_words(one), _get_title_words(other)), key=len)
    if len(short) < FEWEST or short.keys() - long.keys() or len(short) < SHARE * len(long):
        return False
    more = long.keys() - short.keys()
    return not any(
        word in _SIGNIFICANT or long[word] or any(map(str.isdigit, word)) for word in more
    )


class Known:
    """News already kept, in which a new entry is looked for.

    >>> known = Known()
    >>> known.add(7, Entry("Loi n° 2026-12 sur l’eau", "https://a.fr/1"), {"a"})
    >>> known.find(Entry("La loi n°2026-12 est au Journal officiel", "https://b.fr/9"), "b")
    7
    """

    def __init__(self):
        self._pages: dict[str, Hashable] = {}
        self._texts: dict[str, list] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._news: list[tuple[Hashable, Entry, set]] = []

    def add(self, name: Hashable, entry: Entry, sources: set, page: str = "") -> None:
        """Index an entry under a name.

        :param sources: its sources; one source never publishes one news on two pages
        :param page: its identity when it was read; see `identity`
        """
        self._pages.setdefault(page or identity(entry), name)
        number = len(self._news)
        self._news.append((name, entry, sources))
        if text := text_key(entry.title):
            self._texts[text].append(number)
        for word in _get_title_words(entry.title):
            self._words[word].append(number)

    def find(self, entry: Entry, source: Hashable) -> Hashable | None:
        """Name of the known news that this entry of a source repeats, or None."""
        page = self._pages.get(identity(entry))
        if page is not None:
            return page
        text = text_key(entry.title)
        for number in self._texts.get(text, ()) if text else ():
            if self._can_match(number, entry, source, TEXT_DAYS):
                return self._news[number][0]
        return self._find_near(entry, source)

    def _find_near(self, entry: Entry, source: Hashable) -> Hashable | None:
        shared = Counter(
            n for word in _get_title_words(entry.title) for n in self._words.get(word, ())
        )
        for number, count in shared.most_common(50):
            if count < FEWEST:
                break
            if self._can_match(number, entry, source, NEAR_DAYS):
                if is_near(entry.title, self._news[number][1].title):
                    return self._news[number][0]
        return None

    def _can_match(self, number: int, entry: Entry, source: Hashable, days: int) -> bool:
        _name, known, sources = self._news[number]
        if source in sources:
            return False
        if known.day is None or entry.day is None:
            return True
        return abs(known.day - entry.day) <= timedelta(days=days)
