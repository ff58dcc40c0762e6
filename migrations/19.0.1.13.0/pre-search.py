"""The function that the one search has its indexes on."""

from odoo.addons.commune_relations.models.core.pg_schema import create_fold


def migrate(cr, version):
    create_fold(cr)
