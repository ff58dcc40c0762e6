"""Subject of a question, without its interrogative words."""

import re

_ABOUT = r"(?:de\s+l['’ ]|d['’ ]|de la\b|des\b|du\b|de\b)"
_FOR = r"(?:pour|au sujet|à propos|concernant|sur)"
_ASKS = (
    r"(?:bonjour[\s,.!]*)",
    r"(?:(?:je|nous)\s+(?:voudrai[st]|voudrions|souhaite(?:rai[st])?|souhaitons|aimerai[st]"
    r"|aimerions|cherche(?:rai[st])?|cherchons)\s+(?:à\s+)?(?:savoir|connaître|connaitre)\b)",
    r"(?:(?:est[- ]ce que\s+)?(?:vous\s+)?(?:pouvez|pourriez)[- ](?:vous\s+)?(?:me|nous)\s+dire\b)",
    rf"(?:qui\s+(?:est[- ]ce qui\s+)?(?:s['’ ]\s*occupe|est\s+(?:en\s+charge|chargée?|responsable))"
    rf"\s+{_ABOUT})",
    rf"(?:(?:à|a)\s+qui\s+(?:(?:dois[- ]je|faut[- ]il|doit[- ]on|puis[- ]je|peut[- ]on)\s+)?"
    rf"(?:(?:m|s|nous|n)\s*['’ ]?\s*)?(?:adresser|demander)\s+{_FOR}\b)",
    rf"(?:qui\s+(?:contacter|appeler|joindre|prévenir|prevenir)\s+{_FOR}\b)",
    rf"(?:comment\s+(?:faire|on\s+fait|fait[- ]on|dois[- ]je\s+faire)\s+{_FOR}\b)",
    rf"(?:quel\s+est\s+le\s+(?:numéro|numero|n°)\s+(?:de\s+(?:téléphone|telephone)\s+)?{_ABOUT})",
)
_FRAME = re.compile(rf"\s*(?:(?:{'|'.join(_ASKS)})[\s,:]*)+", re.IGNORECASE)
_TWO_LETTERS = re.compile(r"[^\W_]{2,}")


def subject_of(question: str) -> str:
    """Remove the first words of a question, which are not about its subject.

    >>> subject_of("Je voudrais savoir qui s’occupe de l’eau ?")
    'eau ?'
    >>> subject_of("à qui m'adresser pour un permis"), subject_of("qui s'occupe des ordures")
    ('un permis', 'ordures')
    >>> subject_of("comment faire pour un arbre"), subject_of("Quel est le numéro de la piscine")
    ('un arbre', 'piscine')

    A question that has no other words stays as it is; so does such a word elsewhere in it:

    >>> subject_of("qui s'occupe de"), subject_of("un terrain occupé par des caravanes")
    ("qui s'occupe de", 'un terrain occupé par des caravanes')
    """
    found = _FRAME.match(question)
    rest = question[found.end() :] if found else ""
    return rest if _TWO_LETTERS.search(rest) else question
