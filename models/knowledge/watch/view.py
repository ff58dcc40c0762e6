"""Which communes read an item: once per person and day, and the person is forgotten the day
after."""

from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ...core.window import open_action

_lt = LazyTranslate(__name__)


class CommuneWatchView(models.Model):
    _name = "commune.watch.view"
    _inherit = ["commune.append.only"]
    _description = "Item of the watch read by a commune"
    _order = "date desc, id desc"
    _rec_name = "item_id"
    _kept_reason = _lt("A reading that was counted is never changed.")

    item_id = fields.Many2one("commune.watch.item", required=True, index=True, ondelete="cascade")
    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Who read it today; empty from the next day on.",
    )
    date = fields.Date(required=True)
    _person_uniq = models.Constraint(
        "UNIQUE(item_id, partner_id, date)", "This person has already read the item today."
    )

    @api.autovacuum
    def _gc_persons(self):
        """A count needs nobody's name: kept for the day only, to count a person once."""
        self.env.execute_query(
            SQL(
                """UPDATE commune_watch_view SET partner_id = NULL
                    WHERE partner_id IS NOT NULL AND date < %s RETURNING id""",
                fields.Date.context_today(self),
            )
        )
        self.invalidate_model(["partner_id"])


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

    def _note_view(self, commune, person):
        """Count a reading, by a person of a commune who may read the item; one query."""
        self.ensure_one()
        self.env.execute_query(
            SQL(
                """INSERT INTO commune_watch_view (item_id, commune_id, partner_id, date)
                   VALUES (%s, %s, %s, %s)
                   ON CONFLICT (item_id, partner_id, date) DO NOTHING RETURNING id""",
                self.id,
                commune.id,
                person.id,
                fields.Date.context_today(self),
            )
        )
        self.invalidate_recordset(["view_ids", "reader_count"])

    def action_open_views(self):
        """The communes that read it."""
        self.ensure_one()
        self.check_access("read")
        domain = [("item_id", "=", self.id)]
        return open_action(self, "commune_watch_view_action", domain)
