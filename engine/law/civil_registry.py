"""Whether the tasks of a post touch the civil registry, whose acts no lent agent receives.

The mayor delegates these functions only to permanent civil servants of the commune (CGCT, art.
R2122-10): marriages, births, deaths, recognitions, civil partnerships, changes of name.
"""

import re

from ..text import fold

# Read in texts that are folded.
_SUBJECTS = re.compile(
    r"\b(?:"
    r"etats?[ -]civils?|mariages?|marier|maries|noces"
    r"|celebr(?:er|ant|ants|ation|ations|e|ee|es)"
    r"|naissances?|deces|pacs|pacse[es]*|pactes? civils?"
    r"|reconnaissances? (?:d'enfants?|de paternite|anticipees?|prenatales?|de filiation)"
    r"|livrets? de famille|changements? de (?:pre)?noms?|baptemes? (?:civils?|republicains?)"
    r")\b"
)


def concerns_civil_registry(*texts: str | None) -> bool:
    """Whether one of these texts names a subject of the civil registry.

    >>> concerns_civil_registry("Accueil", "Célébrer les mariages")
    True
    >>> concerns_civil_registry("Budget, paie", None, "Reconnaissance des dépenses")
    False
    """
    return any(_SUBJECTS.search(fold(text)) for text in texts if text)
