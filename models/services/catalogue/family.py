"""Families: the chapters of the catalogue of services."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .service import VISIBLE


class CommuneServiceFamily(models.Model):
    _name = "commune.service.family"
    _description = "Family of services"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for imports and exports.")
    sequence = fields.Integer(default=10)
    description = fields.Text(
        translate=True, help="One or two sentences under the title, in the brochure."
    )
    active = fields.Boolean(default=True)
    service_ids = fields.One2many("commune.service", "family_id", string="Services")
    service_count = fields.Integer(
        compute="_compute_service_count", string="Services in the catalogue"
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names another family.")

    @api.depends("service_ids.state")
    def _compute_service_count(self):
        groups = self.env["commune.service"]._read_group(
            Domain("family_id", "in", self.ids) & Domain("state", "in", VISIBLE),
            ["family_id"],
            ["__count"],
        )
        counts = dict(groups)
        for family in self:
            family.service_count = counts.get(family, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        services = self.sudo().with_context(active_test=False).service_ids
        if services:
            raise UserError(
                self.env._(
                    "“%(family)s” holds services (%(services)s): archive it, or move them first.",
                    family=services[0].family_id.name,
                    services=", ".join(services.mapped("name")),
                )
            )
