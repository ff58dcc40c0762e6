"""What follows when a mailing is created or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, NORMALISE, Subscriber
from .approval import CONTENT

SUBSCRIBERS = (
    Subscriber(
        "network",
        "create",
        BEFORE,
        "_check_new_approvals",
        "nothing leaves unapproved",
    ),
    Subscriber(
        "network",
        "create",
        NORMALISE,
        "_prepare_network",
        "a letter to audiences is for persons",
    ),
    Subscriber(
        "network",
        "create",
        BEFORE,
        "_check_new_senders",
        "a letter to communes has a sender",
    ),
    Subscriber(
        "network",
        "create",
        AFTER,
        "_check_persons_written_to",
        "the queue writes to those alone whom this user may write to",
    ),
    Subscriber(
        "network",
        "write",
        BEFORE,
        "_check_approved_step",
        "nothing leaves unapproved",
        frozenset({"state"}),
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_changed_content",
        "what changed after its approval is approved again",
        CONTENT,
    ),
    Subscriber(
        "network",
        "write",
        NORMALISE,
        "_prepare_changed_network",
        "a letter to audiences is for persons",
        frozenset({"audience_ids", "network_kind", "mailing_model_id"}),
    ),
    Subscriber(
        "network",
        "write",
        BEFORE,
        "_check_changed_sender",
        "a letter to communes has a sender",
        frozenset({"email_from"}),
    ),
    Subscriber(
        "network",
        "write",
        AFTER,
        "_check_reviewed_step",
        "near an election a second person has read it",
        frozenset({"state"}),
    ),
    Subscriber(
        "network",
        "write",
        AFTER,
        "_check_persons_written_to",
        "the queue writes to those alone whom this user may write to",
        frozenset({"state", "mailing_domain", "mailing_model_id", "contact_list_ids"}),
    ),
    Subscriber(
        "knowledge",
        "write",
        AROUND,
        "_detect_changed_items",
        "other items of the watch are approved again",
        frozenset({"watch_item_ids"}),
    ),
)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
