"""The French sentences that users read, in one place."""

from ..french_messages import FrenchError, fill, typeset

_ERRORS = {
    "missing_file": "Le fichier « {file} » n'existe pas.",
    "not_a_file": "« {file} » est un dossier : indiquez un fichier.",
    "unreadable_file": "Le fichier « {file} » ne peut pas être lu ({detail}).",
    "empty_file": "Le fichier « {file} » est vide.",
    "binary_file": "Le fichier « {file} » n'est pas un fichier texte : un fichier CSV est attendu.",
    "bad_quotes": "Le fichier « {file} » est mal formé à la ligne {line} : un guillemet ouvert"
    " n'est jamais refermé.",
    "too_large": "Le fichier « {file} » dépasse {limit} Mo : il est refusé par sécurité. Gardez le"
    " tableau seul, ou coupez-le en plusieurs fichiers.",
    "long_value": "Fichier « {file} », ligne {line}, colonne « {column} » : le texte dépasse"
    " {limit} caractères ; raccourcissez-le.",
    "missing_column": "Fichier « {file} », ligne {line} : la colonne « {column} » manque."
    " Colonnes lues : {found}.",
    "double_column": "Fichier « {file} », ligne {line} : la colonne « {column} » est là deux fois.",
    "column_count": "Fichier « {file} », ligne {line} : {found} valeurs pour {expected} colonnes"
    " (« {value} » est en trop).",
    "empty_value": "Fichier « {file} », ligne {line}, colonne « {column} » : la valeur est vide.",
    "double_code": "Fichier « {file} », ligne {line}, colonne « {column} » : le code « {value} »"
    " est déjà à la ligne {other}.",
    "unknown_parent": "Fichier « {file} », ligne {line}, colonne « {column} » : le sujet"
    " « {value} » n'existe pas dans ce fichier.",
    "own_parent": "Fichier « {file} », ligne {line}, colonne « {column} » : le sujet « {value} »"
    " ne peut pas être sa propre famille.",
    "unknown_level": "Fichier « {file} », ligne {line}, colonne « {column} » : « {value} » n'est"
    " pas un niveau connu ({levels}).",
    "no_topic": "Le fichier « {file} » ne contient aucun sujet.",
    "no_questions_file": "Indiquez le fichier des questions :"
    " python -m engine.orientation QUESTIONS.csv",
    "too_many_files": "Un seul fichier de questions est attendu (« {value} » est en trop).",
    "bad_limit": "L'option --limit demande un nombre entier d'au moins 1 (« {value} » reçu).",
    "unknown_codes": "Attention : codes de sujet attendus mais absents du fichier des sujets,"
    " comptés comme des erreurs : {value}.",
}

_REASONS = {
    "keyword": "« {term} » fait partie des mots de ce sujet",
    "lent": "« {term} » est un mot courant pour ce sujet",
    "label": "« {term} » est dans l'intitulé de ce sujet",
    "family": "« {term} » évoque la famille de ce sujet",
    "repaired": "« {word} » compris comme « {term} »",
    "synonym": "« {word} » est proche de « {term} »",
    "boost": "La commune a un référent désigné pour ce sujet",
}

TEMPLATES = {code: typeset(text) for code, text in (_ERRORS | _REASONS).items()}


def message(code: str, **params) -> str:
    """The French sentence of a code, on one line."""
    return fill(TEMPLATES, code, params)


class OrientationError(FrenchError):
    """A file or an option that cannot be used."""

    templates = TEMPLATES
