"""Sectors: groups of communes drawn by the intercommunality for its own organisation."""

from odoo import fields, models


class CommuneSector(models.Model):
    _name = "commune.sector"
    _description = "Sector of communes"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=False)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    commune_ids = fields.One2many("res.partner", "sector_id", string="Communes")
    commune_count = fields.Integer(compute="_compute_commune_count")

    _name_uniq = models.Constraint("UNIQUE(name)", "There is already a sector of this name.")

    def _compute_commune_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("sector_id", "in", self.ids)], ["sector_id"], ["__count"]
            )
        )
        for sector in self:
            sector.commune_count = counts.get(sector, 0)
