"""ProConnect: authentication request, account of an identity, check of the second factor.

What the State publishes for services (partenaires.proconnect.gouv.fr, « Implémentation technique »,
« Les données fournies », « Niveaux d’assurance »). Why it is done so: docs/decisions/023."""

import hmac
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

# The provider that an administrator calls so is ProConnect; the others keep the ways of Odoo.
NAME = "proconnect"
# What the button asks besides OpenID Connect; any other parameter is refused (Y000400).
ASKED = {
    "acr_values": "eidas1",
    "claims": json.dumps({"id_token": {"amr": None, "acr": None}}, separators=(",", ":")),
}
KEPT = ("response_type", "client_id", "redirect_uri", "scope")
PROOF = ("code_challenge", "code_challenge_method")
TWO_FACTORS = ("eidas2", "eidas3")

# Why nobody enters.
FAILED = "failed"  # the way back is not the one that this browser left by, or ProConnect refused
UNKNOWN = "unknown"  # no account opened by the addon has this address
BY_HAND = "by_hand"  # several accounts, or one that another identity opens already


@dataclass(frozen=True)
class Account:
    """User account with the e-mail address that ProConnect gives.

    is_open: a portal account invited by the addon, with a mandate or mission today or later
    is_linked: a ProConnect identity is already linked to it
    """

    id: int
    is_open: bool
    is_linked: bool


def is_proconnect(name):
    return (name or "").strip().lower() == NAME


def get_parameter(link, name):
    return dict(parse_qsl(link.partition("?")[2])).get(name, "")


def get_address(link, state, nonce):
    """Where the button leads.

    :param link: the address that OpenID Connect asks for, made by the module
    """
    address, _sep, query = link.partition("?")
    made = dict(parse_qsl(query))
    asked = {name: made[name] for name in (*KEPT, *PROOF) if name in made}
    return f"{address}?{urlencode({**asked, **ASKED, 'state': state, 'nonce': nonce})}"


def get_logout_address(token_endpoint, id_token, back, state):
    """Where one leaves ProConnect too; empty when its addresses are not those that it publishes."""
    base, found, rest = (token_endpoint or "").rpartition("/token")
    if not found or rest:
        return ""
    query = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": back}
    return f"{base}/session/end?{urlencode(query)}"


def find_fault(id_claims, user_claims, client_id, nonce):
    """Fault in the response, for the log; empty when it matches the request."""
    audience = id_claims.get("aud") or []
    if client_id not in ([audience] if isinstance(audience, str) else audience):
        return "made for another service"
    if not hmac.compare_digest(str(id_claims.get("nonce") or ""), nonce):
        return "asked by another browser"
    if not user_claims.get("sub") or user_claims["sub"] != id_claims.get("sub"):
        return "of somebody else"
    if not user_claims.get("email") or user_claims.get("email_verified") is False:
        return "without an address that is verified"
    return ""


def has_two_factors(id_claims):
    """Whether ProConnect confirms a second factor."""
    acr = str(id_claims.get("acr") or "")
    amr = id_claims.get("amr")
    return acr in TWO_FACTORS or acr.endswith("-2fa") or "mfa" in (amr if amr else [])


def choose_account(accounts):
    """(the account to link at the first entry, why none).

    :param accounts: all those with this address, invited by the addon or not: there must be one
    """
    if not any(account.is_open for account in accounts):
        return None, UNKNOWN
    if len(accounts) > 1 or accounts[0].is_linked:
        return None, BY_HAND
    return accounts[0], ""
