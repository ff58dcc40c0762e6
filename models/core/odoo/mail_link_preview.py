"""Extension of what fetches addresses of the web: link previews, tracked links, images of mailings.

Each goes through the session of `outgoing_session.py`, for every addon: an address of the internal
network is reached through any of them.
"""

import re

from lxml import html

from odoo import api, models
from odoo.tools import is_html_empty

from odoo.addons.mail.tools.link_preview import get_link_preview_from_url

from ..outgoing_session import get_outgoing_session

MAX_LINKS = 5  # of one message: as Odoo
OWN_PAGES = r"%s(?:odoo|web|chat)(?:/|$|#|\?)"  # no news: as Odoo


class MailLinkPreview(models.Model):
    _inherit = "mail.link.preview"

    @api.model
    def _is_link_preview_enabled(self):
        """Anyone who writes from outside does not make the server read."""
        return super()._is_link_preview_enabled() and self.env.user._is_internal()

    @api.model
    def _create_from_message_and_notify(self, message, request_url=None):
        if not is_html_empty(message.body):
            links = html.fromstring(message.body).xpath("//a[not(@data-oe-model)]/@href")
            own = OWN_PAGES % re.escape(request_url) if request_url else "$^"
            self._read_links([link for link in links if not re.match(own, link)])
        return super()._create_from_message_and_notify(message, request_url)

    @api.model
    def _search_or_create_from_url(self, url):
        self._read_links([url])
        return super()._search_or_create_from_url(url)

    def _is_domain_thottled(self, url):
        """Always true, so that Odoo fetches no link: the addon has done so through its guard."""
        return True

    def _is_read_too_often(self, link):
        return super()._is_domain_thottled(link)

    def _read_links(self, links):
        """Fetch and keep the content of these addresses, unless it is known."""
        links = list(dict.fromkeys(links))[:MAX_LINKS]
        known = self.search([("source_url", "in", links)]).mapped("source_url")
        session, found = get_outgoing_session(), []
        for link in links:
            if link not in known and not self._is_read_too_often(link):
                found.append(get_link_preview_from_url(link, session))
        self.create([values for values in found if values])


class LinkTracker(models.Model):
    _inherit = "link.tracker"

    @api.model
    def _get_title_from_url(self, url):
        preview = get_link_preview_from_url(url, get_outgoing_session()) or {}
        return preview.get("og_title") or url


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    def _get_image_by_url(self, url, session):
        """Images that a mailing names by their address."""
        return super()._get_image_by_url(url, get_outgoing_session())
