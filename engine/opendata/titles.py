"""French titles of functions, agreed in gender and rank: “Première adjointe au maire”."""

from ..law.assembly import suit
from ..text.numbers import below_hundred

# function code -> (masculine, feminine)
NAMES = {
    "mayor": ("Maire", "Maire"),
    "deputy_mayor": ("Adjoint au maire", "Adjointe au maire"),
    "delegated_mayor": ("Maire délégué", "Maire déléguée"),
    "arrondissement_mayor": ("Maire d’arrondissement", "Maire d’arrondissement"),
    "delegated_councillor": ("Conseiller municipal délégué", "Conseillère municipale déléguée"),
    "councillor": ("Conseiller municipal", "Conseillère municipale"),
    "president": ("Président", "Présidente"),
    "vice_president": ("Vice-président", "Vice-présidente"),
    "bureau_member": ("Membre du bureau", "Membre du bureau"),
    "community_councillor": ("Conseiller communautaire", "Conseillère communautaire"),
}
SHORT = {
    "deputy_mayor": ("Adjoint", "Adjointe"),
    "delegated_councillor": ("Conseiller délégué", "Conseillère déléguée"),
    "councillor": ("Conseiller", "Conseillère"),
    "community_councillor": ("Conseiller", "Conseillère"),
}


def ordinal(number: int, feminine: bool = False) -> str:
    """“premier”, “première”, “deuxième”, “vingt et unième”… in lower case.

    :raises ValueError: when the number is not between 1 and 99
    """
    if not 1 <= number <= 99:
        raise ValueError(f"no ordinal in words for {number}")
    if number == 1:
        return "première" if feminine else "premier"
    text = below_hundred(number)
    if text.endswith("e"):
        text = text[:-1]
    elif text.endswith("cinq"):
        text += "u"
    elif text.endswith("neuf"):
        text = text[:-1] + "v"
    return text + "ième"


def ranked(name: str, rank: int, feminine: bool = False) -> str:
    """A function's name with its rank before it: (“Adjointe au maire”, 2) -> “Deuxième adjointe…”.

    The rank is left out when it is 0 and written in figures above 99.
    """
    if rank <= 0 or not name:
        return name
    if rank > 99:
        return f"{rank}e {name[0].lower()}{name[1:]}"
    return f"{ordinal(rank, feminine).capitalize()} {name[0].lower()}{name[1:]}"


def title(
    function: str,
    rank: int = 0,
    civility: str = "",
    short: bool = False,
    kind: str = "",
) -> str:
    """The French title of a person's function.

    :param function: code of the function (see `NAMES`)
    :param rank: rank of a deputy mayor or a vice-president, 0 for none
    :param civility: `mme` for the feminine form, anything else for the masculine
    :param short: leave out what the place already shows: “Première adjointe”
    :param kind: of the intercommunality (`METRO`…): see `engine.law.assembly`
    :raises KeyError: when the function is not one of those that open data know
    """
    feminine = civility == "mme"
    names = NAMES[function]
    if short:
        names = SHORT.get(function, names)
    return ranked(suit(names[feminine], kind, feminine), rank, feminine)
