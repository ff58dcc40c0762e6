"""Names given by the caller, found whatever their accents, capitals and hyphens."""

from collections.abc import Iterator
from dataclasses import dataclass

from .ambiguous_names import COMMON, LINK, PARTICLES, Token, plain_words, tokens
from .model import Names

KEPT = "kept"
SHORTEST = 3


@dataclass(frozen=True)
class Passage:
    """Part of a text that names somebody or something."""

    start: int
    end: int
    kind: str


class Known:
    """The names, by their first word: a text is read once, however many names there are."""

    def __init__(self, names: Names):
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, given in (("commune", names.communes), ("reference", names.references)):
            for name in given:
                self._add(plain_words(name or ""), kind)
        for name in names.kept:
            words = plain_words(name or "")
            if len(words) > 1:
                self._add(words, KEPT)
        for first_name, last_name in names.persons:
            self._add_person(plain_words(first_name or ""), plain_words(last_name or ""))
        for forms in self._by_first.values():
            forms.sort(key=lambda form: -len(form[0]))

    def _add_person(self, first: tuple[str, ...], last: tuple[str, ...]):
        if first and last:
            self._add(first + last, "person")
            self._add(last + first, "person")
        self._add(last, "person")

    def _add(self, words: tuple[str, ...], kind: str):
        if words and any(word not in PARTICLES for word in words):
            self._by_first.setdefault(words[0], []).append((words, kind))

    def find(self, text: str) -> Iterator[Passage]:
        """Names that the text holds, the longest first where several begin together."""
        found = tokens(text)
        position = 0
        while position < len(found):
            length = 1
            for words, kind in self._by_first.get(found[position].plain, ()):
                run = found[position : position + len(words)]
                if _is_name(words, kind, run, text):
                    length = len(words)
                    if kind != KEPT:
                        yield Passage(run[0].start, run[-1].end, kind)
                    break
            position += length


def _is_name(words: tuple[str, ...], kind: str, run: list[Token], text: str) -> bool:
    if tuple(token.plain for token in run) != words:
        return False
    if len(words) > 1:
        return all(
            LINK.fullmatch(text[before.end : after.start])
            for before, after in zip(run, run[1:], strict=False)
        )
    return _is_single_name(run[0], kind)


def _is_single_name(token: Token, kind: str) -> bool:
    """A name of one word: one that is also a plain word needs a capital; that of a person too.

    A last name that is a plain word ("Maire", "Petit") is taken only in full capitals: with a
    first name or after a civility, other rules find it.
    """
    if token.plain.isdigit() or kind == "reference":
        return True
    if kind == "person":
        if len(token.plain) < SHORTEST or token.plain in COMMON:
            return token.is_upper and len(token.plain) >= SHORTEST
        return token.is_capital
    if token.plain in COMMON or len(token.plain) <= SHORTEST:
        return token.is_capital
    return True
