"""Extensions and functions of ours leave the current schema: `unaccent` slowed down the searches of
every application."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.models.core.pg_schema import move_in


def migrate(cr, version):
    move_in(api.Environment(cr, SUPERUSER_ID, {}))
