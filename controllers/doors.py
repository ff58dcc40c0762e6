"""The doors of the addon, by who may come in: each route says one of these words, and its
docstring says the rest."""

from functools import partial

from odoo.http import route

# An account: a page, what it sends, both.
page = partial(route, type="http", auth="user", website=True)
page_post = partial(page, methods=["POST"])
page_form = partial(page, methods=["GET", "POST"])
# Whoever holds a secret address: a page, what it sends, a file.
link = partial(route, type="http", auth="public", website=True, sitemap=False)
link_post = partial(link, methods=["POST"])
link_file = partial(route, type="http", auth="public", sitemap=False)
