"""Words of a text, to compare texts and to search."""

from ...engine.text import key


def get_key(text):
    """A text without case, accents and punctuation: “Cimetières !” and “cimetieres” are one."""
    return key(text or "")
