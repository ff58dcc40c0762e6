"""ProConnect login, where the organisation has set it up: only invited persons log in.

`auth_oauth` and `auth_oidc`, which are optional, call these methods: without them nothing does.
Other providers keep the behaviour of these modules. See docs/decisions/023.
"""

import json
import logging
import secrets
import time

import requests

from odoo import api, models
from odoo.exceptions import AccessDenied
from odoo.http import STORED_SESSION_BYTES, request
from odoo.tools import email_normalize, escape_psql
from odoo.tools.misc import consteq, hmac

from ....engine import proconnect

_logger = logging.getLogger(__name__)

KEPT_IN = "proconnect"  # key of the session: what this browser did with ProConnect
MINUTES = 60  # time that the page of the login may stay open before the button is clicked
TIMEOUT = 10


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_proconnect_secrets(self, made):
        """(state, nonce) that only this browser can return; nothing is stored meanwhile.

        :param made: time of the page and a salt, both repeated in the state
        """
        own = request.session.sid[:STORED_SESSION_BYTES]
        scopes = ("commune-proconnect-state", "commune-proconnect-nonce")
        return [hmac(self.env(su=True), scope, (own, made)) for scope in scopes]

    @api.model
    def _make_proconnect_link(self, provider):
        """Where the button leads.

        :param provider: values from `auth_oauth`, `auth_link` among others
        """
        made = f"{int(time.time())}-{secrets.token_hex(8)}"
        proof, nonce = self._get_proconnect_secrets(made)
        state = json.loads(proconnect.get_parameter(provider["auth_link"], "state"))
        state.pop("t", None)  # do not send the secret of an invitation to third parties
        state.update(made=made, proof=proof)
        return proconnect.get_address(provider["auth_link"], json.dumps(state), nonce)

    def _is_own_proconnect_state(self, state):
        made = str(state.get("made") or "")
        since = made.partition("-")[0]
        if not since.isdecimal() or time.time() - int(since) > MINUTES * 60:
            return False
        return consteq(self._get_proconnect_secrets(made)[0], str(state.get("proof") or ""))

    def _auth_oauth_get_tokens_auth_code_flow(self, oauth_provider, params):
        """Send the secret in the body, as ProConnect requires; the module sends it in a header."""
        if not proconnect.is_proconnect(oauth_provider.name):
            return super()._auth_oauth_get_tokens_auth_code_flow(oauth_provider, params)
        seen = request.session.get(KEPT_IN) or {}
        request.session[KEPT_IN] = {"logout": seen.get("logout"), "refused": proconnect.FAILED}
        if not params.get("code") or not self._is_own_proconnect_state(json.loads(params["state"])):
            _logger.info("ProConnect: %s", params.get("error") or "asked by another browser")
            raise AccessDenied()
        values = {
            "grant_type": "authorization_code",
            "client_id": oauth_provider.client_id,
            "client_secret": oauth_provider.client_secret,
            "code": params["code"],
            "code_verifier": oauth_provider.code_verifier,
            "redirect_uri": request.httprequest.url_root + "auth_oauth/signin",
        }
        answer = requests.post(oauth_provider.token_endpoint, data=values, timeout=TIMEOUT)
        answer.raise_for_status()
        tokens = answer.json()
        params["id_token"] = tokens.get("id_token")
        return tokens.get("access_token"), params["id_token"]

    @api.model
    def _auth_oauth_signin(self, provider, validation, params):
        """Log in invited persons; never create an account, whatever the sign-up setting."""
        oauth_provider = self.env["auth.oauth.provider"].browse(provider)
        if not proconnect.is_proconnect(oauth_provider.name):
            return super()._auth_oauth_signin(provider, validation, params)
        email = self._read_proconnect_email(oauth_provider, validation, params)
        seen = {"logout": self._get_proconnect_logout(oauth_provider, params["id_token"])}
        user, reason = self._find_proconnect_account(provider, validation["sub"], email)
        if not user:
            _logger.info("ProConnect: %s does not enter (%s)", validation["sub"], reason)
            request.session[KEPT_IN] = {**seen, "refused": reason, "email": email}
            raise AccessDenied()
        link = {"oauth_provider_id": provider, "oauth_uid": validation["sub"]}
        known = user.oauth_uid == validation["sub"]
        second = known and proconnect.has_two_factors(validation)
        seen.update(uid=user.id, second_factor=second)
        if not known and user._mfa_type():
            seen["to_link"] = link  # as soon as the second factor of the account is given
        elif not known:
            user._link_proconnect(link)
        request.session[KEPT_IN] = seen
        user.oauth_access_token = params["access_token"]
        return user.login

    def _read_proconnect_email(self, oauth_provider, validation, params):
        """The address is in an answer that ProConnect signs, which the module does not read."""
        bearer = {"Authorization": f"Bearer {params['access_token']}"}
        endpoint = oauth_provider.validation_endpoint
        answer = requests.get(endpoint, headers=bearer, timeout=TIMEOUT)
        answer.raise_for_status()
        claims = oauth_provider._parse_id_token(answer.text.strip(), params["access_token"])
        made = str(json.loads(params["state"]).get("made"))
        nonce = self._get_proconnect_secrets(made)[1]
        fault = proconnect.find_fault(validation, claims, oauth_provider.client_id, nonce)
        email = email_normalize(claims.get("email"))
        if fault or not email:
            _logger.warning("ProConnect: an identity %s was refused", fault or "without address")
            raise AccessDenied()
        return email

    def _find_proconnect_account(self, provider, sub, email):
        """(the account that this identity opens, or whose first entry it is; why none)."""
        identity = [("oauth_provider_id", "=", provider), ("oauth_uid", "=", sub)]
        linked = self.with_context(active_test=False).search(identity)
        if linked:
            return (linked, "") if linked.active else (self.browse(), proconnect.UNKNOWN)
        return self._choose_proconnect_account(email)

    @api.model
    def _choose_proconnect_account(self, email):
        """(account that logs in for the first time, or the reason why there is none).

        :param email: normalised; compared with the login and the address that were typed and
            notified, never with a computed copy
        """
        typed = escape_psql(email)
        users = self.search(["|", ("login", "=ilike", typed), ("email", "ilike", typed)])
        users = users.filtered(
            lambda user: (
                email in (email_normalize(user.login), email_normalize(user.email, strict=False))
            )
        )
        opened = users._get_opened_accounts()
        accounts = [
            proconnect.Account(
                user.id, user in opened, user._has_identity() or user._has_new_address(email)
            )
            for user in users
        ]
        account, reason = proconnect.choose_account(accounts)
        return self.browse(account.id if account else ()), reason

    def _has_identity(self):
        return bool("oauth_uid" in self._fields and self.oauth_uid)

    def _has_new_address(self, _email):
        """Whether this address replaced another one of the person lately, as its writer may be
        who enters."""
        return False

    def _get_opened_accounts(self):
        """Filter the accounts that the addon opened and that a mandate opens now or later."""
        return self._get_commune_accounts().filtered(lambda user: not user.without_mandate)

    def _link_proconnect_if_free(self, link):
        """Unless the account or the identity was linked meanwhile."""
        identity = [(name, "=", value) for name, value in link.items()]
        if not self._has_identity() and not self.with_context(active_test=False).search(identity):
            self._link_proconnect(link)

    def _link_proconnect(self, link):
        """Link this identity to the account from now on, and notify the person by mail."""
        self.write(link)
        user = self.with_context(lang=self.lang)
        user._notify_security_setting_update(
            user.env._("Your account opens with ProConnect"),
            user.env._(
                "Somebody entered with your address by ProConnect: from now on this identity opens"
                " your account. If it was not you, call us."
            ),
            suggest_2fa=False,
        )

    @api.model
    def _get_proconnect_logout(self, oauth_provider, id_token):
        back = request.httprequest.url_root + "web/login"
        state = secrets.token_hex(16)
        endpoint = oauth_provider.token_endpoint
        return proconnect.get_logout_address(endpoint, id_token, back, state)

    def _check_credentials(self, credential, env):
        """Accept the second factor given to ProConnect.

        At the first login the addon's own second factor is required; then the identity opens the
        account.
        """
        found = super()._check_credentials(credential, env)
        seen = request and request.session.get(KEPT_IN)
        if not seen or seen.get("uid") != self.id:
            return found
        if credential["type"] == "oauth_token" and seen["second_factor"]:
            return {**found, "mfa": "skip"}
        if credential["type"].startswith("totp") and seen.get("to_link"):
            self.sudo()._link_proconnect_if_free(seen["to_link"])
            request.session[KEPT_IN] = {**seen, "to_link": False}
        return found
