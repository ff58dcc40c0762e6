"""Wizard: print the directory of the communes and of their officials."""

from odoo import api, fields, models
from odoo.exceptions import UserError

# About 90 lines are rendered in a second: longer documents use a background task.
MOST_LINES = 300
LINES = 5  # of a commune, beside its persons


class CommuneDirectoryPrint(models.TransientModel):
    _name = "commune.directory.print"
    _inherit = ["commune.print.mixin"]
    _description = "Print the directory of communes"

    kind = fields.Selection(
        [
            ("both", "Elected officials and staff"),
            ("elected", "Elected officials"),
            ("staff", "Staff"),
        ],
        string="Persons",
        required=True,
        default="both",
    )
    function_ids = fields.Many2many(
        "commune.function",
        string="Functions",
        domain="[('kind', 'in', ['elected', 'staff'] if kind == 'both' else [kind])]",
        help="Leave empty for all functions.",
    )
    parts = fields.Selection(
        [
            ("both", "By commune, then by function"),
            ("commune", "By commune"),
            ("function", "By function"),
        ],
        string="Order",
        required=True,
        default="both",
    )
    file_format = fields.Selection(
        [("pdf", "PDF, to print and to send"), ("xlsx", "XLSX, to sort and to compute")],
        string="File",
        required=True,
        default="pdf",
    )
    summary = fields.Char(compute="_compute_summary")
    is_long = fields.Boolean(compute="_compute_summary")

    @api.depends_context("lang")
    @api.depends("commune_ids", "sector_ids", "kind", "function_ids")
    def _compute_summary(self):
        """What the document will hold, before it is made."""
        for wizard in self:
            try:
                communes = wizard._get_communes()
            except UserError:
                wizard.summary = self.env._("No commune matches these choices.")
                wizard.is_long = False
                continue
            persons = communes._count_current_persons(wizard._get_persons_domain())
            wizard.summary = wizard._describe_size(len(communes), persons)
            wizard.is_long = persons + LINES * len(communes) > MOST_LINES

    def _get_persons_chosen(self):
        """(functions, none for all of them; kinds)."""
        return self.function_ids, ("elected", "staff") if self.kind == "both" else (self.kind,)

    def _get_persons_domain(self):
        return self.env["commune.directory"]._get_domain(*self._get_persons_chosen())

    def _get_mandates(self):
        """Those that the document holds."""
        return self._get_communes()._get_current_mandates(self._get_persons_domain())

    def _get_rows(self):
        return self.env["commune.directory"]._get_directory_rows(
            self._get_communes(), *self._get_persons_chosen()
        )

    def _describe_size(self, communes, persons):
        """“46 communes, 812 persons”."""
        return ", ".join(
            [
                self.env._("1 commune") if communes == 1 else self.env._("%s communes", communes),
                self.env._("1 person") if persons == 1 else self.env._("%s persons", persons),
            ]
        )

    def _describe_filters(self):
        """What was chosen, in words."""
        parts = self._describe_communes()
        if self.function_ids:
            names = ", ".join(self.function_ids.mapped("name"))
            parts.append(self.env._("functions: %(names)s", names=names))
        if self.kind != "both":
            labels = dict(self._fields["kind"]._description_selection(self.env))
            parts.append(labels[self.kind].lower())
        return "; ".join(parts)

    def _get_title(self):
        if self.kind == "elected":
            return self.env._("Directory of the communes and of their elected officials")
        if self.kind == "staff":
            return self.env._("Directory of the communes and of their staff")
        return self.env._("Directory of the communes, of their elected officials and staff")

    def _get_file_name(self):
        """Name of the file, without its extension."""
        return self.env._(
            "Directory of communes %(date)s", date=self.env.company._get_today().isoformat()
        )

    def _log_export(self, rows):
        self.env["commune.export.log"]._log(
            f"{self._get_title()} ({self.file_format.upper()})",
            self._describe_filters(),
            self.env["commune.directory"]._count_persons(rows),
        )

    def action_print(self):
        """Download the document in the chosen format; a background task renders a long one."""
        self.ensure_one()
        self._get_communes()
        name = "directory_xlsx" if self.file_format == "xlsx" else "directory_document"
        report = self.env.ref(f"commune_relations.{name}_report")
        if self.file_format == "pdf" and self.is_long:
            report.sudo()._check_pdf_engine()
            export = self.env["commune.directory.export"]._ask(self)
            return {
                "type": "ir.actions.client",
                "tag": "commune_follow_paper",
                "params": {"id": export.id, "title": export.name},
            }
        return report.report_action(self) | {"close_on_report_download": True}
