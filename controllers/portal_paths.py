"""Portal: the first days of a mandate, and the newcomers of a commune."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from .portal_home import PortalCommune
from .route_access import page, page_post

PAGE = "/my/path"


class PortalPaths(PortalCommune):
    def _get_own_path(self):
        """The path of the current user, as superuser; empty without one."""
        return request.env["commune.path.progress"]._get_own()

    def _find_step(self, line_id):
        """One step of one's own path.

        :raise NotFound: whether it does not exist or is somebody else's
        """
        line = self._get_own_path().line_ids.filtered(lambda found: found.id == line_id)
        if not line:
            raise NotFound()
        return line

    @page(PAGE, methods=["GET"])
    def portal_path(self, **kwargs):
        """One's own path, step by step. Changes nothing."""
        follow = self._get_own_path()
        if not follow:
            raise NotFound()
        values = {
            "page_name": "path",
            "crumbs": [(follow.path_id.name, "")],
            "follow": follow,
            "rows": follow._get_portal_rows(),
            "next_line": follow._get_next_line(),
        }
        return self._render_page("portal_path", values)

    @page_post("/my/path/<int:line_id>/done", sets=True)
    def portal_path_done(self, line_id, done="", **kwargs):
        """Marks one of one's own steps as done, or undoes it; a quiz cannot be marked."""
        line = self._find_step(line_id)
        if line.kind == "quiz":
            raise NotFound()
        line._set_done(done == "yes")
        return request.redirect(f"{PAGE}#step-{line.id}", 303)

    @page_post("/my/path/<int:line_id>/quiz", sets=True)
    def portal_path_quiz(self, line_id, **kwargs):
        """Opens the quiz of one's own path: the answer that was begun, else a new one."""
        line = self._find_step(line_id)
        try:
            url = line._start_quiz()
        except UserError:
            raise NotFound() from None
        return request.redirect(url, 303)

    @page_post("/my/path/stop", sets=True)
    def portal_path_stop(self, **kwargs):
        """Ends the letters and the steps of the home page, at the person's request."""
        self._get_own_path()._stop("person")
        return request.redirect("/my", 303)

    @page("/my/newcomers", methods=["GET"])
    def portal_newcomers(self, **kwargs):
        """How far the newcomers of the commune are, for those who act in its name: which steps are
        done, nothing else of them. Changes nothing."""
        place = self._get_place(full=True)
        values = {
            "page_name": "newcomers",
            "crumbs": [(request.env._("Newly elected officials"), "")],
            "place": place,
            "follows": request.env["commune.path.progress"]._get_newcomers(place),
            "switch_redirect": "/my/newcomers",
        }
        return self._render_page("portal_newcomers", values)
