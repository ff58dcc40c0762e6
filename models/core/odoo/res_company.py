"""What follows when the settings of the organisation change: one line for each pillar."""

from odoo import models

from .. import record_changes
from ..pillar import PILLARS
from ..record_changes import AFTER, AROUND, Subscriber

USES = frozenset(f"uses_{pillar}" for pillar in PILLARS)

SUBSCRIBERS = (
    Subscriber("core", "write", AFTER, "_forget_menus", "menus of each user", USES),
    Subscriber(
        "core",
        "write",
        AFTER,
        "_forget_menus",
        "the day of the communes follows the contact of the organisation",
        frozenset({"partner_id"}),
    ),
    Subscriber(
        "network",
        "write",
        AFTER,
        "_move_obligations",
        "obligations follow the renewal",
        frozenset({"last_renewal_date"}),
    ),
    Subscriber(
        "knowledge",
        "write",
        AROUND,
        "_put_paths_off",
        "paths wait while the pillar is switched off",
        frozenset({"uses_knowledge"}),
    ),
    Subscriber(
        "steering",
        "write",
        AFTER,
        "_publish_spreadsheets",
        "the spreadsheet of a pillar goes with it",
        USES,
    ),
)


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
