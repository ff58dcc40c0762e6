"""Names that are also words of everyday French: alone, they are not taken for a name at once."""

import re
import unicodedata
from dataclasses import dataclass

from ..text import fold

WORD = re.compile(r"\w+")
# What may separate two words of one name.
LINK = re.compile(r"[\s\u00a0\u202f.’'\u02bc‐‑–-]{1,3}")
SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
PARTICLES = frozenset("d de des du en es et l la le les lez lès sous sur von van der".split())
# Names of communes or persons met in texts about public services as plain words.
COMMON = frozenset(
    """
    adjoint agent aide allee ami ange arbre auberge avril banc baron basse bel belle benoit berger
    bief blanc blanche bleu bois bon bonne bord bouchard boucher boulanger bourg bourgeois braun
    brun brune camus centre champ champs chapelle charpentier chateau chemin chevalier clair
    claire clerc cloche colin comte conseil cour court coutant cousin croix dame dimanche doyen
    duc eau eglise etat etang faure ferme fey fleur fontaine forest foret fosse four fort forts
    france francois frere gare garde garnier gentil gilles gros grand grande grange gris guerre
    haut haute henry heros hiver hotel jardin jardins jeune joly jour juge juillet jury just
    justice lac lambert lamy langue lave leger lettre lieu lion loi long longue lorraine louis
    lundi maire mairie maison mars marchand marche marie marin martin matin mer mercier messager
    meunier midi mine mont montagne moreau moulin moselle mur neuf neuve noel noir noire nord
    olivier orme page pain pair parc paris pasteur paul petit petite pierre pin place plan plume
    pont port porte pre prefet president pres prieur prince puits quartier renard rey rich riche
    rivier riviere robert roche roi rose rouge roux roy royer rue rond sable sage saint saule sec
    seigneur sel simon soir soleil source sud table tailleur temps terre thomas tour val vallee
    valle vaux vert verte vigne vignes village ville villiers vin vincent vogue voie vrai
    """.split()
)


@dataclass(frozen=True)
class Token:
    """A word of a text, its position and its plain form."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_capital(self):
        return self.text[:1].isupper()

    @property
    def is_upper(self):
        return self.text.isupper()


def plain(word: str) -> str:
    """Folded, with "St" and "Ste" in full: names of communes are written both ways."""
    folded = fold(word)
    return SHORT.get(folded, folded)


def tokens(text: str) -> list[Token]:
    """The words of a text; a decomposed accent does not cut one."""
    return [Token(m.start(), m.end(), m.group(), plain(m.group())) for m in WORD.finditer(text)]


def plain_words(name: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in WORD.findall(unicodedata.normalize("NFC", name)))
