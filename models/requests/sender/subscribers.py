"""What follows when a known address is added or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, NORMALISE, Subscriber

SUBSCRIBERS = (
    Subscriber(
        "requests",
        "create",
        NORMALISE,
        "_clean",
        "an address or a domain, without what was typed around it",
    ),
    Subscriber(
        "network",
        "create",
        AFTER,
        "_notify_new_addresses",
        "a signatory who gets one waits before signing",
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_address_changes",
        "a signatory whose address changes waits before signing",
        frozenset({"partner_id", "value"}),
    ),
    Subscriber(
        "requests",
        "write",
        NORMALISE,
        "_clean",
        "an address or a domain, without what was typed around it",
        frozenset({"value"}),
    ),
)


class CommuneKnownEmail(models.Model):
    _inherit = "commune.known.email"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
