"""What follows when a subscription is taken or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, Subscriber

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
        "_check_new_subscriptions",
        "the service is open to the commune, and has a seat",
    ),
    Subscriber(
        "services",
        "write",
        AROUND,
        "_check_changed_subscriptions",
        "the service is open to the commune, and has a seat",
        frozenset({"commune_id", "offer_id", "active", "date_start", "date_end"}),
    ),
    Subscriber(
        "services",
        "write",
        AFTER,
        "_alert_changed_forecast",
        "80 % of a new forecast may be used already",
        frozenset({"forecast_quantity"}),
    ),
)


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
