"""Needs are found again by their words: of “Maîtrise d’œuvre”, “maitrise duvre” was kept."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.engine.text import key


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for project in env["commune.service.project"].search([("need_key", "!=", False)]):
        # The project may be renamed since; its first need has the words that were typed.
        if first := project.need_ids.sorted("id")[:1]:
            project.need_key = key(first.text)
