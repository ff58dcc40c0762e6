"""Which communes read a guide."""

from odoo import fields, models

from ...core.window_actions import open_action


class CommuneResourceView(models.Model):
    _name = "commune.resource.view"
    _inherit = ["commune.reading"]
    _description = "Guide read by a commune"
    _rec_name = "resource_id"
    _read_field = "resource_id"

    resource_id = fields.Many2one(
        "commune.resource", string="Guide", required=True, index=True, ondelete="cascade"
    )
    _person_uniq = models.Constraint(
        "UNIQUE(resource_id, partner_id, date)", "This person has already read the guide today."
    )


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

    def _log_view(self, commune, person):
        """Count a reading, by a person of a commune who may read the guide; one query."""
        self.check_access("read")
        self.env["commune.resource.view"]._count(self, commune, person)
        self.invalidate_recordset(["view_ids", "view_count", "reader_commune_count"])

    def action_open_views(self):
        self.ensure_one()
        self.check_access("read")
        domain = [("resource_id", "=", self.id)]
        return open_action(self, "commune_resource_view_action", domain)
