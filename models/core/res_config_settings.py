"""Settings of the application: the intercommunality and the look of its documents."""

from odoo import api, fields, models

from .document.look import check_readable


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    epci_id = fields.Many2one(related="company_id.epci_id", readonly=False)
    last_renewal_date = fields.Date(related="company_id.last_renewal_date", readonly=False)
    document_primary_color = fields.Char(
        string="Main colour of documents", related="company_id.primary_color", readonly=False
    )
    document_secondary_color = fields.Char(
        string="Second colour of documents", related="company_id.secondary_color", readonly=False
    )

    @api.constrains("document_primary_color", "document_secondary_color")
    def _check_document_colors(self):
        """Text in the colours of the house must be readable on white paper (RGAA, 4.5:1)."""
        for settings in self:
            check_readable(settings, "document_primary_color")
            check_readable(settings, "document_secondary_color")
