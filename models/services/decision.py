"""Services that a decision of a committee is about."""

from odoo import fields, models


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    service_ids = fields.Many2many(
        "commune.service", "commune_decision_service_rel", string="Services"
    )
