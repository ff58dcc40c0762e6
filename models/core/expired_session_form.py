"""Form posted after the session expired: discarded, with a message.

A phone may sleep for days, then send the form that it still shows. After the login, Odoo redirects
to the address of the post, which often answers no GET; the addon redirects to the page that holds
the form. When the form belongs to another session (new login in another tab, personal link left
open), Odoo answers with a bare technical error; routes of the addon explain what to do.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import (
    SAFE_HTTP_METHODS,
    get_session_max_inactivity,
    request,
    root,
)

from ...engine.web import get_page, get_pages_above, is_portal_page

LOST = "commune_form_lost"
# Message of Odoo for a form of another session.
REFUSED = "Session expired (invalid CSRF token)"
HOME = "/my"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _is_refused_form(cls, error):
        return getattr(error, "description", "") == REFUSED and cls._is_managed_form()

    @classmethod
    def _get_refused_form_page(cls, env, code, values):
        """:return: (code, HTML): what to do now, with the way back to the page of the form"""
        address = request.httprequest
        back = cls._find_page_of_form(address.path)
        if back == address.path:
            back = address.full_path.rstrip("?")  # the query may contain a secret
        page_values = {**values, "form_page": back}
        views = env["ir.ui.view"]
        return code, views._render_template("commune_relations.form_refused", page_values)

    @classmethod
    def _is_managed_form(cls):
        """Whether the form was posted to a route of the addon."""
        http = request.dispatcher.routing_type == "http"
        sent = request.httprequest.method not in SAFE_HTTP_METHODS
        return http and sent and getattr(request, "commune_route", False)

    @classmethod
    def _come_back_from_login(cls, response):
        """Redirect the login to the page of the form, which shows that nothing was received."""
        location = urlsplit(response.headers["Location"])
        query = {**dict(parse_qsl(location.query)), "redirect": cls._find_page_of_form()}
        response.headers["Location"] = f"{location.path}?{urlencode(query)}"
        session = request.session
        if session.can_save:
            session[LOST] = True
            if session.should_rotate:
                root.session_store.rotate(session, request.env)
            else:
                root.session_store.save(session)
            age = get_session_max_inactivity(request.env)
            response.set_cookie("session_id", session.sid, max_age=age, httponly=True)

    @classmethod
    def _find_page_of_form(cls, sent_to=""):
        """Portal page that the form was posted from, according to the `Referer` of the browser.

        When that address opens no page, the nearest parent that does; without a `Referer`, the
        portal home page.

        :param sent_to: the path that the form was sent to, when it identifies the page
        """
        address = request.httprequest
        named = get_page(address.headers.get("Referer", ""), address.host)
        first, _slash, rest = named[1:].partition("/")
        if rest and request.env["res.lang"]._get_data(url_code=first):
            named = f"/{rest}"
        pages = get_pages_above(named) if is_portal_page(named) else []
        pages += get_pages_above(sent_to) if sent_to else []
        return next((page for page in pages if cls._opens_page(page)), HOME)

    @classmethod
    def _opens_page(cls, path):
        try:
            endpoint, _args = root.get_db_router(request.db).bind("").match(path, method="GET")
        except HTTPException:
            return False
        return endpoint.routing["type"] == "http"
