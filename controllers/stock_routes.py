"""Odoo's editor routes that make the server fetch a URL: staff only, with the SSRF guard.

Closed routes: `CLOSED` of `engine/web/addresses.py`.
"""

from lxml import html
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.html_editor.controllers.main import HTML_Editor
from odoo.addons.mail.tools import link_preview

from ..engine.text import defuse
from ..models.core.outgoing_session import get_outgoing_session


class LinkPreviews(HTML_Editor):
    @http.route(auth="user")
    def link_preview_metadata(self, preview_url):
        """The staff, in the editor: title of a web page, fetched through the SSRF guard."""
        self._check_staff()
        found = link_preview.get_link_preview_from_url(preview_url, get_outgoing_session())
        if found and found.get("og_description"):
            text = defuse(found["og_description"])
            found["og_description"] = html.fromstring(text).text_content()
        return found

    @http.route()
    def link_preview_metadata_internal(self, preview_url):
        """The staff: the name of a record of which the address was typed."""
        self._check_staff()
        return super().link_preview_metadata_internal(preview_url)

    def _check_staff(self):
        if not request.env.user._is_internal():
            raise NotFound()
