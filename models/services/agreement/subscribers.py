"""Subscribers to the creation and changes of an agreement, in the order of calls."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, NORMALISE, Subscriber
from .agreement import FROZEN

# Content of the deliberation documents, without the votes themselves, which come after.
VOTED = frozenset(name for name in FROZEN if "deliberation" not in name)

SUBSCRIBERS = (
    Subscriber(
        "services",
        "create",
        BEFORE,
        "_prepare_parties",
        "the commune is the other party; number",
    ),
    Subscriber(
        "services",
        "create",
        AFTER,
        "_notify_new_signatories",
        "who signs by delegation waits, and it is notified",
    ),
    Subscriber(
        "services",
        "create",
        AFTER,
        "_check_new_namesake_authors",
        "who signs does not say that two persons differ",
    ),
    Subscriber(
        "services",
        "write",
        NORMALISE,
        "_restart_renewal_alerts",
        "another end: the alerts begin again",
        frozenset({"end_date"}),
    ),
    Subscriber(
        "services",
        "write",
        NORMALISE,
        "_with_commune_as_party",
        "the commune is the other party",
        frozenset({"commune_id"}),
    ),
    Subscriber(
        "services",
        "write",
        BEFORE,
        "_check_frozen",
        "what was signed does not change",
    ),
    Subscriber(
        "steering",
        "write",
        AFTER,
        "_take_promises_along",
        "the promises noted on it are to its commune",
        frozenset({"commune_id"}),
    ),
    Subscriber(
        "services",
        "write",
        AROUND,
        "_detect_signatory_changes",
        "who signs by delegation waits, and it is notified",
        frozenset({"commune_id", "signatory_id", "delegation_ref"}),
    ),
    Subscriber(
        "services",
        "write",
        AROUND,
        "_mark_pack_outdated",
        "papers that an assembly has and that change are seen",
        VOTED,
    ),
)


class Agreement(models.Model):
    _inherit = "agreement"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
