"""The text of a message: what its author wrote, what was quoted or forwarded."""

import re

from .addresses import find_addresses, fold

# Longer texts are quotations of quotations; longer lines are not what a mailer writes above one.
LONGEST_TEXT = 100_000
LONGEST_LINE = 1_000
_QUOTE = re.compile(
    r"\s{0,20}(>|--\s{0,20}$|_{10}"
    r"|-{3,9} ?(original message|message d['’]origine|message transféré)"
    r"|(de|from|expéditeur)\s{0,9}:\s.{0,300}@|le .{5,80} a écrit\s{0,9}:|on .{5,80} wrote\s{0,9}:"
    r"|envoyé (de|depuis) mon )",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"[\s>*]{0,20}(?:de|from|expéditeur|von)\s{0,9}\*?\s{0,9}:(.{0,1000})", re.IGNORECASE
)
_AFTER_NAME = re.compile(r"[<\[(]")


def own_words(text: str, limit: int = 600) -> str:
    """Text of the author, without the signature, the quotations and the text after them.

    >>> own_words("D'accord.\\nMerci\\n\\n> Votre demande du 4 janvier")
    "D'accord. Merci"
    """
    kept = []
    for line in (text or "")[:LONGEST_TEXT].splitlines():
        if _QUOTE.match(line[:LONGEST_LINE]):
            break
        kept.append(line)
    return " ".join(" ".join(kept).split())[:limit]


def find_forwarded(text: str) -> tuple[str, str]:
    """Name and address of the first sender of a message that somebody forwarded.

    >>> find_forwarded("Pour suite\\n\\nDe : Anne Aubry <anne@aubrive.example>\\nObjet : voirie")
    ('Anne Aubry', 'anne@aubrive.example')

    :return: two empty texts when nothing was forwarded
    """
    lines = (text or "")[:LONGEST_TEXT].splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        match = _SENDER.match(line[:LONGEST_LINE])
        if not match:
            continue
        # Some mailers put the name below.
        sender = match.group(1).strip() or following[:LONGEST_LINE].strip()
        address = next(iter(find_addresses(sender)), "")
        if "@" in sender:
            name = _AFTER_NAME.split(sender)[0].replace(address, "").strip(" \"'*")
            return name, address
    return "", ""


def names_in(text: str, names: list[str]) -> list[str]:
    """Names that are in the text as whole words, regardless of accents.

    A name that is only part of a longer one that was found does not count: writing
    "Saint-Julien-lès-Metz" names neither "Metz" nor "Julien".

    >>> names_in("Travaux à Saint-Julien-les-Metz", ["Metz", "Saint-Julien-lès-Metz"])
    ['Saint-Julien-lès-Metz']
    """
    folded = f" {fold(text)} "
    found = []
    for name in sorted(names, key=lambda n: -len(fold(n))):
        words = fold(name)
        if words and f" {words} " in folded:
            found.append(name)
            folded = folded.replace(f" {words} ", " | ")
    return [name for name in names if name in found]
