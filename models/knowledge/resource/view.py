"""Which communes read a guide: once per person and day, and the person is forgotten the day
after."""

from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ...core.window import open_action

_lt = LazyTranslate(__name__)


class CommuneResourceView(models.Model):
    _name = "commune.resource.view"
    _inherit = ["commune.append.only"]
    _description = "Guide read by a commune"
    _order = "date desc, id desc"
    _rec_name = "resource_id"
    _kept_reason = _lt("A reading that was counted is never changed.")

    resource_id = fields.Many2one(
        "commune.resource", string="Guide", required=True, index=True, ondelete="cascade"
    )
    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
        help="Who read it today; empty from the next day on.",
    )
    date = fields.Date(required=True)
    _person_uniq = models.Constraint(
        "UNIQUE(resource_id, partner_id, date)", "This person has already read the guide today."
    )

    @api.autovacuum
    def _gc_persons(self):
        """A count needs nobody's name: kept for the day only, to count a person once."""
        self.env.execute_query(
            SQL(
                """UPDATE commune_resource_view SET partner_id = NULL
                    WHERE partner_id IS NOT NULL AND date < %s RETURNING id""",
                fields.Date.context_today(self),
            )
        )
        self.invalidate_model(["partner_id"])


class CommuneResource(models.Model):
    _inherit = "commune.resource"

    view_ids = fields.One2many(
        "commune.resource.view",
        "resource_id",
        string="Readings of the guide",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )
    view_count = fields.Integer(
        string="Readings",
        compute="_compute_view_count",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help="Once per person and day.",
    )
    reader_commune_count = fields.Integer(
        string="Communes that read it",
        compute="_compute_view_count",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )

    def _compute_view_count(self):
        groups = self.env["commune.resource.view"]._read_group(
            [("resource_id", "in", self.ids)],
            ["resource_id"],
            ["__count", "commune_id:count_distinct"],
        )
        counts = {guide: (views, communes) for guide, views, communes in groups}
        for guide in self:
            guide.view_count, guide.reader_commune_count = counts.get(guide, (0, 0))

    def _note_view(self, commune, person):
        """Count a reading, by a person of a commune who may read the guide; one query."""
        self.ensure_one()
        self.env.execute_query(
            SQL(
                """INSERT INTO commune_resource_view (resource_id, commune_id, partner_id, date)
                   VALUES (%s, %s, %s, %s)
                   ON CONFLICT (resource_id, partner_id, date) DO NOTHING RETURNING id""",
                self.id,
                commune.id,
                person.id,
                fields.Date.context_today(self),
            )
        )
        self.invalidate_recordset(["view_ids", "view_count", "reader_commune_count"])

    def action_open_views(self):
        self.ensure_one()
        self.check_access("read")
        domain = [("resource_id", "=", self.id)]
        return open_action(self, "commune_resource_view_action", domain)
