"""Files that a message on a record with proofs bears say so themselves: of the others, nothing more
is asked when they are changed or deleted."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["ir.attachment"]._note_all_borne_files()
