"""Initials shown in place of a photo."""


def get_initials(name: str | None) -> str:
    """
    >>> get_initials("Jeanne DUPONT"), get_initials("Anne-Lise de la TOUR"), get_initials("")
    ('JD', 'AT', '')
    """
    words = (name or "").replace("-", " ").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
