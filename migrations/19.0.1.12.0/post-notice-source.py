"""The delay of the conference of mayors names no article as its source any more: it is that of the
house. Where the house wrote nothing else."""

from odoo import SUPERUSER_ID, api

SOURCES = {
    "en_US": ("CGCT, L.5211-11-3, sets no delay", "No text sets a delay"),
    "fr_FR": (
        "Le code général des collectivités territoriales, art. L. 5211-11-3, ne fixe pas de délai",
        "Aucun texte ne fixe de délai",
    ),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    rule = env.ref("commune_relations.notice_rule_mayors", raise_if_not_found=False)
    known = {code for code, _name in env["res.lang"].get_installed()}
    for lang, (before, after) in SOURCES.items():
        own = rule and rule.with_context(lang=lang)
        if own and lang in known and " ".join((own.legal_source or "").split()) == before:
            own.legal_source = after
