"""The pages of helpdesk_mgmt are closed: any account could close anybody's request by a link, and
file one in the name of no commune. Their addresses lead to ours."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk


class HelpdeskClosed(HelpdeskTicketController):
    @http.route()
    def support_ticket_close(self, **kw):
        """Nobody: closing is a gesture of the page of the request."""
        raise NotFound()

    @http.route()
    def create_new_ticket(self, **kw):
        """Any account: led to our form."""
        return request.redirect("/my/requests/new")

    @http.route()
    def submit_ticket(self, **kw):
        """Nobody: our form files requests."""
        raise NotFound()


class HelpdeskPagesClosed(CustomerPortalHelpdesk):
    def _prepare_home_portal_values(self, counters):
        return super()._prepare_home_portal_values(
            [counter for counter in counters if counter != "ticket_count"]
        )

    @http.route(auth="user")
    def portal_my_tickets(self, **kw):
        """Any account: led to our list."""
        return request.redirect("/my/requests")

    @http.route(auth="user")
    def portal_my_ticket(self, ticket_id, access_token=None, **kw):
        """Former links still lead to the request, without what they carried."""
        ticket = request.env["helpdesk.ticket"]._find_for_portal(ticket_id)
        if not ticket:
            raise NotFound()
        return request.redirect(f"/my/requests/{ticket.id}")
