"""What follows when a session is created or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, Subscriber

SUBSCRIBERS = (
    Subscriber(
        "committees",
        "create",
        AFTER,
        "_sync_members_in_office",
        "the members in office on its day are invited",
    ),
    Subscriber(
        "committees",
        "create",
        AFTER,
        "_bring_late_decisions_back",
        "decisions that are late stand on its agenda",
    ),
    Subscriber(
        "committees",
        "write",
        BEFORE,
        "_check_secretaries_kept",
        "who signs minutes that left stays",
        frozenset({"session_secretary_id"}),
    ),
    Subscriber(
        "committees",
        "write",
        AROUND,
        "_freeze_corrected_minutes",
        "minutes that left and change become another version",
        frozenset({"minutes_html"}),
    ),
    Subscriber(
        "committees",
        "write",
        BEFORE,
        "_close_former_chair_link",
        "the link of the former chair opens nothing",
        frozenset({"chair_id"}),
    ),
    Subscriber(
        "committees",
        "write",
        AFTER,
        "_sync_members_in_office",
        "the members in office on its day are invited",
        frozenset({"date_begin", "committee_id"}),
    ),
)


class CommuneSession(models.Model):
    _inherit = "commune.session"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
