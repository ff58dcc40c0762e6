"""Meaning of the columns of a file, from the words of their headers."""

import re

from ..text import fold

# role -> French name, for the sentences about what is missing
ROLES = {
    "last_name": "nom",
    "first_name": "prénom",
    "insee_code": "code de la commune",
    "siren": "SIREN de l’intercommunalité",
    "date_start": "date de début du mandat",
    "department": "code du département",
    "sex": "sexe ou civilité",
    "function": "libellé de la fonction",
    "function_date": "date de début de la fonction",
}
REQUIRED = ("last_name", "first_name", "date_start")
PLACES = ("insee_code", "siren")

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])")
_WORDS = re.compile(r"[a-z0-9]+")
_GLUED_NAME = re.compile(r"nom(?:del?)?(?:[ld]?elu|d?usage|famille|patronymique)")
_SMALL = frozenset("de du des d la le les l un une a au aux et en dans pour".split())
_CODE_WORDS = frozenset("code cod num numero no n cog id identifiant insee".split())
_LABEL_WORDS = frozenset("libelle lib label nom intitule designation".split())
_NOT_PERSON = (
    "commune epci departement collectivite region canton circonscription profession categorie"
    " fonction mandat naissance nationalite groupe liste nuance parti secteur mairie ville"
    " arrondissement agglomeration communaute intercommunalite metropole pays voie rue fichier"
).split()
# The same in short, as whole words: NOM_COM, nom_dep, NOM_REG.
_NOT_PERSON_SHORT = frozenset("com dep dept dpt reg can arr csp".split())


def header_words(text: str) -> list[str]:
    """The words that count: “Code du département (Maire)” -> code, departement, maire."""
    text = _CAMEL.sub(" ", text).replace("°", " ")
    return [word for word in _WORDS.findall(fold(text)) if word not in _SMALL]


def find_roles(headers: list[str]) -> dict[str, int]:
    """Role -> index of the column that plays it best; the first one when several do."""
    best: dict[str, tuple[int, int]] = {}
    for index, text in enumerate(headers):
        role, score = role_of(text)
        if role and score > best.get(role, (0, 0))[0]:
            best[role] = (score, index)
    return {role: index for role, (_score, index) in best.items()}


def role_of(text: str) -> tuple[str, int]:
    """The role of a column and how sure it is (0: none)."""
    words = header_words(text)
    glued = "".join(words)
    if not glued or len(glued) > 120:
        return "", 0
    tokens = set(words)
    for read in (_dates, _places, _functions, _persons):
        role, score = read(tokens, glued)
        if role is not None:
            return role, score
    return "", 0


def _dates(tokens: set[str], glued: str) -> tuple[str | None, int]:
    if "date" not in glued and "debut" not in glued and "depuis" not in tokens:
        return None, 0
    if "naissance" in glued or tokens & {"fin", "naiss"} or "datefin" in glued:
        return "", 0
    if "fonction" in glued:
        return "function_date", 3 if "debut" in glued else 2
    if "mandat" in glued:
        return "date_start", 3 if "debut" in glued else 2
    return ("date_start", 1) if "election" in glued else ("", 0)


def _places(tokens: set[str], glued: str) -> tuple[str | None, int]:
    if "siren" in glued:
        return ("", 0) if "commune" in glued else ("siren", 3)
    if "postal" in glued or "siret" in glued:
        return "", 0
    is_code = bool(tokens & _CODE_WORDS) or glued.startswith(("code", "cod", "num"))
    is_label = bool(tokens & _LABEL_WORDS) or glued.startswith(("libelle", "nom"))
    if "departement" in glued or tokens & {"dep", "dept", "dpt"}:
        if is_label or "departementale" in glued:
            return "", 0
        return "department", (2 if is_code else 1) + 2 * ("commune" in glued)
    if "epci" in glued and "commune" not in glued:
        return ("siren", 2) if is_code and not is_label else ("", 0)
    return _commune(tokens, glued, is_code, is_label)


def _commune(tokens: set[str], glued: str, is_code: bool, is_label: bool) -> tuple[str | None, int]:
    score = 0
    if "insee" in glued or tokens & {"cog", "codgeo", "depcom", "codcom"}:
        score = 4
    elif ("commune" in glued or "com" in tokens) and is_code:
        score = 3
    elif tokens == {"commune"}:
        score = 1
    if "siege" in glued:
        score -= 2
    if score > 0 and not is_label:
        return "insee_code", score
    return ("", 0) if "commune" in glued or "epci" in glued else (None, 0)


def _functions(tokens: set[str], glued: str) -> tuple[str | None, int]:
    if "fonction" not in glued:
        return None, 0
    if tokens & {"code", "cod", "motif", "fin", "publique"} or glued.startswith("code"):
        return "", 0
    return "function", 3 if tokens & _LABEL_WORDS or glued == "fonction" else 2


def _persons(tokens: set[str], glued: str) -> tuple[str | None, int]:
    if (
        glued.startswith("codesexe")
        or "sexe" in glued
        or "civilite" in glued
        or tokens & {"genre", "civ"}
    ):
        return "sex", 3
    if "prenom" in glued:
        # “Nom et prénom” in one column is not a first name.
        both = "nom" in tokens or "nom" in glued.replace("prenom", "")
        return ("", 0) if both else ("first_name", 3)
    if {"first", "name"} <= tokens or "firstname" in glued:
        return "first_name", 2
    if {"last", "name"} <= tokens or "lastname" in glued or "patronyme" in glued:
        return "last_name", 2
    if "nom" in tokens or _GLUED_NAME.match(glued):
        if tokens & _NOT_PERSON_SHORT or any(word in glued for word in _NOT_PERSON):
            return ("last_name", 1) if glued.startswith("nomnaissance") else ("", 0)
        return "last_name", 3
    return None, 0
