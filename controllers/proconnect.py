"""ProConnect button of the login pages, message to unknown persons, and logout.

`list_providers` is called by `auth_oauth` only, when it is installed.
"""

from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.web.controllers.session import Session

from ..engine import proconnect
from ..models.territory.portal.proconnect import KEPT_IN


class ProConnectLogin(AuthSignupHome):
    def list_providers(self):
        """Anybody on a login page: the address of each button."""
        providers = super().list_providers()
        users = request.env["res.users"].sudo()
        for provider in providers:
            if proconnect.is_proconnect(provider["name"]) and provider.get("flow"):
                provider["auth_link"] = users._make_proconnect_link(provider)
        return providers

    @http.route()
    def web_login(self, *args, **kw):
        """Anybody; a person who returns from ProConnect without an account gets instructions."""
        response = super().web_login(*args, **kw)
        qcontext = getattr(response, "qcontext", None) or {}
        if self._show_proconnect(qcontext) and "oauth_error" in request.params:
            seen = request.session.get(KEPT_IN) or {}
            reason = seen.get("refused")
            qcontext.update(
                error=None,
                proconnect_problem=self._describe_login_refusal(reason, seen.get("email")),
                proconnect_logout=seen.get("logout"),
                login_contact_shown=reason in (proconnect.UNKNOWN, proconnect.BY_HAND),
            )
        return response

    @http.route()
    def web_auth_signup(self, *args, **kw):
        """Anyone who was invited may enter by ProConnect, without a password more."""
        response = super().web_auth_signup(*args, **kw)
        self._show_proconnect(getattr(response, "qcontext", None) or {})
        return response

    def _show_proconnect(self, qcontext):
        """Put the ProConnect button first on the login pages, separate from other providers."""
        if not request.env.company._has_login_pages():
            return False
        providers = qcontext.get("providers") or []
        found = [one for one in providers if proconnect.is_proconnect(one["name"])]
        if found:
            qcontext["proconnect"] = found[0]
            qcontext["providers"] = [one for one in providers if one not in found]
        return bool(found)

    def _describe_login_refusal(self, reason, email):
        """The sentence for anyone who does not enter; whom to call follows it."""
        if reason == proconnect.UNKNOWN:
            return request.env._(
                "ProConnect gives us the address %s: it opens no access here. If you were invited"
                " at another address, enter with your password, or with the ProConnect account of"
                " that address. Otherwise call us: we open your access.",
                email,
            )
        if reason == proconnect.BY_HAND:
            return request.env._(
                "ProConnect gives us the address %s: we cannot tell by it alone which access is"
                " yours. Enter with your password, and call us: we link your access to ProConnect.",
                email,
            )
        return request.env._(
            "Entering by ProConnect did not succeed. Try again, or enter with your password."
        )


class ProConnectSession(Session):
    @http.route()
    def logout(self, redirect="/odoo"):
        """Ends the ProConnect session too, and returns to the login page."""
        leaving = (request.session.get(KEPT_IN) or {}).get("logout")
        response = super().logout(redirect)
        return request.redirect(leaving, 303, local=False) if leaving else response
