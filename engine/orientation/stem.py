"""A light French stemmer for words typed without accents, as on a phone.

The Snowball algorithm needs the accents that our users leave out ("ramassees" and "ramasser" then
part ways). This one brings verbs, participles and nouns of action together: ramasser, ramassées,
ramassage. It needs not give real roots: the same result for the forms of one word is enough.
"""

import re
from functools import lru_cache

_MIN_ROOT = 4
# Verbs with a short root: jeter, jeté; the ending leaves no doubt.
_VERBS = ("er", "ee", "ees", "ez")
_MIN_VERB_ROOT = 3
# The longest that leaves a root long enough is cut, once.
_SUFFIXES = frozenset(
    "issements issement ements ement ations ation ateurs ateur atrices atrice issages issage"
    " ages age ances ance ants ant antes ante eraient erait erons erez eront erai eras era"
    " aient ait ais assent ees ee es er ez ent e ies ie ir it is i"
    " euses euse eux iques ique ives ive ifs if elles elle els el ales ale al aux"
    " ables able ibles ible".split()
)
_LONGEST = max(map(len, _SUFFIXES))
_DOUBLE = re.compile(r"([bcdfglmnprstz])\1")
_LAST_VOWEL = re.compile(r"(?<=[a-z]{3})[ei]$")
_MUTE_U = re.compile(r"(?<=[gq])u$")
# Words that the rules would merge with another, or forms too irregular for rules: root, forms.
_EXCEPTIONS = {
    form: root
    for root, *forms in map(
        str.split,
        """\
        abattement abattements
        archiv archive archives archivage archiver
        acces acces
        ambulance ambulances
        animal animaux animale
        animat animation animations animateur
        arrete arretes
        bail baux
        bar bars
        barrage barrages
        barre barres barrer barree barrees
        base bases
        buse buses
        case cases
        college colleges
        colonne colonnes
        communique communiques
        compte comptes
        cour cours
        courant courante courants
        deces deces
        donnees donnee
        eau eaux
        elu elus elue elues
        etudiant etudiants etudiante
        exces exces
        fermer ferme fermee fermees fermes ferment fermeture fermetures
        feu feux
        fondation fondations
        gare gares
        gens gens
        journee journees
        lieu lieux
        marche marches
        mini mini
        nettoi nettoie nettoient nettoyer nettoyage nettoyee
        nuisible nuisibles
        oeil yeux
        ouvrage ouvrages
        ouvrir ouvert ouverte ouverts ouvertes ouverture ouvertures
        parcelle parcelles
        partage partages partager partagee
        partie parties
        permis permis
        plainte plaintes
        pluie pluies
        plui plui
        police polices
        pose poses poser posee
        presence presences
        proces proces
        refere referes
        sale sales salete
        sauce sauces
        salle salles
        salage saler salees salee saleuse
        station stations
        stationner stationnement stationnements stationne stationnes stationnee stationnent
        succes succes
        taxi taxis
        terre terres
        tombe tombes
        travail travaux
        tuilage tuilages
        verre verres
        village villages
        vitrail vitraux""".splitlines(),
    )
    for form in (root, *forms)
}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The common form of a normalised word (lower case, no accent)."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    root = _MUTE_U.sub("", _cut(_singular(word)))
    root = _DOUBLE.sub(r"\1", root)
    return root[:-1] + "i" if root.endswith("y") else root


def form(word: str) -> str:
    """A word without the marks of plural and of feminine participle.

    >>> form("trottoirs"), form("cassees"), form("regarder")
    ('trottoir', 'casse', 'regarder')
    """
    word = _singular(word) if len(word) > 3 else word
    return word[:-1] if word.endswith("ee") else word


def _singular(word: str) -> str:
    if word.endswith(("eaux", "oux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 5:
        return word[:-2] + "l"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _cut(word: str) -> str:
    for size in range(_LONGEST, 0, -1):
        suffix = word[-size:]
        if suffix in _SUFFIXES:
            shortest = _MIN_VERB_ROOT if suffix in _VERBS else _MIN_ROOT
            if len(word) - size >= shortest:
                return word[:-size]
    return _LAST_VOWEL.sub("", word)
