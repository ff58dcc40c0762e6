"""Texts that were read since: their version and what is still to be confirmed, where the house
wrote nothing else. Spaces of all kinds count as one."""

from odoo import SUPERUSER_ID, api

BASES = {
    "legal_basis_l5215_27": {
        "version_read": (
            "L. 5215-27 : lu en traduction, sans date. L. 5217-7 : non lu",
            "L. 5215-27 et L. 5217-7, I : lus en traduction, sans date",
        ),
        "to_confirm": (
            "Renvoi de l’article L. 5217-7 et règles de la commande publique : à confirmer par le"
            " service juridique.",
            "Rédaction en vigueur des deux articles et règles de la commande publique : à confirmer"
            " par le service juridique.",
        ),
    },
    "legal_basis_csi_l512_2": {
        "version_read": ("", "L. 512-2, I : version du 29 décembre 2019"),
        "to_confirm": (
            "Texte non lu : à confirmer par le service juridique (majorité des communes,"
            " coordination avec les forces de l’État).",
            "Rédaction en vigueur de l’article L. 512-2 (majorité des communes) et article"
            " L. 512-5, non lu (coordination avec les forces de l’État) : à confirmer par le"
            " service juridique.",
        ),
        "citation": (
            "Vu le code de la sécurité intérieure, notamment ses articles L. 512-2 et L. 512-5,",
            "Vu le code de la sécurité intérieure, notamment son article L. 512-2,",
        ),
    },
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    for name, changes in BASES.items():
        record = env.ref(f"commune_relations.{name}", raise_if_not_found=False)
        for field, (before, after) in changes.items():
            if record and " ".join((record[field] or "").split()) == before:
                record[field] = after
