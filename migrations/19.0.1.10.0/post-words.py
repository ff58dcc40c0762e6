"""Powers of police, articles and names of communes in what the addon itself had written.

Only values that are still those that shipped are touched: a topic that a house sent elsewhere, a
text that somebody rewrote, a paper already made stay as they are.
"""

import re

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.commune_relations.engine.law import cite

POLICE = {"VOI-PER": "road", "DEC-DEP": "dumping", "HAB-IND": "housing"}
MAYOR = "Maire de la commune (pouvoir de police)"
# What is shipped of these is a text in French, not a translation.
CITED = [("commune.obligation", "source"), ("commune.legal.value", "source")]
PLACED = ("mail_template_campaign", "mail_template_campaign_reminder")
STRONG = re.compile(r'\b(of|de) <strong t-out="object\.commune_id\.name">Aubrive</strong>')
SUBJECT = re.compile(r"\b(?:of|de) {{ object\.commune_id\.name }}")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "active_test": False})
    _give_police(env)
    _cite_topics(env)
    for model, name in CITED:
        _cite_shipped(env, model, name)
    for xmlid in PLACED:
        _place(env, xmlid)


def _give_police(env):
    for code, power in POLICE.items():
        found = env.ref(f"commune_relations.police_power_{power}", raise_if_not_found=False)
        domain = [("code", "=", code), ("police_power_id", "=", False)]
        domain += [("level", "=", "metropole"), ("outside_name", "in", [False, ""])]
        if found:
            env["commune.topic"].search(domain).write(
                {"police_power_id": found.id, "level": "commune", "outside_name": MAYOR}
            )


def _cite_topics(env):
    """“L.5217-2 CGCT” was shipped; “CGCT, art. L. 5217-2” is how it is quoted."""
    for topic in env["commune.topic"].search([("legal_basis", "=like", "L.%")]):
        number, space, law = topic.legal_basis.partition(" ")
        if space and law == "CGCT" and re.fullmatch(r"L\.\d+(-\d+)+", number):
            topic.legal_basis = cite(f"CGCT, art. {number}")


def _cite_shipped(env, model, name):
    ours = env["ir.model.data"].search(
        [("model", "=", model), ("module", "=", "commune_relations")]
    )
    for record in env[model].browse(ours.mapped("res_id")).exists():
        if cite(record[name]) != record[name]:
            record[name] = cite(record[name])


def _place(env, xmlid):
    """“de Augny” becomes “d’Augny”, in each language, where the sentence is the shipped one."""
    template = env.ref(f"commune_relations.{xmlid}", raise_if_not_found=False)
    if not template:
        return
    env.cr.execute(SQL("SELECT body_html, subject FROM mail_template WHERE id = %s", template.id))
    ((bodies, subjects),) = env.cr.fetchall()
    placed = r'<strong t-out="object.commune_id._of_place()">\1 Aubrive</strong>'
    for lang, body in (bodies or {}).items():
        template.with_context(lang=lang).body_html = STRONG.sub(placed, body)
    for lang, subject in (subjects or {}).items():
        words = SUBJECT.sub("{{ object.commune_id._of_place() }}", subject)
        template.with_context(lang=lang).subject = words
