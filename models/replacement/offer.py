"""Which options of a convention open the replacement service."""

from odoo import fields, models


class CommuneServiceOffer(models.Model):
    _inherit = "commune.service.offer"

    is_replacement = fields.Boolean(
        string="Opens the replacement service",
        help="A commune whose convention holds this option may ask for an agent.",
    )
