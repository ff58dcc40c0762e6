"""Printed document template, filled for one commune."""

from odoo import api, models
from odoo.exceptions import UserError


class ResourceModel(models.AbstractModel):
    _name = "report.commune_relations.guide_template"
    _description = "Model document filled for a commune (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: `commune_id`, one that the current user may read; without it the fields
        stay as they are"""
        guide = self.env["commune.guide"].browse(docids)[:1]
        guide.check_access("read")
        if guide.kind != "model":
            raise UserError(self.env._("“%s” is no model document.", guide.name))
        number = (data or {}).get("commune_id")
        commune = (
            self.env["res.partner"].browse(int(number)) if number else guide.env["res.partner"]
        )
        commune.check_access("read")
        if commune and not commune.is_commune:
            raise UserError(self.env._("A model document is filled for a commune."))
        text = guide.sudo()  # a guide and a commune that may be read
        return {
            "docs": guide,
            "title": text._get_document_title(),
            "body": text._fill_document(commune, self.env.user.partner_id),
            "trial": self.env.company._get_demonstration_notice(),
        }
