"""A house that is set up asks passwords of twelve characters, unless it chose a length."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    if env["res.company"].search_count([("epci_id", "!=", False)], limit=1):
        env["res.users"]._ask_long_passwords()
