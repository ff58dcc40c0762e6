"""The text of a message: what its author wrote, what was quoted or forwarded."""

import re

from .addresses import find_addresses, fold

_QUOTE = re.compile(
    r"^\s*(>|--\s*$|_{10,}|-{3,} ?(original message|message d['’]origine|message transféré)"
    r"|(de|from|expéditeur)\s*:\s.*@|le .{5,80} a écrit\s*:|on .{5,80} wrote\s*:"
    r"|envoyé (de|depuis) mon )",
    re.IGNORECASE,
)
_SENDER = re.compile(r"^[\s>*]*(?:de|from|expéditeur|von)\s*\*?\s*:\s*(.+@.+)$", re.I | re.M)


def own_words(text: str, limit: int = 600) -> str:
    """What the author wrote, without the signature, the quotations and what follows."""
    kept = []
    for line in (text or "").splitlines():
        if _QUOTE.match(line):
            break
        kept.append(line)
    return " ".join(" ".join(kept).split())[:limit]


def find_forwarded(text: str) -> tuple[str, str]:
    """Name and address of the first sender of a message that somebody forwarded.

    :return: two empty texts when nothing was forwarded
    """
    match = _SENDER.search(text or "")
    if not match:
        return "", ""
    line = match.group(1)
    address = next(iter(find_addresses(line)), "")
    name = re.split(r"[<\[(]", line)[0].replace(address, "").strip(" \"'*")
    return name, address


def names_in(text: str, names: list[str]) -> list[str]:
    """Those of the names that stand in the text as whole words, whatever the accents.

    A name that is only part of a longer one that was found does not count: writing
    "Saint-Julien-lès-Metz" names neither "Metz" nor "Julien".
    """
    folded = f" {fold(text)} "
    found = []
    for name in sorted(names, key=lambda n: -len(fold(n))):
        words = fold(name)
        if words and f" {words} " in folded:
            found.append(name)
            folded = folded.replace(f" {words} ", " | ")
    return [name for name in names if name in found]
