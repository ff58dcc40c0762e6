"""The sentences that users read, in French, by stable code.

A caller that translates uses the code and the parameters; the command line shows the sentence.
"""

from ..french_messages import FrenchError, fill, typeset

_ERRORS = {
    "missing_file": "Le fichier « {file} » n'existe pas.",
    "not_a_file": "« {file} » est un dossier : indiquez un fichier.",
    "unreadable_file": "Le fichier « {file} » ne peut pas être lu ({detail}).",
    "empty_file": "Le fichier « {file} » est vide.",
    "wrong_format": "Le fichier « {file} » est {found}, pas un fichier CSV du Répertoire national"
    " des élus : téléchargez le fichier CSV, ou ouvrez celui-ci et enregistrez-le au format CSV.",
    "binary_file": "Le fichier « {file} » n'est pas un fichier texte : un fichier CSV du"
    " Répertoire national des élus est attendu.",
    "undecodable": "Les caractères du fichier « {file} » sont illisibles à partir de la ligne"
    " {line} : enregistrez-le en UTF-8.",
    "damaged_archive": "Le fichier compressé « {file} » est incomplet ou abîmé : téléchargez-le à"
    " nouveau.",
    "damaged_at_line": "Le fichier compressé « {file} » est incomplet ou abîmé : la lecture"
    " s'arrête après la ligne {line}. Téléchargez-le à nouveau.",
    "damaged_workbook": "Le classeur « {file} » est incomplet ou abîmé : ouvrez-le et"
    " enregistrez-le à nouveau, ou téléchargez le fichier CSV.",
    "encrypted_archive": "L'archive « {file} » est protégée par un mot de passe : extrayez-en le"
    " fichier CSV.",
    "empty_archive": "L'archive « {file} » ne contient aucun fichier CSV.",
    "too_large": "Le fichier « {file} » dépasse {limit} Mo une fois décompressé : il est refusé"
    " par sécurité.",
    "oversized": "Le fichier « {file} » contient, une fois décompressé, beaucoup plus que sa taille"
    " ne le laisse attendre : il est refusé par sécurité. Copiez le tableau seul dans un nouveau"
    " classeur, ou enregistrez-le au format CSV.",
    "bad_quotes": "Le fichier « {file} » est mal formé à la ligne {line} : un guillemet ouvert"
    " n'est jamais refermé.",
    "no_header": "Le fichier « {file} » n'est pas un fichier du Répertoire national des élus :"
    " aucune ligne d'en-tête n'a été reconnue dans les {searched} premières lignes. Colonnes"
    " cherchées : {expected}.",
    "missing_columns": "Le fichier « {file} » n'est pas un fichier complet du Répertoire national"
    " des élus : l'en-tête de la ligne {line} n'a pas les colonnes suivantes : {missing}."
    " Colonnes lues : {found}.",
    "missing_department": "Dans le fichier « {file} », la colonne « {column} » (ligne d'en-tête"
    " {line}) donne des codes sur trois caractères, comme « {value} », sans colonne du code du"
    " département pour les compléter.",
    "wrong_family": "Le fichier « {file} » est celui des {family} (en-tête de la ligne {line}) :"
    " seuls les fichiers des maires, des conseillers municipaux et des conseillers"
    " communautaires sont utilisés.",
    "no_place_wanted": "Indiquez au moins une commune (code Insee) ou une intercommunalité"
    " (SIREN).",
    "no_file": "Indiquez au moins un fichier du Répertoire national des élus.",
    "bad_insee": "« {value} » n'est pas un code Insee de commune (cinq caractères, par exemple"
    " 57463 ou 2A004).",
    "bad_siren": "« {value} » n'est pas un numéro SIREN (neuf chiffres).",
    "unknown_epci": "Aucune intercommunalité n'a le SIREN {value} dans les données de référence"
    " {vintage}.",
    "unknown_commune": "Aucune commune n'a le code Insee {value} dans les données de référence"
    " {vintage}.",
    "members_unknown": "Les données de référence ne donnent pas les communes de « {name} » : les"
    " communes du Grand Paris y sont rattachées à la Métropole du Grand Paris, pas à leur"
    " établissement public territorial.",
    "missing_reference": "Le fichier de référence « {file} » manque ou est abîmé : réinstallez le"
    " module.",
    "unknown_command": "Commande inconnue : « {value} ». Commandes : rne, epci.",
    "no_text": "Indiquez le nom, le SIREN ou une commune de l'intercommunalité cherchée.",
}

