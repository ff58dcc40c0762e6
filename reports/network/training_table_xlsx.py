"""The annual table of trainings as a workbook: the lines of the screen, no other."""

from odoo import models

from ...engine.sheets import Column, Sheet
from ...models.core.workbook import make_workbook

COLUMNS = (
    # field of the line, kind, width, totalled
    ("official_count", "integer", 11, True),
    ("trained_count", "integer", 12, True),
    ("never_count", "integer", 14, True),
    ("hours", "amount", 10, True),
    ("days", "amount", 10, True),
    ("cost", "amount", 12, True),
    ("obliged_count", "integer", 12, True),
    ("obliged_met_count", "integer", 14, True),
    ("max_days", "amount", 14, False),
    ("over_count", "integer", 12, True),
)


class TrainingTableXlsx(models.AbstractModel):
    _name = "report.commune_relations.training_table_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Training of elected officials (XLSX)"

    def create_xlsx_report(self, docids, data):
        table = self.env["commune.training.table"].browse(docids)
        table.ensure_one()
        table.check_access("read")
        labels = table.line_ids._fields
        columns = [Column(self.env._("Commune"), width=26)] + [
            Column(labels[name]._description_string(self.env), kind, width, total)
            for name, kind, width, total in COLUMNS
        ]
        rows = [
            [line.commune_id.name, *(line[name] for name, *_rest in COLUMNS)]
            for line in table.line_ids
        ]
        sheet = Sheet(
            self.env._("Trainings %s", table.year),
            columns,
            rows,
            notice=self.env._(
                "Training leave: %(days)g days for the term. %(text)s",
                days=table.allowance,
                text=table.allowance_source or "",
            ),
            total_label=self.env._("Total"),
        )
        return make_workbook(self.env, table.display_name, [sheet]), "xlsx"
