"""Portal: commitments made to the commune, for those who act in its name."""

from odoo.http import request

from .portal_home import PortalCommune
from .route_access import page


class PortalCommitments(PortalCommune):
    @page("/my/commitments")
    def portal_commitments(self, **kwargs):
        """The promises that are published, for those who act in the name of the commune. Changes
        nothing."""
        commune = self._get_place(full=True)
        promises = request.env["commune.portal.page"]._get_portal_commitments(commune)
        running = promises.filtered(lambda one: one.state == "open").sorted("due_date")
        values = dict(
            crumbs=[(request.env._("Our promises"), "")],
            running=running,
            closed=promises - running,
            kept_count=len(promises.filtered(lambda one: one.state == "kept")),
            late_count=len(promises.filtered("is_late")),
            format_long_date=request.env["commune.letter"]._format_date,
        )
        return self._render_page("portal_commitments", values)
