"""The function that the one search has its indexes on leaves the signs where they are.

Its indexes stay as they were: the trigrams of a text do not hold its signs.
"""

from odoo.addons.commune_relations.models.core.pg_schema import create_fold


def migrate(cr, version):
    create_fold(cr)
