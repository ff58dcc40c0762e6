"""The French sentences of the command line, in one place."""

from ..french_messages import FrenchError, typeset

_ERRORS = {
    "no_command": "Indiquez ce qu'il faut calculer : python -m engine.calendar notice"
    " --rule clear_days:5 --meeting 2026-12-14",
    "unknown_command": "« {value} » n'est pas une commande connue (notice).",
    "unknown_unit": "Option --rule : « {value} » n'est pas une règle connue ({units},"
    " suivi de « : » et d'un nombre de jours).",
    "bad_days": "Option --rule : un nombre entier de jours est attendu (« {value} » reçu).",
    "too_many_days": "Option --rule : {most} jours au plus (« {value} » reçu).",
    "bad_date": "Option --meeting : une date au format AAAA-MM-JJ est attendue (« {value} » reçu).",
    "too_early": "Option --meeting : la date « {value} » est trop ancienne pour ce délai.",
    "no_holidays": "Les jours ouvrés demandent la bibliothèque « holidays », qui n'est pas"
    " installée : pip install holidays",
}


TEMPLATES = {code: typeset(text) for code, text in _ERRORS.items()}


class CalendarError(FrenchError):
    """A rule, a date or an option that cannot be used."""

    templates = TEMPLATES
