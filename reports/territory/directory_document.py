"""Printed directory."""

from odoo import api, models

from .directory import COUNCILLORS

# What holds on a page of the index at the size set in document_territory.css.
INDEX_LINES, INDEX_COLUMNS = 58, 2


class DirectoryDocument(models.AbstractModel):
    _name = "report.commune_relations.directory_document"
    _description = "Directory of communes (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizard = self.env["commune.directory.print"].browse(docids)
        wizard.ensure_one()
        directory = self.env["commune.directory"]
        rows = wizard._get_rows()
        wizard._log_export(rows)
        for row in rows:
            row.update(directory._split_persons(row["persons"]))
        functions = directory._get_function_rows(rows) if wizard.parts != "commune" else []
        for function in functions:
            # Plain councillors without a number of their own: names are enough. The others are
            # reached through their town hall.
            persons = function["persons"]
            function["reachable"] = persons[0]["function_code"] not in COUNCILLORS or any(
                row["phone"] or row["email"] for row in persons
            )
        if wizard.parts == "both":
            # A list of bare names is in the first part already.
            functions = [function for function in functions if function["reachable"]]
        return {
            "doc": wizard,
            "title": wizard._get_title(),
            "subtitle": wizard._describe_size(len(rows), directory._count_persons(rows)),
            "filters": wizard._describe_filters(),
            "communes": rows if wizard.parts != "function" else [],
            "functions": functions,
            "index": self._lay_out_index(directory._get_index_rows(rows)),
            # Where the index sends: to the part by commune, or else to the part by function.
            "index_part": "f" if wizard.parts == "function" else "c",
        }

    @api.model
    def _lay_out_index(self, entries):
        """Entries by page, then by column: the columns of CSS take minutes on long indexes."""
        columns = [
            entries[start : start + INDEX_LINES] for start in range(0, len(entries), INDEX_LINES)
        ]
        return [
            columns[start : start + INDEX_COLUMNS]
            for start in range(0, len(columns), INDEX_COLUMNS)
        ]
