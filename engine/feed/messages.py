"""The sentences that users read when a feed cannot be, in French, by stable code."""

from ..french_messages import FrenchError, typeset

_ERRORS = {
    "empty": "L'adresse répond, mais rien n'est dans la réponse.",
    "not_a_feed": "L'adresse répond par une page, pas par un flux : cherchez sur le site l'adresse"
    " de son flux RSS.",
    "too_large": "Le flux dépasse {limit} Mo : il est refusé par sécurité.",
    "too_deep": "Le flux imbrique trop d'éléments : il est refusé par sécurité.",
    "attributes": "Le flux donne trop d'attributs à un même élément : il est refusé par sécurité.",
    "died": "La lecture du flux demande trop de temps ou de mémoire : elle a été arrêtée.",
    "entities": "Le flux définit ses propres abréviations (entités) : il est refusé par sécurité.",
    "missing_file": "Le fichier « {file} » n'existe pas ou ne peut pas être lu.",
    "no_file": "Indiquez le fichier d'un flux.",
    "too_many_files": "Un seul fichier à la fois : « {value} » est en trop.",
}


class FeedError(FrenchError):
    """A feed that cannot be read."""

    templates = {code: typeset(text) for code, text in _ERRORS.items()}
