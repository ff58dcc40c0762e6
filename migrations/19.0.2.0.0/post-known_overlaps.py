"""Whoever follows a mission learns which of its hours overlap others: they are to be corrected."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["commune.replacement.timesheet.line"]._report_known_overlaps()
