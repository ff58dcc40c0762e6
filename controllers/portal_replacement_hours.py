"""The hours of the agents in a commune: weeks to validate, statements; lines for the finances."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..engine.text import after_comma
from ..models.core.text_limits import LENGTHS
from .portal_home import to_id, to_text
from .route_access import page, page_form
from .signing import PortalSigning


class PortalReplacementHours(PortalSigning):
    """The commune validates or contests, line by line, and reads its statements."""

    def _find_sheet(self, sheet_id):
        """The week under the rights of the person; an agent does not sign here."""
        sheets = request.env["commune.replacement.timesheet"]
        sheet = sheets.search([("id", "=", sheet_id), ("state", "!=", "draft")], limit=1)
        if not sheet or not sheet._get_signing_mandate(request.env.user.partner_id):
            raise NotFound()
        return sheet

    @page("/my/replacement-hours")
    def commune_hours(self, signed=None, **kwargs):
        """The weeks to sign and the statements, for those who act in the name of the commune."""
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        if not commune or values["portal_role"] != "full":
            raise NotFound()
        sheets = request.env["commune.replacement.timesheet"].search(
            [("commune_id", "=", commune.id), ("state", "!=", "draft")], limit=80
        )
        just = sheets.filtered(lambda s: s.id == to_id(signed))
        sheets -= just
        values.update(
            page_name="replacement_hours",
            waiting=sheets.filtered(lambda s: s.state == "submitted"),
            others=sheets.filtered(lambda s: s.state != "submitted"),
            statements=request.env["commune.replacement.statement"].search(
                [("commune_id", "=", commune.id), ("state", "in", ("issued", "paid"))], limit=80
            ),
            signed=just,
        )
        return request.render("commune_relations.portal_replacement_timesheet", values)

    @page_form("/my/replacement-hours/<int:sheet_id>")
    def commune_week(self, sheet_id, **kwargs):
        """Those who may sign: validates or contests a week, line by line."""
        sheet = self._find_sheet(sheet_id)
        form = request.httprequest.form
        if request.httprequest.method == "GET":
            return self._render_sheet(sheet, {})
        typed = (
            self._read_decisions(sheet, form),
            to_text(form.get("sign_name"), LENGTHS["signature"]),
            to_text(form.get("read"), LENGTHS["print"]),
        )
        try:
            if not self._is_confirmed():
                mandate, _name, reasons = sheet._check_decisions(*typed)
                rows = sheet._get_confirmation(mandate, reasons)
                path = f"/my/replacement-hours/{sheet.id}"
                return self._render_confirmation(rows, path, page_name="replacement_week")
            with request.env.cr.savepoint():
                sheet._decide(*typed)
        except UserError as error:
            return self._render_sheet(sheet, form, error, 422)
        # The list is that of the commune signed for, whichever the person looked at before.
        request.env["res.users"]._choose_portal_commune(sheet.commune_id.id)
        return request.redirect(f"/my/replacement-hours?signed={sheet.id}", 303)

    def _read_decisions(self, sheet, form):
        """{line: False when right, else the objection}; a line without answer is left out."""
        answers = {}
        for line in sheet.line_ids:
            answer = form.get(f"line_{line.id}")
            if answer == "ok":
                answers[line.id] = False
            elif answer == "contest":
                answers[line.id] = to_text(form.get(f"reason_{line.id}"))
        return answers

    def _render_sheet(self, sheet, form, error=None, status=200):
        mandate = sheet._get_signing_mandate(request.env.user.partner_id)
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "replacement_week",
            "shown": sheet.sudo()._get_shown_print(),
            "stop": sheet._get_signing_stop(mandate) if sheet.state == "submitted" else "",
            "sheet": sheet,
            "lines": sheet.line_ids.sorted(lambda line: (line.date, line.half_day)),
            "agent": sheet.employee_id.sudo(),
            "sign_title": after_comma(sheet.sign_title),
            "state_label": sheet._get_state_label(),
            "kept": form,
            "problem": error.args[0] if error else "",
            "problem_field": getattr(error, "field", ""),
        }
        response = request.render("commune_relations.portal_replacement_week", values)
        response.status_code = status
        return response

    @page("/my/replacement-statements/<int:statement_id>.pdf")
    def commune_statement(self, statement_id, **kwargs):
        """The PDF as it was issued, never made again."""
        statements = request.env["commune.replacement.statement"]
        statement = statements.search(
            [("id", "=", statement_id), ("state", "in", ("issued", "paid"))], limit=1
        )
        if not statement:
            raise NotFound()
        document = statement.sudo().document_id
        return request.env["ir.binary"]._get_stream_from(document).get_response(as_attachment=True)


class ReplacementStatements(http.Controller):
    @http.route("/commune/replacement-statements.csv", type="http", auth="user")
    def statements_csv(self, ids="", **kwargs):
        """Lines of statements for the finance software, under the rights of the person."""
        numbers = [to_id(text) for text in ids.split(",")]
        statements = request.env["commune.replacement.statement"]
        found = statements.search([("id", "in", numbers)])
        if not found or request.env.user.share:
            raise NotFound()
        headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", http.content_disposition("etats-liquidatifs.csv")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(found._get_finance_csv(), headers)
