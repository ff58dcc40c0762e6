"""Portal: the private address of one's own calendar."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal_events import calendar_file
from .portal_home import PortalCommune


class PortalCalendar(PortalCommune):
    @http.route("/my/calendar", type="http", auth="user", website=True)
    def portal_calendar(self, **kwargs):
        values = self._prepare_portal_layout_values()
        if not request.env.user._has_calendar():
            raise NotFound()
        values.update(page_name="calendar", calendar_url=request.env.user._get_calendar_url())
        response = request.render("commune_relations.portal_calendar", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route("/my/calendar/renew", type="http", auth="user", website=True, methods=["POST"])
    def portal_calendar_renew(self, **kwargs):
        if not request.env.user._has_calendar():
            raise NotFound()
        request.env.user._renew_calendar_token()
        return request.redirect("/my/calendar")

    @http.route("/my/calendar/revoke", type="http", auth="user", website=True, methods=["POST"])
    def portal_calendar_revoke(self, **kwargs):
        request.env.user._revoke_calendar_token()
        return request.redirect("/my/calendar")

    @http.route("/my/calendar/<string:token>.ics", type="http", auth="public", sitemap=False)
    def portal_calendar_feed(self, token, **kwargs):
        user = request.env["res.users"]._find_by_calendar_token(token)
        if not user:
            raise NotFound()
        return calendar_file("communes", user._get_calendar_content())
