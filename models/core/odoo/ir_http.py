"""`ir.http`: each request, before its route is known and after it has answered.

What changes, and for whom:

- `_match`, `_dispatch`: an unreadable address or parameter is refused with a sentence. Applies to
  everybody until authentication; then not to employees without a role of the addon on third-party
  routes (`request_guard.py`).
- `_post_dispatch`, `_handle_error`: headers on pages of the addon and on secret addresses; the
  session cookie, unique for the database; the answer to a full disk or to a form after the session
  expired (`disk_space.py`, `expired_session_form.py`).
- `_get_error_html`: forms of the addon's routes only. `session_info`: staff of the addon only.
- `_auth_method_calendar`: refused meeting invitations, in the language of the reader.
- `_register_hook`: patches of the process for databases with the addon (`log_mask.py`,
  `third_party_translations.py`).

No public API serves: a decorator can wrap a route of the addon (`controllers/route_access.py`), but
not the routes of Odoo that its users open.
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
        """Translate the scripts of the addon's portal pages, and the two-factor dialog.

        Odoo sends only the translations of the applications listed here.
        """
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
        """Leave Odoo's routes to Odoo for employees without a role of the addon.

        Visitors and portal accounts may be users of the addon on any route.
        """
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
        cls._compress(response)
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
        """Refuse an invitation without revealing its guest.

        Odoo refuses in English, and shows the guest's address to a stranger.
        """
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
