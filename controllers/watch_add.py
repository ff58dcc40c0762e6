"""The browser's share link: the page that a colleague reads becomes an item of the watch."""

from urllib.parse import quote, urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .route_access import page

LONGEST = 2_000


class WatchAdd(http.Controller):
    @page("/watch/add")
    def add(self, url="", title="", **kwargs):
        """Staff who may write in the watch: the form, filled with a page. Saves nothing: the user
        who opens it does, by the button of the form."""
        if not request.env["commune.watch.item"].has_access("create"):
            raise NotFound()
        words = urlencode(
            {"page_link": url[:LONGEST], "page_title": title[:LONGEST]}, quote_via=quote
        )
        return request.redirect(f"/odoo/watch-add?{words}")
