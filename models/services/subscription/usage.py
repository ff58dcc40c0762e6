"""What a commune used: days, files, interventions, euros of works."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CommuneServiceUsage(models.Model):
    _name = "commune.service.usage"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Use of a service"
    _order = "date desc, id desc"
    _readonly_fields = frozenset()  # what is worked out apart

    subscription_id = fields.Many2one(
        "commune.service.subscription", required=True, index=True, ondelete="restrict"
    )
    commune_id = fields.Many2one(related="subscription_id.commune_id", store=True, index=True)
    offer_id = fields.Many2one(related="subscription_id.offer_id", store=True, index=True)
    service_id = fields.Many2one(related="subscription_id.service_id", store=True, index=True)
    unit_name = fields.Char(related="subscription_id.offer_id.unit_name")
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_today(), index=True
    )
    quantity = fields.Float(
        digits=(16, 2),
        required=True,
        help="In the unit of the offer; a negative figure corrects a former one.",
    )
    description = fields.Char()

    @api.depends("subscription_id", "date")
    def _compute_display_name(self):
        for use in self:
            use.display_name = f"{use.subscription_id.display_name}, {use.date}"

    @api.constrains("date", "subscription_id")
    def _check_date(self):
        for use in self.filtered("subscription_id"):
            subscription = use.subscription_id
            end = subscription.date_end
            if use.date < subscription.date_start or (end and use.date > end):
                raise UserError(
                    self.env._(
                        "%(commune)s was not subscribed to “%(offer)s” on %(date)s.",
                        commune=subscription.commune_id.name,
                        offer=subscription.offer_id.display_name,
                        date=self.env.company._format_document_date(use.date),
                    )
                )
