"""Many documents at once, drawn by steps: the screen shows how many are done, and may stop."""

import base64
import io

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..attach import PDF, attach_files

BATCH = 4  # documents of one step: some seconds
MOST = 2000  # documents of one run


class CommunePrintRun(models.TransientModel):
    _name = "commune.print.run"
    _description = "Documents being drawn"

    report_id = fields.Many2one(
        "ir.actions.report", required=True, readonly=True, ondelete="cascade"
    )
    document_ids = fields.Json(required=True, readonly=True, help="Records, in their order.")
    options = fields.Json(readonly=True, help="Those of the report.")
    done = fields.Integer(readonly=True)
    content = fields.Binary(attachment=False, readonly=True, help="Once all is drawn.")

    @api.model
    def start(self, report_name, document_ids, options=None):
        """Begin a run; nothing is drawn yet.

        :param report_name: of a document of the organisation
        :param document_ids: numbers of the records to print, one document each
        :raise AccessError: this report is not one of this person
        :return: as `render_next`
        """
        self.check_access("create")
        report = self.env["ir.actions.report"]._get_report(report_name)
        groups = report.group_ids
        if not report.is_organisation_document or (
            groups and not groups & self.env.user.all_group_ids
        ):
            raise AccessError(self.env._("This document is not printed from your account."))
        if not document_ids or len(document_ids) > MOST:
            raise UserError(self.env._("Choose between 1 and %s documents.", MOST))
        values = {
            "report_id": report.id,
            "document_ids": list(document_ids),
            "options": options or {},
        }
        return self.create(values)._get_progress()

    def render_next(self):
        """Draw the next documents of the run, with the rights of the user who asks.

        :return: {id, done, total}
        """
        self.ensure_one()
        self.check_access("write")
        batch = self.document_ids[self.done : self.done + BATCH]
        if batch:
            reports = self.env["ir.actions.report"]
            options = dict(self.options or {})
            if options.get("document_ids"):
                options["document_ids"] = batch
            name = self.report_id.sudo().report_name
            drawn, _kind = reports._render_qweb_pdf(name, batch, data=options)
            attach_files(self, [("part.pdf", drawn, PDF)])
            self.done += len(batch)
            if self.done == len(self.document_ids):
                self._bind()
        return self._get_progress()

    def _bind(self):
        """One document of all the parts, put together once: each page is written twice at most."""
        parts = self.env["ir.attachment"].sudo()
        parts = parts.search([("res_model", "=", self._name), ("res_id", "=", self.id)], order="id")
        pages = [io.BytesIO(part.raw) for part in parts]
        bound = self.env["ir.actions.report"]._merge_pdfs(pages).getvalue()
        self.content = base64.b64encode(bound)
        parts.unlink()

    def _get_progress(self):
        return {"id": self.id, "done": self.done, "total": len(self.document_ids)}
