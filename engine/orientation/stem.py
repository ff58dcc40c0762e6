"""Words without the mark of their plural, nor of the feminine of a participle in -é.

Verbs and nouns of action are not brought together (ramasser, ramassage): a stemmer by hand and that
of Snowball, which needs the accents that are left out on a phone, find no more
(docs/performance.md). The topics have the words, and words typed wrong are repaired.
"""

# Shorter words keep their last letter: bus, gaz, bas.
_SHORTEST = 4
_WITH_X = ("eaux", "yaux", "eux", "oux")


def stem(word: str) -> str:
    """The common form of a folded word; it needs not be a word.

    >>> stem("trottoirs"), stem("cassees"), stem("tuyaux"), stem("locaux"), stem("bus")
    ('trottoir', 'casse', 'tuyau', 'local', 'bus')
    """
    if len(word) >= _SHORTEST:
        word = _singular(word)
    return word[:-1] if word.endswith("ee") else word


def _singular(word: str) -> str:
    if word.endswith(_WITH_X) or (word.endswith("s") and not word.endswith("ss")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 5:
        return word[:-2] + "l"
    return word
