"""What follows when a mandate or a post begins, changes or is deleted: one line for each pillar.

The import of the national directory copies its lines by SQL and repeats what follows of these in
`_create_mandates`."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, Subscriber

# What decides who is in an audience.
AUDIENCE = frozenset(
    {
        "active",
        "partner_id",
        "commune_id",
        "function_id",
        "delegation",
        "date_start",
        "date_end",
    }
)
# What decides who may sign.
TERMS = frozenset(
    {
        "partner_id",
        "commune_id",
        "function_id",
        "date_start",
        "date_end",
        "active",
        "portal_blocked",
    }
)
DELEGATION = frozenset({"sign_delegation_ref", "sign_delegation_start", "sign_delegation_end"})

WITHDRAWAL = frozenset({"portal_blocked", "portal_blocked_by_id", "portal_blocked_date"})

SUBSCRIBERS = (
    Subscriber(
        "territory",
        "create",
        BEFORE,
        "_check_no_withdrawal",
        "an access is withdrawn by a button, which notes who and when",
        WITHDRAWAL,
    ),
    Subscriber(
        "territory",
        "create",
        BEFORE,
        "_flush_periods",
        "periods that overlap are seen",
    ),
    Subscriber(
        "territory",
        "create",
        AFTER,
        "_mark_holders_tracked",
        "a holder is known to the communes",
    ),
    Subscriber(
        "network",
        "create",
        AFTER,
        "_refresh_new_audiences",
        "lists and groups follow",
    ),
    Subscriber(
        "network",
        "create",
        AFTER,
        "_start_new_signatories",
        "a new signatory waits, and it is notified",
    ),
    Subscriber(
        "services",
        "create",
        AFTER,
        "_log_new_delegations",
        "a new delegation is notified",
    ),
    Subscriber(
        "knowledge",
        "create",
        AFTER,
        "_start_new_paths",
        "the first days of a mandate begin",
    ),
    Subscriber(
        "territory",
        "write",
        AFTER,
        "_mark_holders_tracked",
        "a holder is known to the communes",
        frozenset({"partner_id"}),
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_refresh_changed_audiences",
        "lists and groups follow",
        AUDIENCE,
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_term_changes",
        "a signatory who changes waits, and it is notified",
        TERMS,
    ),
    Subscriber(
        "services",
        "write",
        AROUND,
        "_detect_delegation_changes",
        "a delegation that changes waits, and it is notified",
        DELEGATION,
    ),
    Subscriber(
        "territory",
        "write",
        BEFORE,
        "_clear_end_cause",
        "no cause of an end that is no more",
        frozenset({"date_end"}),
    ),
    Subscriber(
        "territory",
        "write",
        BEFORE,
        "_check_withdrawal",
        "an access is withdrawn by a button, which notes who and when",
        WITHDRAWAL,
    ),
    Subscriber(
        "network",
        "unlink",
        BEFORE,
        "_log_removed_mandates",
        "a signatory who leaves is notified",
    ),
    Subscriber(
        "network",
        "unlink",
        AROUND,
        "_refresh_left_audiences",
        "lists and groups follow",
    ),
)


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)

    def unlink(self):
        return record_changes.unlink(self, SUBSCRIBERS, super().unlink)
