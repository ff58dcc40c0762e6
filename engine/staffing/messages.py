"""The French sentences that users read, in one place."""

from ..french_messages import FrenchError, fill, typeset

_ERRORS = {
    "no_files": "Indiquez le fichier des demandes et celui des agents :"
    " python -m engine.staffing DEMANDES.csv AGENTS.csv",
    "too_many_files": "Deux fichiers sont attendus (« {value} » est en trop).",
    "bad_solver": "L'option --solver accepte « greedy » ou « cpsat » (« {value} » reçu).",
    "bad_seconds": "L'option --seconds demande un nombre positif (« {value} » reçu).",
}

_REASONS = {
    "category": "catégorie {value} (minimum {wanted})",
    "skill": "compétence {skill} {level}/{wanted}",
    "software": "logiciel {names}",
    "civil_registry": "signature état civil réservée à un titulaire de la commune ({statut})",
    "exclusion": "exclusion : {value}",
    "refused": "exclusion : agent refusé par la commune",
    "licence": "commune non desservie",
    "radius": "rayon {km}/{radius} km",
    "declined": "proposition déjà déclinée",
    "chosen": "autre agent choisi",
    # presence
    "contract": "hors contrat",
    "off": "ne travaille pas ce jour-là",
    "absent": "absent",
    "busy": "pris par {value}",
    "free": "disponible",
    "holiday": "jour férié",
    # broken rules of a plan
    "agreement": "convention manquante",
    "unknown_request": "demande inconnue",
    "unknown_agent": "agent inconnu",
    "not_asked": "demi-journée non demandée",
    "twice": "demi-journée déjà pourvue",
    "overlap": "déjà pris par {value} à la même demi-journée",
    "variants": "jours demandés et jours de remplacement mêlés",
    "too_many": "plus de demi-journées que demandé ({value}/{wanted})",
    "continuity": "mission non fractionnable partagée entre {value}",
    "day_hours": "{value} de travail dans la journée ({wanted} au plus)",
    "week_hours": "{value} de travail dans la semaine ({wanted} au plus)",
    "average_hours": "{value} en moyenne sur {weeks} semaines ({wanted} au plus)",
    "rest": "prise de poste à {value} : pas avant {wanted} (repos de {rest})",
    "amplitude": "prise de poste à {value} : pas avant {wanted} (amplitude de {rest})",
    "weekly_rest": "{value} de repos d'affilée dans la semaine ({wanted} au moins : {source})",
    "break": "{value} d'affilée sans pause de {pause} min ({source})",
    "travel": "trajet {from_} – {to} ({km} km) et pause de {lunch} min : {need} min pour {gap} min",
    # hours that were worked
    "stretch": "{place} de {begin} à {end}",
    "both": "{first} et {second}, en même temps",
    "where": "{reason} : {places}",
    "day_amplitude": "{value} entre le début et la fin de la journée ({wanted} au plus)",
    "day_rest": "{value} de repos depuis la veille ({wanted} au moins)",
    # notices
    "late_start": "prise de poste à {wanted} au plus tôt (réunion jusqu'à {end} : {why})",
    "long_way": "{km} km de {from_} à {to} entre midi et deux : pause de {lunch} min à garantir",
    "other_days": "contre-proposition de jours : {value}",
    "part_time": "{value} de travail dans la semaine pour un contrat de {wanted}",
    "check_civil_registry": "délégation de signature d'état civil à vérifier"
    " (art. R. 2122-10 du CGCT)",
}

_PLAIN = {
    "decree": "décret n° 2000-815, art. 3, I",
    "house": "règle de l'établissement",
    "rest_rule": "repos de {value}",
    "amplitude_rule": "amplitude de {value}",
    "no_ortools": "La bibliothèque « ortools » n'est pas installée : plan établi dans l'ordre"
    " d'arrivée des demandes (« greedy »).",
    "no_slot": "Aucune demi-journée à pourvoir dans la période demandée.",
    "no_agreement": "Convention manquante : la commune n'a pas signé.",
    "missing_skill": "Compétence absente : personne n'a {value}.",
    "missing_software": "Logiciel absent : personne ne connaît {value}.",
    "no_agent": "Aucun agent n'est proposé : la liste des agents est vide.",
    "nobody": "Aucun agent ne réunit toutes les exigences ; au plus près : {value}.",
    "nobody_at_all": "Aucun agent ne réunit toutes les exigences.",
    "every_requirement": "toutes les exigences",
    "fewer_days": "Jours de remplacement moins nombreux que les jours demandés :"
    " {filled} sur {count}.",
    "holes": "{count} sans agent ({dates}). {why}.",
    "gap_agent": "{agent} : {why} ({count})",
    "more_agents": "{count} autres agents non disponibles",
    "sole": "{agent} seul : personne d'autre ne réunit {value}.",
    # why an agent rather than another
    "been": "déjà {count} missions dans la commune",
    "been_once": "déjà une mission dans la commune",
    "been_f": "déjà venue {count} fois",
    "been_m": "déjà venu {count} fois",
    "new": "première mission dans la commune",
    "km": "{km}\u00a0km",
    "load": "charge {load}\u00a0%",
    "regret": "{request} perdrait {count}",
    "fits": "{agent} convient",
    "fit": "{agent} conviennent",
    "half_day": "{count} demi-journée",
    "half_days": "{count} demi-journées",
    "training": "formation {skill} {level} → {wanted}",
    "learn_software": "logiciel {value}",
}

TEMPLATES = {code: typeset(text) for code, text in (_ERRORS | _REASONS | _PLAIN).items()}


def message(code: str, **params) -> str:
    """The French sentence of a code, on one line."""
    return fill(TEMPLATES, code, params)


def half_day_count(count: int) -> str:
    """« 1 demi-journée », « 4 demi-journées »."""
    return message("half_days" if count > 1 else "half_day", count=count)


class StaffingError(FrenchError):
    """An option that cannot be used."""

    templates = TEMPLATES
