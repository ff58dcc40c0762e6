"""Portal: one's own account on one page – contact data, letters, password –, and nothing of the
book of addresses of Odoo.

Odoo's portal is that of a shop: each customer renames oneself, gives a postal address for the
parcels and adds others, which are contacts. A person of a commune keeps an e-mail address and a
telephone up to date: the home address of a mayor stays private.
"""

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from ..engine.text.phone import WHOLE
from ..models.network.signatory.signing_delay import SIGNING_HOURS
from .portal_home import PortalCommune, to_id, to_local_page, to_text
from .route_access import page, page_post

OF_A_SHOP = ("company_name", "vat")
OF_A_PARCEL = ("street", "street2", "zip", "zipcode", "city", "state_id", "country_id")
# The current form is that of a person of a commune, about oneself.
OWN_ACCOUNT = "commune_own_account"
SAVED = "commune_account_saved"
WRONG = "commune_account_wrong"


class PortalAccount(PortalCommune):
    @http.route()
    def account(self, redirect="/my", **kwargs):
        """The page leads back to the portal, never to another site."""
        return super().account(redirect=to_local_page(redirect), **kwargs)

    @page_post("/my/account/letters", sets=True)
    def portal_account_letters(self, choice="", **kwargs):
        """Any account of a commune: receives all the letters, or none. Convocations and answers
        are always sent."""
        person = self._get_own_account().partner_id
        person.env["commune.contact.preference"]._choose_letters(person, choice)
        request.session[SAVED] = "letters"
        return request.redirect("/my/account", 303)

    # No hash of a password is stored, unlike the values of other forms.
    @page("/my/account/password", methods=["POST"])
    def portal_account_password(self, old="", new1="", new2="", **kwargs):
        """Any account of a commune: chooses another password, knowing the one of today."""
        self._get_own_account()
        outcome = self._update_password(*(to_text(word).strip() for word in (old, new1, new2)))
        if "success" in outcome:
            request.session[SAVED] = "password"
        else:
            problem = outcome["errors"]["password"]
            request.session[WRONG] = problem if isinstance(problem, dict) else {"new1": problem}
        return request.redirect("/my/account#password", 303)

    def _get_own_account(self):
        """The current account.

        :raise NotFound: it is that of a third-party customer, who have Odoo's pages
        """
        if not request.env.user._has_organisation_account():
            raise NotFound()
        return request.env.user

    @http.route()
    def my_addresses(self, **query_params):
        """Odoo's address book: a commune account is redirected to its contact data."""
        if request.env.user._has_organisation_account():
            return request.redirect("/my/account")
        return super().my_addresses(**query_params)

    @http.route()
    def portal_address(self, **query_params):
        """The same for one address."""
        if request.env.user._has_organisation_account():
            return request.redirect("/my/account")
        return super().portal_address(**query_params)

    @http.route()
    def portal_address_submit(self, partner_id=None, **form_data):
        """A commune account writes its own contact data only.

        It creates no other contact, and cannot rename the company of an Odoo contact. Third-party
        customers keep Odoo's behaviour.
        """
        user = request.env.user
        if user._has_organisation_account():
            if to_id(partner_id) != user.partner_id.id:
                raise NotFound()
            kept = (n for n in form_data if n not in OF_A_SHOP + OF_A_PARCEL)
            form_data = {n: to_text(form_data[n]) for n in kept}
            form_data["callback"] = to_local_page(form_data.get("callback"))
            request.update_context(**{OWN_ACCOUNT: True})
        return super().portal_address_submit(partner_id=partner_id, **form_data)

    def _prepare_my_account_rendering_values(self, **kwargs):
        """Values of the account page: a commune account has no postal address there."""
        values = super()._prepare_my_account_rendering_values(**kwargs)
        user = request.env.user
        if user._has_organisation_account():
            values.update(
                commune_account=True,
                commune_signs=bool(user.partner_id._get_acting_mandates()),
                signing_waits=request.env._(
                    "After a change of this address, signing waits %s hours: a precaution, so that"
                    " nobody signs in your place.",
                    SIGNING_HOURS,
                ),
                signing_waits_now=request.env._(
                    "As a precaution, signing waits %s hours from now.", SIGNING_HOURS
                ),
                commune_saved=request.session.pop(SAVED, None),
                commune_wrong=request.session.pop(WRONG, {}),
                whole_number=WHOLE,
                phone_wrong=user._get_phone_problem(),
                commune_letters=request.env["commune.contact.preference"]._get_letter_choices(
                    user.partner_id
                ),
            )
        return values

    def _needs_address(self):
        return not request.env.context.get(OWN_ACCOUNT) and super()._needs_address()

    def _create_or_update_address(self, partner_sudo, *args, callback="/my/addresses", **form_data):
        """After the save, redirect a commune account to its page, which confirms it."""
        before = email_normalize(partner_sudo.email)
        partner, feedback = super()._create_or_update_address(
            partner_sudo, *args, callback=callback, **form_data
        )
        if request.env.context.get(OWN_ACCOUNT) and "redirectUrl" in feedback:
            changed = email_normalize(partner.email) != before
            request.session[SAVED] = "email" if changed else "data"
            query = "" if callback == "/my" else f"?{urlencode({'redirect': callback})}"
            feedback = {**feedback, "redirectUrl": f"/my/account{query}"}
        return partner, feedback

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """Show the errors of the model beside the fields of the form."""
        invalid, missing, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        user = request.env.user
        if user._is_portal() and partner_sudo == user.partner_id:
            accounts = request.env["commune.portal.account"].sudo()
            problems = accounts._get_own_problems(user.partner_id, address_values)
            invalid |= set(problems)
            messages += dict.fromkeys(problems.values())
        return invalid, missing, messages
