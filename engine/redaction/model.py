"""Data classes of the redaction: known names, text, replacements."""

from dataclasses import dataclass

PLACEHOLDERS = {
    "commune": "[commune]",
    "person": "[personne]",
    "reference": "[numéro de demande]",
    "email": "[adresse électronique]",
    "phone": "[téléphone]",
    "address": "[adresse]",
    "parcel": "[parcelle]",
    "plate": "[immatriculation]",
}


@dataclass(frozen=True)
class Names:
    """Names that must not remain.

    communes: names of communes, and their postal and INSEE codes
    persons: pairs (first name, last name); either may be empty
    references: numbers of requests
    kept: names of public bodies that may stay although they hold the name of a commune
    """

    communes: tuple[str, ...] = ()
    persons: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Replacement:
    """One passage that was taken out."""

    kind: str
    original: str
    placeholder: str


@dataclass(frozen=True)
class Redacted:
    text: str
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True)
class Remaining:
    """A passage that still names somebody, with the words around it."""

    kind: str
    name: str
    excerpt: str
