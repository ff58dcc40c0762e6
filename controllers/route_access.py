"""Decorators of the addon's routes, by who may call them; a route's docstring adds details.

A posted form is processed once (`models/core/idempotency.py`): the same values again lead where the
first post led. A route declares `sets=True` when another page may have changed since the value that
it sets; it declares `words` when its fields alone do not identify the content.

“Today” is the local date of the communes, whatever the clock of the browser.
"""

from functools import partial, wraps

from odoo.http import request, route

from ..engine.web import is_under

DONE = (301, 302, 303)
KNOWN = "commune_form_known"
# The keys of forms that were received: the browser forgets what was typed in them.
RECEIVED = "commune_form_received"
# Where a post may lead that everybody may read; any other address may hold a secret.
OPEN_PAGES = ("/my", "/commune")


def addon_route(path, **routing):
    """An addon route, marked for `core/expired_session_form.py`, which may answer instead."""

    def decorate(endpoint):
        @wraps(endpoint)
        def at_local_time(self, *args, **params):
            request.update_context(tz=request.env.company._get_zone_name())
            return endpoint(self, *args, **params)

        return route(path, addon=True, **routing)(at_local_time)

    return decorate


def post_once(route_of_form, path, sets=False, words=None, **routing):
    """The route of a form.

    :param route_of_form: decorator of the route, which still needs its path
    :param sets: see `commune.idempotency.key._take`
    :param words: method of the controller: list of (name, value) that identify the content; by
        default the fields and the file names
    """

    def decorate(endpoint):
        @wraps(endpoint)
        def take(self, *args, **params):
            key = params.pop("form_key", None)
            if request.httprequest.method != "POST":
                return endpoint(self, *args, **params)
            form, taken = _take_form(words and words(self), sets)
            if not taken:
                request.session[RECEIVED] = key
                request.session[KNOWN] = True
                above = request.httprequest.path.rpartition("/")[0]
                return request.redirect(form.page or above, 303)
            response = endpoint(self, *args, **params)
            page = _get_page(response)
            form._settle(page)
            if form and page is not None:
                request.session[RECEIVED] = key
            return response

        return route_of_form(path, **routing)(take)

    return decorate


def _take_form(words, sets):
    """See `commune.idempotency.key._take`, for the current post."""
    form, files = request.httprequest.form, request.httprequest.files
    sent = words or [
        (name, value)
        for name, value in form.items(multi=True)
        if name not in ("csrf_token", "form_key", "upload")
    ]
    named = [(name, file.filename) for name, file in files.items(multi=True) if file.filename]
    named += [("upload", token) for token in form.getlist("upload")]
    path = request.httprequest.path
    return request.env["commune.idempotency.key"]._take(
        form.get("form_key"), path, sent, () if words else named, sets
    )


def _get_page(response):
    """Where a post led; None when it shows its form again: nothing was done."""
    if getattr(response, "status_code", None) not in DONE:
        return None
    page = response.headers["Location"]
    path = page.partition("?")[0].partition("#")[0]
    return page if any(is_under(path, known) for known in OPEN_PAGES) else ""


# An account: a page, what it sends, both.
page = partial(addon_route, type="http", auth="user", website=True)
page_post = partial(post_once, partial(page, methods=["POST"]))
page_form = partial(post_once, partial(page, methods=["GET", "POST"]))
# Anyone who holds a secret address: a page, what it sends, both, a file.
link = partial(addon_route, type="http", auth="public", website=True, sitemap=False)
link_post = partial(post_once, partial(link, methods=["POST"]))
link_form = partial(post_once, partial(link, methods=["GET", "POST"]))
link_file = partial(addon_route, type="http", auth="public", sitemap=False)
