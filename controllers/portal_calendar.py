"""Portal: the private address of one's own calendar."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from ..engine.calendar.subscribe import get_ways
from .file_responses import send_calendar
from .portal_home import PortalCommune
from .route_access import link_file, page, page_post


class PortalCalendar(PortalCommune):
    @page("/my/calendar")
    def portal_calendar(self, **kwargs):
        """The secret address of one's calendar, for anyone who has one."""
        if not request.env.user._has_calendar():
            raise NotFound()
        address = request.env.user._get_calendar_url()
        dated = request.env["commune.portal.page"]._get_obligations_to_show()
        today = request.env.company._get_today()
        over = dated.filtered(lambda obligation: obligation.date_due < today)
        values = {
            "crumbs": [(request.env._("My calendar"), "")],
            "calendar_url": address,
            "ways": address and get_ways(address, request.env._("My communes")),
            "obligations": dated - over,
            "over": over,
        }
        response = self._render_page("portal_calendar", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    @page_post("/my/calendar/renew")
    def portal_calendar_renew(self, **kwargs):
        """The same: gives a new address; the former one dies."""
        if not request.env.user._has_calendar():
            raise NotFound()
        request.env.user._renew_calendar_token()
        return request.redirect("/my/calendar")

    @page_post("/my/calendar/revoke", sets=True)
    def portal_calendar_revoke(self, **kwargs):
        """Any account: its address dies."""
        request.env.user._revoke_calendar_token()
        return request.redirect("/my/calendar")

    @link_file("/my/calendar/<string:token>.ics")
    def portal_calendar_feed(self, token, **kwargs):
        """Events and sessions of a person, for the holder of the address. Read-only."""
        user = request.env["res.users"]._find_by_calendar_token(token)
        if not user:
            raise NotFound()
        return send_calendar("communes", user._get_calendar_content())
