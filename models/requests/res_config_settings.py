"""Settings of the requests: what is promised to communes, who validates."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    request_direction_ids = fields.Many2many(
        related="company_id.request_direction_ids", readonly=False
    )
    request_transfer_limit = fields.Integer(
        related="company_id.request_transfer_limit", readonly=False
    )
    request_reopening_days = fields.Integer(
        related="company_id.request_reopening_days", readonly=False
    )
