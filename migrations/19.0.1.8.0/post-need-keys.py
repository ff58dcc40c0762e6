"""Needs are found again by their words: of “Maîtrise d’œuvre”, “maitrise duvre” was kept."""

import unicodedata

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.engine.text import key, words


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for project in env["commune.service.project"].search([("need_key", "!=", False)]):
        # One that was renamed since keeps the words under which it was asked for.
        ascii_alone = unicodedata.normalize("NFKD", project.name).encode("ascii", "ignore")
        if words(ascii_alone.decode()) == project.need_key.split():
            project.need_key = key(project.name)
