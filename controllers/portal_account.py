"""Portal: Odoo's page of one's own contact data, and nothing of its book of addresses.

Odoo's portal is that of a shop: each customer renames oneself and adds addresses, which are
contacts. A person of a commune keeps a telephone and an address up to date.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal_home import PortalCommune, to_id, to_local_page, to_text

OF_A_SHOP = ("company_name", "vat")


class PortalAccount(PortalCommune):
    @http.route()
    def account(self, redirect="/my", **kwargs):
        """The page leads back to the portal, never to another site."""
        return super().account(redirect=to_local_page(redirect), **kwargs)

    @http.route()
    def my_addresses(self, **query_params):
        if request.env.user._is_portal():
            return request.redirect("/my/account")
        return super().my_addresses(**query_params)

    @http.route()
    def portal_address(self, **query_params):
        if request.env.user._is_portal():
            return request.redirect("/my/account")
        return super().portal_address(**query_params)

    @http.route()
    def portal_address_submit(self, partner_id=None, callback=None, **form_data):
        """A portal account writes its own contact data; it makes no other contact, and renames
        no company that a contact of Odoo is filed under."""
        user = request.env.user
        if user._is_portal():
            if to_id(partner_id) != user.partner_id.id:
                raise NotFound()
            form_data = {n: to_text(v) for n, v in form_data.items() if n not in OF_A_SHOP}
        return super().portal_address_submit(
            partner_id=partner_id, callback=to_local_page(callback), **form_data
        )

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """What the model refuses is said beside the field of the form."""
        invalid, missing, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        user = request.env.user
        if user._is_portal() and partner_sudo == user.partner_id:
            problems = user.partner_id._get_own_problems(address_values)
            invalid |= set(problems)
            messages += dict.fromkeys(problems.values())
        return invalid, missing, messages
