"""HTTP session that protects the fetches of stock applications (SSRF guard).

Odoo reads the links of messages, mailings and its editor with `requests`, which reaches anything
that the server can reach. The methods below give it a session that refuses internal addresses, even
after redirections, and limits the size read.
"""

import codecs
import io
import re

import requests
from lxml import html
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty

from odoo.addons.mail.tools.link_preview import get_link_preview_from_url

from ...engine.text import defuse
from ...engine.web.fetch import FetchError, Limits, check_address, fetch

LIMITS = Limits(wait=3, total=6, size=2 * 1024 * 1024)
MAX_LINKS = 5  # of one message: as Odoo
OWN_PAGES = r"%s(?:odoo|web|chat)(?:/|$|#|\?)"  # no news: as Odoo


class CheckedAdapter(BaseAdapter):
    """Connects where `engine/web/fetch.py` allows it."""

    def send(self, request, **_options):
        if request.method != "GET":
            raise requests.exceptions.InvalidURL(request.url)
        try:
            page = fetch(request.url, limits=LIMITS)
        except FetchError as error:
            raise requests.exceptions.ConnectionError(str(error)) from error
        response = requests.Response()
        response.status_code = page.status
        response.headers = CaseInsensitiveDict(page.headers)
        response.headers.pop("Content-Encoding", None)  # unpacked already
        response.encoding = get_encoding_from_headers(response.headers)
        response.raw = io.BytesIO(self._thin(page))
        response.url, response.request = page.address, request
        return response

    def _thin(self, page):
        """What Odoo gives to its parser, without a bomb of attributes."""
        if page.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
            page.charset.lower().startswith(("utf-16", "utf-32", "utf16", "utf32"))
        ):
            raise requests.exceptions.InvalidHeader(page.charset)  # no page of the web
        return defuse(page.content.decode("latin-1")).encode("latin-1")

    def close(self):
        pass


def get_outgoing_session():
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, CheckedAdapter())
    return session


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


class MailPushDevice(models.Model):
    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **kw):
        """Refuse push devices of portal accounts, and internal addresses.

        Odoo posts to the address that a browser gives, for any account; portal users of the addon
        have no such notifications.
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("These notifications are for the staff."))
        if endpoint := kw.get("endpoint"):
            try:
                check_address(endpoint)
            except FetchError as error:
                raise UserError(str(error)) from error
        return super().register_devices(**kw)
