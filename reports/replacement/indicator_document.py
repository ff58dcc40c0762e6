"""Printed indicators of a period: the rows of the screen, by subject."""

from odoo import api, models
from odoo.tools import groupby


class ReplacementIndicators(models.AbstractModel):
    _name = "report.commune_relations.replacement_indicators"
    _description = "Indicators of the replacement service (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        screen = self.env["commune.replacement.indicators"].browse(docids)[:1]
        screen.check_access("read")
        company = self.env.company
        return {
            "docs": screen,
            "title": self.env._("Indicators of the replacement service"),
            "heading": self.env._("Indicators"),
            "kind": self.env._("Replacement service"),
            "subtitle": company._format_document_period(screen.date_start, screen.date_end),
            "notice": "",
            "identity": company._get_document_identity(),
            "sections": by_section(screen._get_rows()),
            "before": screen.before_text,
        }


def by_section(rows):
    """[(subject, rows)] in the order of the catalogue."""
    return list(groupby(rows, lambda row: row["section_label"]))
