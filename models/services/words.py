"""Words of a text, to compare texts and to search."""

import re
import unicodedata


def get_key(text):
    """A text without case, accents and punctuation: “Cimetières !” and “cimetieres” are one."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))
