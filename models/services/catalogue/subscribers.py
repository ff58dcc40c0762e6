"""What is checked when a price is set or changes."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, BEFORE, Subscriber

SUBSCRIBERS = (
    Subscriber(
        "services",
        "create",
        BEFORE,
        "_flush_periods",
        "an end that was just written counts",
    ),
    Subscriber(
        "services",
        "create",
        AFTER,
        "_check_new_prices",
        "a price that a unit cost decides is not typed",
    ),
    Subscriber(
        "services",
        "write",
        BEFORE,
        "_check_decided_prices",
        "a price that a unit cost decides is not typed",
    ),
)


class CommuneServicePrice(models.Model):
    _inherit = "commune.service.price"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
