"""Sheets of postal labels."""

from odoo import api, models

from ...engine.postal import labels


class LabelDocument(models.AbstractModel):
    _name = "report.commune_relations.label_document"
    _description = "Postal labels (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizard = self.env["commune.label.print"].browse(docids)
        wizard.ensure_one()
        sheets = wizard._get_sheets()
        notice = bool(self.env.company._get_demonstration_notice())  # such labels are not posted
        wizard._log_export(sum(len(sheet) for sheet in sheets) - notice)
        return {
            "doc": wizard,
            "title": self.env._("Postal labels"),
            "sheets": sheets,
            "label": labels.FORMATS[wizard.label_format],
        }
