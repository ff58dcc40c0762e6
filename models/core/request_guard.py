"""Guard of every page, in and out: hostile characters, headers, session cookie.

`odoo/ir_http.py` calls it.
"""

import inspect
import secrets

from werkzeug.exceptions import BadRequest, NotFound

from odoo import models
from odoo.exceptions import UserError
from odoo.http import FutureResponse, request

from ...engine.web import (
    FOR_EMPLOYEES,
    Page,
    get_headers,
    is_closed,
    is_managed,
    is_plain_address,
    is_plain_value,
    is_secret,
    is_shared,
    is_storable,
    with_safe_session,
    without_null,
)

# Applications that add third-party scripts to the pages that they share with the addon.
FOREIGN_SCRIPTS = frozenset({"google_recaptcha", "website", "website_cf_turnstile"})
# Who works here: the other roles imply one of these.
ROLES = ",".join(
    f"commune_relations.{role}"
    for role in ("group_reader", "group_referent", "group_replacement_coordinator")
)


def protect_session(headers):
    """Set the attributes of the session cookie that limit who may send and read it."""
    https = request.httprequest.scheme == "https"
    cookies = headers.getlist("Set-Cookie")
    if any(cookie.startswith("session_id=") for cookie in cookies):
        headers.setlist("Set-Cookie", [with_safe_session(cookie, https) for cookie in cookies])


class SafeFutureResponse(FutureResponse):
    """The headers that any answer will take, a redirection made on the way included."""

    def set_cookie(self, key, *args, **kwargs):
        result = super().set_cookie(key, *args, **kwargs)
        protect_session(self.headers)
        return result


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _check_address(cls, path_info):
        """Nothing is looked for at an address that cannot exist, or that is closed."""
        if not isinstance(request.future_response, SafeFutureResponse):
            future = SafeFutureResponse()
            future.headers = request.future_response.headers
            request.future_response = future
        query = list(request.httprequest.args.items(multi=True))
        cookies = list(request.httprequest.cookies.items())
        if is_closed(path_info) or not is_plain_address(path_info, query + cookies):
            raise NotFound()

    @classmethod
    def _check_variables(cls, args):
        for name, value in args.items():
            if isinstance(value, models.BaseModel):
                # No record has the id 0, which makes an empty recordset.
                plain = value._ids and all(is_plain_value("id", number) for number in value._ids)
            else:
                plain = is_plain_value(name, value)
            if not plain:
                raise NotFound()

    @classmethod
    def _check_request(cls, endpoint):
        cls._check_employee(endpoint)
        cls._check_null_characters()
        cls._check_required_parameters(endpoint)

    @classmethod
    def _check_employee(cls, endpoint):
        """Some routes of Odoo are for employees alone; Odoo leaves them to portal accounts too."""
        if not FOR_EMPLOYEES.isdisjoint(endpoint.routing["routes"]) and not cls._is_staff():
            raise NotFound()

    @classmethod
    def _is_third_party(cls):
        """Whether an employee without a role of the addon requests a third-party route."""
        if getattr(request, "commune_route", False) or not cls._is_staff():
            return False
        return not request.env.user.has_groups(ROLES)

    @classmethod
    def _is_staff(cls):
        return bool(request.env.uid) and request.env.user._is_internal()

    @classmethod
    def _is_guest(cls):
        """Whether the current user came for another application, and is no agent either."""
        user = request.env.user
        if not user or user._is_public() or user._comes_for_communes():
            return False
        return not user._get_commune_accounts()

    @classmethod
    def _uses_organisation_error_page(cls):
        """Whether a missing or refused page shows the organisation's error page.

        It does at the addon's addresses, to its users and to visitors; Odoo handles other errors.
        """
        if "website" in request.env or not request.env.company._get_epci():
            return False
        path = request.httprequest.path
        if not request.session.uid or (is_managed(path) and not is_shared(path)):
            return True
        return request.env.user._uses_organisation_pages()

    @classmethod
    def _check_null_characters(cls):
        """Remove null characters from a form; answer an RPC client with an error."""
        if request.dispatcher.routing_type == "http":
            request.params = {
                without_null(name): without_null(value) for name, value in request.params.items()
            }
            return
        # Such a character comes escaped: reading the whole of every value is for those bodies.
        body = request.httprequest.get_data()
        escaped = any(sign in body for sign in (b"\\u0000", b"\\ud", b"\\uD"))
        if escaped and not is_storable(request.params):
            raise UserError(
                request.env._(
                    "The text holds a character that cannot be kept (a null character or half of"
                    " one). Take it away and try again."
                )
            )

    @classmethod
    def _check_required_parameters(cls, endpoint):
        """An address without a parameter that its page cannot do without is a bad one."""
        _self, *wanted = inspect.signature(endpoint.original_endpoint).parameters.values()
        for one in wanted:
            if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD:
                if one.name not in request.params:
                    raise BadRequest(request.env._("A part of this address is missing."))

    @classmethod
    def _get_nonce(cls):
        """The number that the inline scripts of this page carry; one for each answer."""
        if not hasattr(request, "commune_nonce"):
            request.commune_nonce = secrets.token_urlsafe(16)
        return request.commune_nonce

    @classmethod
    def _set_headers(cls, response, guest=False):
        """:param guest: a customer of another application, on a page shared with the addon"""
        headers, address = response.headers, request.httprequest
        if not is_managed(address.path) and not is_secret(address.full_path):
            return
        installed = request.registry._init_modules
        page = Page(
            path=address.path,
            query=address.query_string.decode("latin-1"),
            is_html=headers.get("Content-Type", "").startswith("text/html"),
            policy=headers.get("Content-Security-Policy", ""),
            nonce="" if FOREIGN_SCRIPTS & installed else cls._get_nonce(),
            edited="website" in installed and cls._is_staff(),
            guest=guest,
        )
        for name, value in get_headers(page).items():
            headers[name] = value
