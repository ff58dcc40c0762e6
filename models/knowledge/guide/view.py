"""Which communes read a guide."""

from odoo import fields, models

from ...core.window_actions import open_action


class CommuneGuideView(models.Model):
    _name = "commune.guide.view"
    _inherit = ["commune.reading"]
    _description = "Guide read by a commune"
    _rec_name = "guide_id"
    _read_field = "guide_id"

    guide_id = fields.Many2one("commune.guide", required=True, index=True, ondelete="cascade")
    _person_uniq = models.Constraint(
        "UNIQUE(guide_id, partner_id, date)", "This person has already read the guide today."
    )


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    view_ids = fields.One2many(
        "commune.guide.view",
        "guide_id",
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
        groups = self.env["commune.guide.view"]._read_group(
            [("guide_id", "in", self.ids)],
            ["guide_id"],
            ["__count", "commune_id:count_distinct"],
        )
        counts = {guide: (views, communes) for guide, views, communes in groups}
        for guide in self:
            guide.view_count, guide.reader_commune_count = counts.get(guide, (0, 0))

    def _log_view(self, commune, person):
        """Count a reading, by a person of a commune who may read the guide; one query."""
        self.check_access("read")
        self.env["commune.guide.view"]._count(self, commune, person)
        self.invalidate_recordset(["view_ids", "view_count", "reader_commune_count"])

    def action_open_views(self):
        self.ensure_one()
        self.check_access("read")
        domain = [("guide_id", "=", self.id)]
        return open_action(self, "commune_guide_view_action", domain)
