"""Settings of the organisation, each declared once.

A settings page shows them to the Odoo administrator, a wizard of the addon to the manager
(wizards/core/manager_settings.py).
"""

from odoo import api, fields, models

from .document.branding import check_readable


class CommuneOrganisationSettingsMixin(models.AbstractModel):
    """Fields of the company that a manager decides on; each pillar adds its own."""

    _name = "commune.organisation.settings.mixin"
    _description = "Settings of the organisation"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    epci_id = fields.Many2one(related="company_id.epci_id", readonly=False)
    last_renewal_date = fields.Date(related="company_id.last_renewal_date", readonly=False)
    document_primary_color = fields.Char(
        string="Main colour of documents", related="company_id.primary_color", readonly=False
    )
    document_secondary_color = fields.Char(
        string="Second colour of documents", related="company_id.secondary_color", readonly=False
    )
    publication_director = fields.Char(related="company_id.publication_director", readonly=False)
    hosting_provider = fields.Text(related="company_id.hosting_provider", readonly=False)
    privacy_email = fields.Char(related="company_id.privacy_email", readonly=False)
    accessibility_state = fields.Selection(related="company_id.accessibility_state", readonly=False)
    accessibility_date = fields.Date(related="company_id.accessibility_date", readonly=False)
    legal_notice = fields.Html(related="company_id.legal_notice", readonly=False)
    legal_privacy = fields.Html(related="company_id.legal_privacy", readonly=False)
    legal_accessibility = fields.Html(related="company_id.legal_accessibility", readonly=False)

    @api.constrains("document_primary_color", "document_secondary_color")
    def _check_document_colors(self):
        """Text in the colours of the organisation must be readable on white (RGAA, 4.5:1)."""
        for settings in self:
            check_readable(settings, "document_primary_color")
            check_readable(settings, "document_secondary_color")


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["res.config.settings", "commune.organisation.settings.mixin"]
