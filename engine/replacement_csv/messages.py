"""The French sentences about files of a register, in one place."""

from ..french_messages import FrenchError, fill, typeset

_WHERE = "Fichier « {file} », ligne {line}, colonne « {column} » : "
_ERRORS = {
    "bad_date": _WHERE + "« {value} » n'est pas une date (attendu : 2026-12-08 ou 08/12/2026).",
    "bad_pattern": _WHERE + "« {word} » n'est pas un jour connu (attendu : « lun:J mar:M »,"
    " « lun-ven:J » ou une date).",
    "bad_number": _WHERE + "« {value} » n'est pas un nombre.",
    "bad_yes_no": _WHERE + "« {value} » n'est ni « oui » ni « non ».",
    "bad_category": _WHERE + "« {value} » n'est pas une catégorie (A, B ou C).",
    "bad_level": _WHERE + "« {word} » n'est pas une compétence avec son niveau de 0 à 3"
    " (attendu : « CPT:2 »).",
    "bad_period": _WHERE + "« {value} » n'est pas une période (attendu :"
    " « 2026-12-28/2027-01-01 congés »).",
    "end_before_start": _WHERE + "la fin ({value}) est avant le début ({start}).",
    "outside_period": _WHERE + "le {value} est hors de la période demandée (du {start} au {end}).",
    "empty_value": _WHERE + "la valeur est vide.",
    "double_code": _WHERE + "le code « {value} » est déjà à la ligne {other}.",
    "no_library": "La bibliothèque Python « {value} » manque : elle est nécessaire.",
    "not_understood": "texte non compris, laissé de côté : « {value} »",
}

TEMPLATES = {code: typeset(text) for code, text in _ERRORS.items()}


def message(code: str, **params) -> str:
    """The French sentence of a code, on one line."""
    return fill(TEMPLATES, code, params)


class RegisterError(FrenchError):
    """A file that cannot be used."""

    templates = TEMPLATES
