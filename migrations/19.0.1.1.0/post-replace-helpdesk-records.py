"""Requests arrive with this version: replace what helpdesk_mgmt protects from updates.

An installation replaces its portal rule and its numbering; an update skips records that their
module marks as not to be updated.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools.convert import convert_file

FILES = ["security/requests/rules.xml", "data/requests/helpdesk_data.xml"]


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in FILES:
        convert_file(env, "commune_relations", name, {}, mode="init")
