"""Which communes read an item of the watch."""

from odoo import fields, models

from ...core.window_actions import open_action


class CommuneWatchView(models.Model):
    _name = "commune.watch.view"
    _inherit = ["commune.reading"]
    _description = "Item of the watch read by a commune"
    _rec_name = "item_id"
    _read_field = "item_id"

    item_id = fields.Many2one("commune.watch.item", required=True, index=True, ondelete="cascade")
    _person_uniq = models.Constraint(
        "UNIQUE(item_id, partner_id, date)", "This person has already read the item today."
    )


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    view_ids = fields.One2many("commune.watch.view", "item_id", string="Readings")
    reader_count = fields.Integer(string="Communes that read it", compute="_compute_reader_count")

    def _compute_reader_count(self):
        counts = dict(
            self.env["commune.watch.view"]._read_group(
                [("item_id", "in", self.ids)], ["item_id"], ["commune_id:count_distinct"]
            )
        )
        for item in self:
            item.reader_count = counts.get(item, 0)

    def _log_view(self, commune, person):
        """Count a reading, by a person of a commune who may read the item; one query."""
        self.env["commune.watch.view"]._count(self, commune, person)
        self.invalidate_recordset(["view_ids", "reader_count"])

    def action_open_views(self):
        """The communes that read it."""
        self.ensure_one()
        self.check_access("read")
        domain = [("item_id", "=", self.id)]
        return open_action(self, "commune_watch_view_action", domain)
