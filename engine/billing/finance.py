"""Statements as a CSV file that the finance software of a town or an intercommunality reads.

It feeds the titre de recettes; the flows between public accounts (PES Titre, ASAP) stay with that
software. One line per line of statement, semicolons, decimal commas, dates as DD/MM/YYYY, UTF-8
with the mark that French Excel needs. The names of the columns are fixed: a mapping made once in
the finance software keeps working; new ones come at the end.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

# name of the column -> what it holds (in French in docs/fichier-finances.md)
COLUMNS = {
    "numero_etat": "number of the statement; empty for a draft",
    "date_emission": "day on which it was issued",
    "siren_emetteur": "SIREN of the intercommunality",
    "nom_emetteur": "legal name of the intercommunality",
    "siren_commune": "SIREN of the commune that owes the amount",
    "code_insee": "INSEE code of the commune",
    "nom_commune": "name of the commune",
    "periode_debut": "first day of the period",
    "periode_fin": "last day of the period",
    "convention": "number of the convention",
    "mission": "number of the mission",
    "date": "day of the half-day billed",
    "demi_journee": "M (morning), A (afternoon) or S (evening)",
    "nature": "TRAVAIL, ANNULATION, PREAVIS or REGULARISATION (a day billed by pieces)",
    "unite": "HEURE, DEMI_JOURNEE, JOUR or COUT_SALARIAL",
    "quantite": "units billed",
    "prix_unitaire": "euros per unit",
    "montant_travail": "euros, work",
    "complement_minimum": "euros, up to the least amount of a day; negative when given back",
    "montant_deplacement": "euros, travel",
    "frais_gestion": "euros, administrative fee",
    "montant_total": "euros, sum of the four amounts before",
    "etat_annule": "number of the statement that this one cancels",
    "imputation_recette": "account of the intercommunality",
    "imputation_depense": "account of the commune",
    "siret_emetteur": "SIRET of the intercommunality",
    "siret_commune": "SIRET of the commune that owes the amount",
    "code_service": "service code of the commune (Chorus Pro), empty when it asks for none",
    "numero_engagement": "engagement number of the commune (Chorus Pro), or empty",
    "objet": "what the receipt is for, in words",
    "montant_etat": "euros, sum of the statement: the amount of the titre",
    "titre_recette": "number of the titre de recettes once it is known",
    "ordonnateur": "who orders the receipt: name, title",
    "tva": "HORS_CHAMP: outside the scope of VAT (CGI, art. 256 B)",
    "empreinte": "SHA-256 of the PDF that was issued",
}
BOM = "\ufeff"
# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def finance_csv(rows: Sequence[dict]) -> bytes:
    """The file; a value of another column is refused, a missing one is left empty.

    >>> row = {"nom_commune": "Aubrive", "date": date(2027, 1, 4), "quantite": Decimal("3.5")}
    >>> line = finance_csv([row]).decode().splitlines()[1]
    >>> [value for value in line.split(";") if value]
    ['Aubrive', '04/01/2027', '3,50']
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _write(value) for name, value in row.items()})
    return (BOM + stream.getvalue()).encode()


def _write(value) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value + 0:.2f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
