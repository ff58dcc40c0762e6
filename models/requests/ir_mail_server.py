"""A demonstration holds the addresses of real town halls: nothing leaves it."""

from odoo import models

SILENT = "commune_relations.demonstration"


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _disable_send(self):
        """In a demonstration, mails are composed, filed as sent, and never handed to a server."""
        if self.env["ir.config_parameter"].sudo().get_param(SILENT):
            return True
        return super()._disable_send()
