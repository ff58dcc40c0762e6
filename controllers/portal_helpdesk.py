"""Closes the pages of helpdesk_mgmt for requests of communes.

These pages serve customers of other teams. With them, any account could close any request by a
link, and file one for no commune. Their addresses redirect to the addon's pages.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk


def _number(value):
    return int(value) if str(value or "").isdigit() else 0


def _find_managed(model, value):
    """The request of a commune, or the team that answers communes, of this id."""
    record = request.env[model].sudo().browse(_number(value)).exists()
    return record.filtered(
        "serves_communes" if model == "helpdesk.ticket.team" else "is_commune_request"
    )


class HelpdeskForm(HelpdeskTicketController):
    @http.route()
    def support_ticket_close(self, **kw):
        """Nobody for a request of a commune: closing is an action of its page. Without a ticket
        there is no such page, where helpdesk_mgmt stumbles."""
        ticket = kw.get("ticket_id")
        if not _number(ticket) or _find_managed("helpdesk.ticket", ticket):
            raise NotFound()
        return super().support_ticket_close(**kw)

    @http.route()
    def create_new_ticket(self, **kw):
        """Any account: a user who only acts for communes is redirected to the addon's form."""
        if request.env.user._is_led_to_requests():
            return request.redirect("/my/requests/new")
        return super().create_new_ticket(**kw)

    @http.route()
    def submit_ticket(self, **kw):
        """Any account, for third-party teams only: the addon's form files requests of communes.

        Without the fields of the form the answer is 404, where helpdesk_mgmt raises an error.
        """
        filled = kw.get("subject") and kw.get("description")
        led = not filled or request.env.user._is_led_to_requests()
        if led or _find_managed("helpdesk.ticket.team", kw.get("team")):
            raise NotFound()
        return super().submit_ticket(**kw)


class HelpdeskPages(CustomerPortalHelpdesk):
    def _prepare_home_portal_values(self, counters):
        """The count of the tickets that their list shows."""
        values = super()._prepare_home_portal_values(counters)
        tickets = request.env["helpdesk.ticket"]
        if "ticket_count" in counters and tickets.has_access("read"):
            values["ticket_count"] = tickets.search_count([("is_commune_request", "=", False)])
        return values

    @http.route()
    def portal_my_tickets(self, **kw):
        """Any account: its tickets with third-party teams.

        A user who only acts for communes is redirected to the addon's list, and an agent without
        tickets to the missions. Requests of communes are excluded: the search uses followers, which
        the portal may not read on them (models/requests/ticket/portal.py).
        """
        if page := request.env.user._get_page_of_tickets():
            return request.redirect(page)
        return super().portal_my_tickets(**kw)

    @http.route()
    def portal_my_ticket(self, ticket_id, access_token=None, **kw):
        """Former links still lead to a request of a commune, without what they carried."""
        if not _find_managed("helpdesk.ticket", ticket_id):
            return super().portal_my_ticket(ticket_id, access_token=access_token, **kw)
        if request.env.user._is_public():
            return request.redirect("/my")
        ticket = request.env["helpdesk.ticket"]._find_for_portal(ticket_id)
        if not ticket:
            raise NotFound()
        return request.redirect(f"/my/requests/{ticket.id}")
