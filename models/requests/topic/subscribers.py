"""What follows when a topic is added, changes or goes, in the order in which it does."""

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import BEFORE, Subscriber

SUBSCRIBERS = (
    Subscriber(
        "requests",
        "create",
        BEFORE,
        "_forget_index",
        "the orientation reads the words anew",
    ),
    Subscriber(
        "requests",
        "create",
        BEFORE,
        "_check_team_given",
        "a team of others is given by who may change it",
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_forget_index",
        "the orientation reads the words anew",
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_check_new_team",
        "a team of others is given by who may change it",
    ),
    Subscriber(
        "requests",
        "unlink",
        BEFORE,
        "_forget_index",
        "the orientation reads the words anew",
    ),
)


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)

    def unlink(self):
        return record_changes.unlink(self, SUBSCRIBERS, super().unlink)
