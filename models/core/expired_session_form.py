"""Form posted after the session expired: discarded, with a message.

A phone sleeps for days, then sends the form that it still shows. Odoo leads from the login to the
address of the form, which often opens no page; ours leads to the page where the form stands. A
form of another session than the current user (logged in again in another tab, a personal link that
stayed open) is refused by Odoo in a word of its own; on our routes, by what to do.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import (
    SAFE_HTTP_METHODS,
    SessionExpiredException,
    get_session_max_inactivity,
    request,
    root,
)

from ...engine.web import get_page, get_pages_above, is_portal_page

LOST = "commune_form_lost"
# What Odoo says of a form of another session.
REFUSED = "Session expired (invalid CSRF token)"
HOME = "/my"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        rule, args = super()._match(path_info)
        request.commune_route = bool(rule.endpoint.routing.get("addon"))
        return rule, args

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if isinstance(exception, SessionExpiredException) and cls._is_managed_form():
            cls._come_back_from_login(response)
        return response

    @classmethod
    def _get_error_html(cls, env, code, values):
        error = values["exception"]
        if getattr(error, "description", "") == REFUSED and cls._is_managed_form():
            address = request.httprequest
            back = cls._find_page_of_form(address.path)
            if back == address.path:
                back = address.full_path.rstrip("?")  # a secret may stand there
            said = {**values, "form_page": back}
            views = env["ir.ui.view"]
            return code, views._render_template("commune_relations.form_refused", said)
        return super()._get_error_html(env, code, values)

    @classmethod
    def _is_managed_form(cls):
        """Whether what was sent is for a route of ours."""
        http = request.dispatcher.routing_type == "http"
        sent = request.httprequest.method not in SAFE_HTTP_METHODS
        return http and sent and getattr(request, "commune_route", False)

    @classmethod
    def _come_back_from_login(cls, response):
        """The login leads to the page of the form, which says that nothing was received."""
        door = urlsplit(response.headers["Location"])
        query = {**dict(parse_qsl(door.query)), "redirect": cls._find_page_of_form()}
        response.headers["Location"] = f"{door.path}?{urlencode(query)}"
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
        """The page of ours from which the browser says that it sends, or the one above when that
        address opens none; the first page of the portal when it says nothing.

        :param sent_to: the path that the form was sent to, when the page may be told by it
        """
        address = request.httprequest
        named = get_page(address.headers.get("Referer", ""), address.host)
        first, _slash, rest = named[1:].partition("/")
        if rest and request.env["res.lang"].sudo()._get_data(url_code=first):
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
