"""`ir.http`: each request, before its route is known and after it has answered.

What changes, and for whom:

- `_match`, `_dispatch`: an address or a parameter that cannot be read is refused by a sentence. For
  everybody until the person is known; then not for employees without a role of ours on the routes
  of others (`request_guard.py`).
- `_post_dispatch`, `_handle_error`: headers on our pages and on addresses that are secrets; the
  cookie of the session for the whole database, which has one; what a full disk or a form after the
  end of the session answers (`disk_space.py`, `expired_session_form.py`).
- `_get_error_html`: the forms of our routes alone. `session_info`: our staff alone.
- `_auth_method_calendar`: invitations to a meeting, refused in the language of the reader.
- `_register_hook`: what the process keeps for the databases that hold the addon (`log_mask.py`,
  `third_party_translations.py`).

Why no public way serves: a route may be wrapped by a decorator when it is ours (as
`controllers/route_access.py` does); those of Odoo that our users open may not.
"""

from psycopg2.errors import DataError
from werkzeug.exceptions import BadRequest, HTTPException

from odoo import models
from odoo.exceptions import UserError
from odoo.http import SessionExpiredException, request

from ....engine.web import is_managed, is_shared
from .. import log_mask
from ..request_guard import protect_session
from ..third_party_translations import install_translations


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        super()._register_hook()
        log_mask.set_up()
        install_translations()

    def session_info(self):
        info = super().session_info()
        self._add_sender_notice(info)
        return info

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The scripts of our pages on the portal speak French too, and so does the dialog of
        two-factor authentication: Odoo sends the words of the applications named here alone."""
        names = super()._get_translation_frontend_modules_name()
        return [*names, "commune_relations", "auth_totp_portal"]

    @classmethod
    def _match(cls, path_info):
        cls._check_address(path_info)
        rule, args = super()._match(path_info)
        request.commune_route = bool(rule.endpoint.routing.get("addon"))
        cls._check_variables(args)
        return rule, args

    @classmethod
    def _serve_fallback(cls):
        """A page that was refused before its language was chosen is not asked of the pages of a
        web site either."""
        return super()._serve_fallback() if hasattr(request, "lang") else None

    @classmethod
    def _dispatch(cls, endpoint):
        """Of the routes of Odoo, those of a colleague who has no role of ours are Odoo's alone.
        Visitors and accounts of the portal may be ours on any of them."""
        if cls._is_third_party():
            return super()._dispatch(endpoint)
        cls._check_request(endpoint)
        try:
            return super()._dispatch(endpoint)
        except DataError as error:
            # A number or a date out of all bounds, from outside: the staff's are worth a trace.
            request.env.cr.rollback()
            if cls._is_staff():
                raise
            raise UserError(request.env._("This value cannot be read.")) from error

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        path = request.httprequest.path
        cls._set_headers(response, guest=is_shared(path) and cls._is_guest())
        return result

    @classmethod
    def _handle_error(cls, exception):
        exception = cls._describe_error(exception)
        response = super()._handle_error(exception)
        if isinstance(exception, SessionExpiredException) and cls._is_managed_form():
            cls._come_back_from_login(response)
        if isinstance(response, HTTPException) and is_managed(request.httprequest.path):
            response = response.get_response()
        if not isinstance(response, HTTPException):
            cls._set_headers(response)
            protect_session(response.headers)
        return response

    @classmethod
    def _get_error_html(cls, env, code, values):
        if cls._is_refused_form(values["exception"]):
            return cls._get_refused_form_page(env, code, values)
        return super()._get_error_html(env, code, values)

    @classmethod
    def _auth_method_calendar(cls):
        """Odoo refuses in English, and tells a stranger the address of who is invited."""
        try:
            return super()._auth_method_calendar()
        except BadRequest as error:
            lang = getattr(request, "lang", None)
            env = request.env(context={"lang": lang.code}) if lang else request.env
            raise BadRequest(
                env._(
                    "This invitation is not valid any more, or it is for another account: log out,"
                    " then open the link of your message again."
                )
            ) from error
