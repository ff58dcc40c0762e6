"""What follows when a half-day is added or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, BEFORE, Subscriber

# What persons expect of a half-day.
AGREED = frozenset({"state", "employee_id", "date", "half_day", "arrival_hour"})

SUBSCRIBERS = (
    Subscriber(
        "replacement",
        "create",
        BEFORE,
        "_check_added_fields",
        "what the steps write is not typed",
    ),
    Subscriber(
        "replacement",
        "create",
        AFTER,
        "_check_addable",
        "a day to come, open, of a request that is not settled",
    ),
    Subscriber(
        "replacement",
        "write",
        BEFORE,
        "_remember_agreed",
        "what persons expect, for the letter about the change",
        AGREED,
    ),
)


class CommuneReplacementSlot(models.Model):
    """The methods of the service run the rules, then write as superuser: no client can."""

    _inherit = "commune.replacement.slot"

    @api.model_create_multi
    def create(self, vals_list):
        followed = () if self.env.su else SUBSCRIBERS
        return record_changes.create(self, vals_list, followed, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        do_write = super().write if self.env.su else self._change_by_hand
        return record_changes.write(self, vals, chosen, do_write)