_ISSUES = {
    "bad_date": "{file}, ligne {line}, colonne « {column} » : « {value} » n'est pas une date qui"
    " existe ; la ligne est laissée de côté.",
    "no_date": "{file}, ligne {line}, colonne « {column} » : la date est vide.",
    "no_name": "{file}, ligne {line}, colonne « {column} » : le nom est vide ; la ligne est"
    " laissée de côté.",
    "column_count": "{file}, ligne {line} : la ligne n'a pas le même nombre de colonnes que"
    " l'en-tête ({value}) ; elle est laissée de côté.",
    "short_row": "{file}, ligne {line} : la ligne est incomplète et n'a pas été lue (« {value} »).",
    "more_short_rows": "{file} : {value} autres lignes incomplètes n'ont pas été lues.",
    "unknown_function": "{file}, ligne {line}, colonne « {column} » : la fonction « {value} »"
    " n'est pas connue ; la personne est lue comme simple membre du conseil.",
    "bad_quotes_line": "{file}, ligne {line} : un guillemet n'est pas refermé ; les lignes"
    " concernées ont été lues une par une.",
    "no_function_column": "{file} : le fichier n'a pas de colonne de fonction ; les élus sont lus"
    " comme simples membres du conseil.",
    "mixed_encoding": "{file} : le fichier mélange deux encodages de caractères ; vérifiez les"
    " accents des noms.",
    "member_skipped": "{value}",
}

_REASONS = {
    "new_person": "Personne nouvelle : {title}.",
    "new_similar": "Personne nouvelle : {title}. Un nom proche est déjà connu au même endroit.",
    "new_mandate": "Personne connue, mandat nouveau : {title}.",
    "re_elected": "Nouveau mandat depuis le {date} : {title}.",
    "function_changed": "Change de fonction au {date} : {before} → {title}.",
    "rank_changed": "Change de rang au {date} : {before} → {title}.",
    "function_lost": "N'a plus de fonction dans la source : {before} → {title}.",
    "corrected": "Correction sans changement de fonction : {fields}.",
    "same": "Rien ne change : {title}.",
    "implied": "Comprise dans une autre fonction de la même personne.",
    "duplicate": "La même fonction de la même personne est sur une autre ligne de la source.",
    "undisclosed": "La source ne dit pas cette fonction et ne la contredit pas : {before}.",
    "older": "La source est plus ancienne que ce qui est connu : {before}.",
    "already_ended": "Mandat déjà terminé le {date} dans vos données.",
    "old_term": "Le mandat commence le {date}, avant le mandat en cours du conseil : à vérifier.",
    "same_name": "Plusieurs personnes du même nom sont possibles : choisissez.",
    "homonyms": "Plusieurs lignes de la source portent ce nom et cette fonction au même endroit :"
    " choisissez.",
    "other_commune": "Une personne du même nom est connue dans une autre commune : choisissez.",
    "absent": "Absente de la source, qui couvre ce conseil : {before}.",
    "former_term": "Mandat du conseil précédent, absente de la source : {before}.",
    "function_absent": "La source ne donne plus cette fonction : {before}.",
    "no_line_mayor": "Commune {place} : aucune ligne dans le fichier des maires.",
    "no_line_municipal": "Commune {place} : aucune ligne dans le fichier des conseillers"
    " municipaux.",
    "no_line_community": "Intercommunalité {place} : aucune ligne dans le fichier des conseillers"
    " communautaires.",
    "partly_read": "{place} : des lignes de la source sont illisibles ; aucune fin de mandat"
    " n'est proposée.",
    "no_mayor": "Commune {place} : aucun maire dans la source.",
    "no_delegate": "Commune {commune} : aucun délégué dans le fichier des conseillers"
    " communautaires de l'intercommunalité {place}.",
}

TEMPLATES = {
    code: typeset(text) for table in (_ERRORS, _ISSUES, _REASONS) for code, text in table.items()
}


def message(code: str, **params) -> str:
    """The French sentence of a code, on one line."""
    return fill(TEMPLATES, code, params)


class OpenDataError(FrenchError):
    """Open data that cannot be used at all."""

    templates = TEMPLATES


class RneError(OpenDataError):
    """A file of the RNE that cannot be used."""


class ReferenceDataError(OpenDataError, LookupError):
    """A place that the reference data do not have."""
