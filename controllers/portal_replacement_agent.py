"""The page of a replacement agent, on a phone: my missions, my hours."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..models.core.date_input import read_day
from .portal_home import PortalCommune
from .route_access import page, page_form


class PortalReplacementAgent(PortalCommune):
    def _find_agent(self):
        """The agent behind the account; the page does not exist for anybody else."""
        agent = request.env["commune.replacement.timesheet"]._get_agent()
        if not agent:
            raise NotFound()
        return agent

    def _find_week(self, mission_id, monday):
        """(mission, Monday, sheet) of the current agent; somebody else's does not exist."""
        sheets = request.env["commune.replacement.timesheet"]
        missions = sheets._get_agent_missions()
        mission = missions.filtered(lambda m: m.id == mission_id)
        day = read_day(monday)
        if not mission or not day or day.weekday() or request.env.company._get_day_problem(day):
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
        sheets = request.env["commune.replacement.timesheet"]
        planned, today = sheets._get_planned(mission, day), sheets._get_today()
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
            "coming": any(slot.date > today for slot in planned),
            "clock": sheets._format_clock,
            "days": sheets._get_week_days(day),
        }
        response = request.render("commune_relations.portal_agent_week", values)
        response.status_code = status
        return response
