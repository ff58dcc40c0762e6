"""The page of a replacement agent, on a phone: my missions, my hours."""

from datetime import date

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from .doors import page, page_form
from .portal_home import PortalCommune, to_id, to_text


class PortalReplacementAgent(PortalCommune):
    def _find_agent(self):
        """The agent behind the account; the page does not exist for anybody else."""
        agent = request.env["commune.replacement.timesheet"]._get_agent()
        if not agent:
            raise NotFound()
        return agent

    def _find_week(self, mission_id, monday):
        """(mission, Monday, sheet) of the agent at hand; somebody else's does not exist."""
        sheets = request.env["commune.replacement.timesheet"]
        missions = sheets._get_agent_missions()
        mission = missions.filtered(lambda m: m.id == mission_id)
        try:
            day = date.fromisoformat(monday)
        except ValueError:
            raise NotFound() from None
        if not mission or day.weekday():
            raise NotFound()
        return mission, day, sheets._find_sheet(mission, day)

    @page("/my/missions")
    def agent_missions(self, sent=None, **kwargs):
        """The agent behind the account: missions to come and weeks to fill in."""
        agent = self._find_agent()
        sheets = request.env["commune.replacement.timesheet"]
        missions = sheets._get_agent_missions()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "agent_missions",
            "agent": agent,
            "missions": missions.filtered(
                lambda m: m.date_end and m.date_end >= sheets._get_today()
            ).sorted("date_start"),
            "weeks": sheets._get_agent_weeks()[:60],
            "sent": sent == "1",
        }
        return request.render("commune_relations.portal_agent_missions", values)

    @page_form("/my/missions/<int:mission_id>/hours/<string:monday>")
    def agent_week(self, mission_id, monday, done=None, **kwargs):
        """The same: the hours of a week, saved or sent to the commune."""
        mission, day, sheet = self._find_week(mission_id, monday)
        sheets = request.env["commune.replacement.timesheet"]
        entries = sheets._get_entries(mission, day)
        if not entries:
            raise NotFound()
        form = request.httprequest.form
        if request.httprequest.method == "GET":
            return self._render_week(mission, day, sheet, entries, done=done)
        problems = []
        try:
            entries, problems = sheets._read_entries(form, entries, day)
            if not problems:
                with request.env.cr.savepoint():
                    self._save(mission, day, entries, form.get("action") == "submit")
        except (UserError, ValidationError) as error:
            problems = [error.args[0]]
        if problems:
            return self._render_week(mission, day, sheet, entries, problems, status=422)
        if form.get("action") == "submit":
            return request.redirect("/my/missions?sent=1", 303)
        return request.redirect(f"/my/missions/{mission.id}/hours/{day}?done=saved", 303)

    def _save(self, mission, day, entries, submit):
        sheet = request.env["commune.replacement.timesheet"]._save_entries(mission, day, entries)
        if submit and sheet.state == "draft":
            sheet._submit(request.env.user.partner_id)

    def _render_week(self, mission, day, sheet, entries, problems=(), done=None, status=200):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "agent_week",
            "mission": mission,
            "monday": day,
            "sheet": sheet,
            "entries": entries,
            "problems": problems,
            "saved": done == "saved",
            "writable": not sheet or sheet.state in ("draft", "contested"),
            "state_label": sheet and sheet._get_state_label(),
            "clock": request.env["commune.replacement.timesheet"]._format_clock,
            "days": request.env["commune.replacement.timesheet"]._get_week_days(day),
        }
        response = request.render("commune_relations.portal_agent_week", values)
        response.status_code = status
        return response


class PortalReplacementHours(PortalCommune):
    """The commune validates or contests, line by line, and reads its statements."""

    def _prepare_commune_home_values(self, commune):
        sheets = request.env["commune.replacement.timesheet"]
        return {
            **super()._prepare_commune_home_values(commune),
            "hours_count": sheets.search_count(
                [("commune_id", "=", commune.id), ("state", "=", "submitted")]
            ),
        }

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
        values.update(
            page_name="replacement_hours",
            waiting=sheets.filtered(lambda s: s.state == "submitted"),
            others=sheets.filtered(lambda s: s.state != "submitted"),
            statements=request.env["commune.replacement.statement"].search(
                [("commune_id", "=", commune.id), ("state", "in", ("issued", "paid"))], limit=80
            ),
            signed=signed == "1",
        )
        return request.render("commune_relations.portal_replacement_hours", values)

    @page_form("/my/replacement-hours/<int:sheet_id>")
    def commune_week(self, sheet_id, **kwargs):
        """Those who may sign: validates or contests a week, line by line."""
        sheet = self._find_sheet(sheet_id)
        form = request.httprequest.form
        if request.httprequest.method == "GET":
            return self._render_sheet(sheet, {})
        try:
            with request.env.cr.savepoint():
                sheet._decide(
                    self._read_decisions(sheet, form),
                    to_text(form.get("sign_name")),
                    form.get("certified") == "1",
                )
        except UserError as error:
            return self._render_sheet(sheet, form, error.args[0], 422)
        return request.redirect("/my/replacement-hours?signed=1", 303)

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

    def _render_sheet(self, sheet, form, problem="", status=200):
        mandate = sheet._get_signing_mandate(request.env.user.partner_id)
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "replacement_week",
            "stop": mandate._get_signing_stop() if sheet.state == "submitted" else "",
            "sheet": sheet,
            "lines": sheet.line_ids.sorted(lambda line: (line.date, line.half_day)),
            "agent": sheet.employee_id.sudo(),
            "state_label": sheet._get_state_label(),
            "kept": form,
            "problem": problem,
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
