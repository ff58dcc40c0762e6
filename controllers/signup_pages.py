"""Odoo's pages that an e-mail opens: first password, or a new one.

A dead link explains itself instead of showing a form that fails, and no page reveals who has an
account. Both hold for every account: a dead link does not reveal its owner, and a message reserved
to persons of the addon would reveal them. Live links keep Odoo's behaviour.
"""

import logging

from odoo import http
from odoo.http import request
from odoo.tools.translate import code_translations

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

# Odoo's error message.
WRONG = "Wrong login/password"
_logger = logging.getLogger(__name__)


class SignupPages(AuthSignupHome):
    @http.route()
    def web_login(self, *args, **kw):
        """Anybody; a refused login shows the addon's message, with the way to a new password.

        The second factor has its own page: `type=totp` posted here would raise a server error for
        existing accounts only, and so reveal them.
        """
        if request.params.get("type") == "totp":
            del request.params["type"]
        response = super().web_login(*args, **kw)
        qcontext = getattr(response, "qcontext", None) or {}
        words = code_translations.get_python_translations("web", request.env.lang or "en_US")
        refused = qcontext.get("error") in (WRONG, words.get(WRONG, WRONG))
        if refused and request.env.company._has_login_pages():
            sentences = [request.env._("Wrong address or password.")]
            if qcontext.get("reset_password_enabled"):
                sentences.append(
                    request.env._("“Forgotten password?” sends you a link to choose another one.")
                )
            qcontext["error"] = " ".join(sentences)
        return response

    @http.route()
    def web_auth_signup(self, *args, **kw):
        """Invitation link, for its holder: creates the account, or explains why it is dead."""
        dead = self._answer_dead_link("signup")
        if dead:
            return dead
        response = super().web_auth_signup(*args, **kw)
        self._add_inviter(getattr(response, "qcontext", None) or {})
        return response

    def _add_inviter(self, qcontext):
        """Show on the sign-up page who invited the person, in which capacity and what for."""
        token = qcontext.get("token")
        partner = token and request.env["res.partner"].sudo()._get_partner_from_token(token)
        user = partner and partner.user_ids[:1]
        if user and user._get_commune_accounts():
            qcontext["commune_invited"] = {
                "who": user._describe_inviter(user._get_last_inviter()),
                "purpose": user._get_portal_invitation_purpose(),
                "titles": user._get_portal_invitation_titles(),
            }

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        """Anybody: asks for a link, or chooses a password with a live one, which logs in.

        The message is the same whether or not the account exists.
        """
        dead = self._answer_dead_link("reset")
        if dead:
            return dead
        login = self._get_login_of_link()
        for name in ("message", "error"):  # Odoo's messages, never the values posted
            request.params.pop(name, None)
        response = super().web_auth_reset_password(*args, **kw)
        if request.httprequest.method == "POST":
            qcontext = getattr(response, "qcontext", None) or {}
            if login and qcontext.get("message"):
                # Use the normal login, so that the second factor is required.
                request.params["login"] = login
                return self.web_login(*args, **kw)
            self._answer_alike(qcontext)
        return response

    def _get_login_of_link(self):
        """Login of the link's owner, whatever the form contains; empty without a link.

        Read before the use of the link, which ends it.
        """
        token = self.get_auth_signup_qcontext().get("token")
        partner = token and request.env["res.partner"].sudo()._get_partner_from_token(token)
        return partner.user_ids[:1].login if partner else ""

    def _answer_dead_link(self, kind):
        """Page that explains a dead link; None for a live one.

        :param kind: `signup` for an invitation, `reset` for a forgotten password
        """
        qcontext = self.get_auth_signup_qcontext()
        if not qcontext.get("invalid_token"):
            return None
        # Odoo keeps the link of a letter in the session: the form below would be refused for it.
        request.session.pop("auth_signup_token", None)
        values = {
            "age": self._get_age_of_links(kind),
            "reset_password_enabled": qcontext["reset_password_enabled"],
            "disable_database_manager": True,
        }
        response = request.render("commune_relations.account_link_dead", values)
        response.status_code = 410
        return response

    def _get_age_of_links(self, kind):
        users = request.env["res.users"].sudo()
        if kind == "signup":
            days = users._get_portal_invitation_days()
            if days == 1:
                return request.env._("It is too old: it works for one day.")
            return request.env._("It is too old: it works for %s days.", days)
        hours = users._get_password_link_hours()
        if hours == 1:
            return request.env._("It is too old: it works for one hour.")
        return request.env._("It is too old: it works for %s hours.", hours)

    def _answer_alike(self, qcontext):
        """Same message for a reset request with or without an account; the log has the reason."""
        if qcontext.get("token") or not qcontext.get("login"):
            return
        if error := qcontext.pop("error", None):
            _logger.info("No link for a forgotten password was sent: %s", error)
        elif not qcontext.get("message"):
            return
        phone, email = request.env.company._get_organisation_contact()
        sentences = [
            request.env._(
                "If an account exists for this address, a message leaves in a moment. Open it to"
                " choose a password."
            )
        ]
        if phone or email:
            sentences.append(
                request.env._(
                    "Nothing after ten minutes? Look among the unwanted messages, or ask us: %s.",
                    phone.replace(" ", "\N{NO-BREAK SPACE}") or email,
                )
            )
        qcontext["message"] = " ".join(sentences)
