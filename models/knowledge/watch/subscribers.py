"""What follows when an item of the watch is noted or changes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, NORMALISE, Subscriber
from .deadline import FOLLOWED
from .workflow import CONTENT

# What was typed is compared before it is made short and plain.
SUBSCRIBERS = (
    Subscriber(
        "knowledge",
        "create",
        NORMALISE,
        "_with_cited_texts",
        "the texts of law that its words cite",
    ),
    Subscriber(
        "knowledge",
        "create",
        NORMALISE,
        "_prepare_own",
        "short and plain; the key of its page",
    ),
    Subscriber(
        "knowledge",
        "create",
        BEFORE,
        "_check_new_pages",
        "a page is in the watch once",
    ),
    Subscriber(
        "knowledge",
        "write",
        AFTER,
        "_note_new_page",
        "the key of its page, which is in the watch once",
        frozenset({"link"}),
    ),
    Subscriber(
        "knowledge",
        "write",
        AROUND,
        "_ask_again_when_changed",
        "a colleague reads again what changes",
        CONTENT,
    ),
    Subscriber(
        "knowledge",
        "write",
        NORMALISE,
        "_prepare_text",
        "short and plain",
    ),
    Subscriber(
        "knowledge",
        "write",
        AFTER,
        "_follow_changed_days",
        "its days in the calendars",
        FOLLOWED,
    ),
)


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    @api.model_create_multi
    def create(self, vals_list):
        do_create = super().create if self.env.su else self._create_by_user
        return record_changes.create(self, vals_list, SUBSCRIBERS, do_create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
