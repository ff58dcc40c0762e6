"""A colleague forwards a message: its first link becomes an item to sort."""

import logging
from urllib.parse import urlsplit

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ....engine.feed import LONGEST_SUMMARY, clean_link, find_links, plain, shorten
from ....engine.mail import (
    LONGEST_RESULTS,
    clean_title,
    domain_of,
    find_doubt,
    is_automatic,
    raw_headers,
    sender_of,
)

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        return self.env["commune.watch.item"]._sort_watch_routes(message, message_dict, routes)


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    @api.model
    def _sort_watch_routes(self, message, msg, routes):
        """Accept the messages of colleagues only; every other message is dropped without an answer.

        An answer would reveal to a stranger that the address exists, and two machines would answer
        each other for ever.
        """
        if not any(route[0] == self._name for route in routes or []):
            return routes
        user = self._find_forwarder(sender_of(message))
        if user and not is_automatic(message) and self._is_confirmed(message):
            return [
                (*route[:3], user.id, route[4]) if route[0] == self._name else route
                for route in routes
            ]
        _logger.info("Mail %s for the watch: not from a colleague", msg.get("message_id"))
        return [route for route in routes if route[0] != self._name]

    @api.model
    def _is_confirmed(self, message):
        """Whether nothing is against the sender, where the organisation names its mail relay."""
        relay = (self.env.company.sudo().request_relay or "").strip()  # kept for managers
        headers = raw_headers(message, "Authentication-Results", LONGEST_RESULTS + 1)
        domain = domain_of(sender_of(message))
        return not (relay and find_doubt(headers, relay, domain))

    @api.model
    def _find_forwarder(self, address):
        """The person of the staff who may write in the watch, by the address of the account."""
        group = self.env.ref("commune_relations.group_officer").sudo()
        domain = Domain("email_normalized", "=", address) & Domain("share", "=", False)
        staff = group.all_user_ids.filtered("active")
        return staff.filtered_domain(domain)[:1] if address else staff[:0]

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """The page may be known: the message joins its item."""
        self.env["mail.thread"]._check_hands_in_mail()
        body = msg_dict.get("body") or ""
        links = [link for link in find_links(str(body)) if not self._is_own_link(link)]
        known = self._find_page(links[0]) if links else self.browse()
        if known:
            return known
        text = plain(html2plaintext(body, include_references=False))
        title = clean_title(msg_dict.get("subject")) or shorten(text, 80)
        values = {
            "name": title or self.env._("Message without a subject"),
            "link": links[0] if links else False,
            "summary": shorten(text, LONGEST_SUMMARY),
        }
        return super().message_new(msg_dict, custom_values=values)

    @api.model
    def _is_own_link(self, link):
        """Whether a link leads here: it may be a personal one, which nobody else is to read."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return urlsplit(link).hostname == urlsplit(clean_link(base)).hostname

    @api.model
    def _get_alias(self):
        """The address to which colleagues forward; empty when an administrator removed it."""
        domain = Domain("alias_model_id.model", "=", self._name) & Domain("alias_name", "!=", False)
        return self.env["mail.alias"].sudo().search(domain, limit=1)

    @api.model
    def _make_alias(self):
        """Made once, under a name that is free; an organisation renames it among Odoo's aliases."""
        Alias = self.env["mail.alias"].sudo()
        model = self.env["ir.model"]._get_id(self._name)
        if Alias.search_count([("alias_model_id", "=", model)], limit=1):
            return
        names = ("veille", "veille-communes", "veille-juridique-communes")
        taken = set(Alias.search([("alias_name", "in", names)]).mapped("alias_name"))
        free = next((name for name in names if name not in taken), False)
        Alias.create({"alias_name": free, "alias_model_id": model, "alias_contact": "everyone"})
