"""The clause on the agent's work in the town hall is compulsory under L5211-4-1 too, where the
replacement service is opened, and quotes its article (CGCT, art. R2122-10).

Clauses are data that users edit: a condition and words of their own stay. The model texts get the
clause, since no convention is signed without it."""

import re

from odoo import SUPERUSER_ID, api
from odoo.fields import Command

MODULE = "commune_relations"
TEXTS = ("framework", "provision", "replacement_provision")
# The space before the semicolon is stored as an entity, or was typed as a plain one.
SHIPPED = re.compile(
    r"(d’officier de l’état civil)(?=(&nbsp;|\s); l’agent mis à disposition ne la reçoit pas)"
)
ARTICLE = " (code général des collectivités territoriales, art. R. 2122-10)"


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})

    def find(name):
        return env.ref(f"{MODULE}.{name}", raise_if_not_found=False)

    clause, basis = find("clause_remp_travail"), find("legal_basis_l5211_4_1")
    if not (clause and basis):
        return
    clause.basis_ids = [Command.link(basis.id)]
    if clause.condition == "always":
        clause.condition = "replacement"
    if SHIPPED.search(clause.body):
        clause.body = SHIPPED.sub(rf"\1{ARTICLE}", clause.body)
    for name in TEXTS:
        template = find(f"agreement_template_{name}")
        if template and template.clause_ids:
            template.clause_ids = [Command.link(clause.id)]
