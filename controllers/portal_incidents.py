"""“Report a difficulty”: reports that bypass the person concerned, and one's own incidents."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from ..models.core.text_limits import LENGTHS
from .portal_home import PortalCommune
from .portal_uploads import get_file_values, get_files
from .route_access import page, page_form, page_post


class PortalDifficulties(PortalCommune):
    @page("/my/difficulties")
    def difficulties(self, sent=None, **kwargs):
        """Anyone named in an incident: its number, own statements, interviews and measures.

        Changes nothing.
        """
        return self._render_own_cases(sent == "1")

    def _render_own_cases(self, sent=False, case_id=0, problem=""):
        """:param problem: why nothing was added to this case"""
        cases = request.env["commune.replacement.incident"]
        parties = cases._get_own_parties()
        can_report = cases._can_report()
        if not parties and not can_report:
            raise NotFound()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "difficulties",
            "cases": parties._get_own_pages(),
            "can_report": can_report,
            "sent": sent,
            "hours": request.env.company.sudo().incident_acknowledge_hours,
            "longest": LENGTHS["service"],
            **get_file_values(),
            "kept": request.httprequest.form if problem else {},
            "case_id": case_id,
            "problem": problem,
        }
        response = request.render("commune_relations.portal_incidents", values)
        response.status_code = 422 if problem else 200
        return response

    @page_post("/my/difficulties/<int:case_id>/add")
    def difficulty_add(self, case_id, **kwargs):
        """Anyone who reported an incident adds a text or files to it while it is open."""
        parties = request.env["commune.replacement.incident"]._get_own_parties()
        case = parties.sudo().incident_id.filtered(lambda one: one.id == case_id)
        if not case:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                case._add_words(request.httprequest.form, get_files())
        except UserError as error:
            return self._render_own_cases(case_id=case_id, problem=error.args[0])
        return request.redirect("/my/difficulties?sent=1", 303)

    @page_form("/my/difficulties/new")
    def difficulty_new(self, **kwargs):
        """An agent, or a person with a mandate or a post in a commune: opens a case, which the
        coordination alone reads, or a manager whom it does not concern."""
        cases = request.env["commune.replacement.incident"]
        if not cases._can_report():
            raise NotFound()
        form, problem, missing = request.httprequest.form, "", []
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    cases._file_alert(form, get_files())
                return request.redirect("/my/difficulties?sent=1", 303)
            except UserError as error:
                problem = error.args[0]
                missing = [name for name, _message in getattr(error, "problems", ())]
        communes, missions = cases._get_alert_places()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "difficulty_new",
            "communes": communes,
            "missions": missions[:20],
            "kinds": cases._fields["kind"]._description_selection(request.env),
            "abouts": cases._get_about_labels(),
            "kept": form,
            "problem": problem,
            "missing": missing,
            "problem_field": next((name for name in missing if name != "files"), ""),
            "longest": LENGTHS["service"],
            **get_file_values(),
        }
        response = request.render("commune_relations.portal_incident_new", values)
        response.status_code = 422 if problem else 200
        return response
