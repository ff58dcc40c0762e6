"""What follows when a request of replacement is filed or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, BEFORE, Subscriber

# A meeting in the evening, for which an agent arrives later.
EVENING_FIELDS = frozenset({"evening_date", "evening_start", "evening_end"})

SUBSCRIBERS = (
    Subscriber(
        "replacement",
        "create",
        BEFORE,
        "_draw_numbers",
        "its number of the year",
    ),
    Subscriber(
        "replacement",
        "create",
        AFTER,
        "_generate_first_slots",
        "its half-days",
    ),
    Subscriber(
        "replacement",
        "write",
        BEFORE,
        "_remember_agreed_evenings",
        "what persons expect, for the letter about the change",
        EVENING_FIELDS,
    ),
    Subscriber(
        "replacement",
        "write",
        BEFORE,
        "_check_same_commune",
        "the commune stays once agents are chosen",
        frozenset({"commune_id"}),
    ),
    Subscriber(
        "replacement",
        "write",
        BEFORE,
        "_check_new_start",
        "it does not begin in the past",
        frozenset({"date_start"}),
    ),
    Subscriber(
        "replacement",
        "write",
        AFTER,
        "_generate_changed_slots",
        "its half-days",
    ),
    Subscriber(
        "replacement",
        "write",
        AFTER,
        "_finish_reading_activities",
        "nobody has to read it any more",
        frozenset({"state"}),
    ),
    Subscriber(
        "replacement",
        "write",
        AFTER,
        "_refresh_held_arrivals",
        "agents arrive at another hour",
        EVENING_FIELDS,
    ),
)


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
