"""Portal: the first page of a person of a commune, and what every other page starts from."""

import re

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .route_access import page_post

# Pages of the portal of this very site, and nothing that a browser could read as another one.
LOCAL_PAGE = re.compile(
    r"/my(?:/[\w\-][\w\-.]*)*/?(?:\?[\w\-./?=&%]*)?",
    re.ASCII,
)
NUMBER = re.compile(r"[0-9]{1,9}")
PER_PAGE = 20


def to_local_page(path):
    """The path when it is a page of the portal, else the home page: never another site."""
    return path if isinstance(path, str) and LOCAL_PAGE.fullmatch(path) else "/my"


def to_id(value):
    """The id that a form or a link gives, 0 when it is not one."""
    return int(value) if isinstance(value, str) and NUMBER.fullmatch(value) else 0


def to_text(value, longest=5000):
    """Text of a form field that PostgreSQL accepts: no null character, no surrounding blank.

    A file sent in place of a text counts as empty.
    """
    return value.replace("\x00", "").strip()[:longest] if isinstance(value, str) else ""


class PortalCommune(CustomerPortal):
    """Base of the controllers of the communes' portal.

    Every page receives `portal_commune`, `portal_places` and `portal_role` through
    `_prepare_portal_layout_values`.
    """

    def _get_portal_commune(self):
        """(place, choices) of the current user: see `res.users._get_portal_commune`."""
        return request.env["res.users"]._get_portal_commune()

    def _find_place(self, place_id):
        """The commune or intercommunality of this id when the current user may see it.

        :raise NotFound: missing or of another person, without distinction
        """
        place = request.env["res.partner"]._get_portal_places().filtered(lambda p: p.id == place_id)
        if not place:
            raise NotFound()
        return place

    def _find_full_place(self, place_id):
        """The same, for what only those who act in the name of the commune may do."""
        place = self._find_place(place_id)
        if place._get_portal_role(request.env.user.partner_id) != "full":
            raise NotFound()
        return place

    def _get_place(self, full=False):
        """The commune that the pages are about.

        :param full: for what only those who act in its name may see
        :raise NotFound: without one
        """
        commune, _choices = self._get_portal_commune()
        if not commune:
            raise NotFound()
        return self._find_full_place(commune.id) if full else commune

    def _get_places_in_order(self):
        """All the places of the person, the chosen one first: the link of a letter opens its page
        whatever commune was chosen last."""
        commune, _choices = self._get_portal_commune()
        places = request.env["res.partner"]._get_portal_places()
        return [*commune, *(places - commune)]

    def _render_page(self, template, values, status=200):
        """A page of the portal, with what every one of them receives."""
        values = {**self._prepare_portal_layout_values(), **values}
        response = request.render(f"commune_relations.{template}", values)
        response.status_code = status
        return response

    def _cut(self, url, page, *parts, **args):
        """One page of lists that follow each other, whatever their length.

        :param parts: (model, domain, order) of each list
        :return: dict: `pager` (see portal_pager of Odoo), `parts` (the records of each list that
            are on this page)
        """
        totals = [model.search_count(domain) for model, domain, _order in parts]
        last = max(1, -(-sum(totals) // PER_PAGE))
        page = min(max(1, to_id(str(page))), last)
        start, room, found = (page - 1) * PER_PAGE, PER_PAGE, []
        for (model, domain, order), total in zip(parts, totals, strict=True):
            limit = min(room, max(0, total - start))
            shown = model.search(domain, start, limit, order) if limit else model.browse()
            start, room = max(0, start - total), room - limit
            found.append(shown)
        pager = portal_pager(url, sum(totals), page, PER_PAGE, url_args=args)
        return {"pager": pager, "parts": found}

    def _back_to(self, url, place, message=None, key="commune_outcome"):
        """Redirect to the page of the form's place after an action, with the message.

        The place is that of the form, whatever another tab has chosen since; reloading the page
        does not repeat the action.
        """
        request.session[key] = message
        request.env["res.users"]._choose_portal_commune(place.id)
        return request.redirect(url, 303)

    def _prepare_portal_layout_values(self):
        commune, choices = self._get_portal_commune()
        return {
            **super()._prepare_portal_layout_values(),
            "portal_commune": commune,
            "portal_places": choices,
            "portal_role": commune and commune._get_portal_role(request.env.user.partner_id),
        }

    def _prepare_commune_home_values(self, commune):
        """What the home page shows beside its cards (`commune.portal.home`): each area adds
        its own values by `super()`.

        :param commune: the place that the pages are about, never empty
        """
        _commune, choices = self._get_portal_commune()
        return request.env["commune.portal.home"]._get_page(commune, choices)


class PortalHome(PortalCommune):
    def _prepare_commune_home_values(self, commune):
        person = request.env.user.partner_id
        titles = commune._get_portal_mandates(person).mapped("title")
        return {
            **super()._prepare_commune_home_values(commune),
            "portal_titles": ", ".join(dict.fromkeys(titles)),
            # One page without Odoo's column of the account, which is at the bottom here.
            "no_breadcrumbs": True,
        }

    @http.route()
    def home(self, **kw):
        """Home of any account: to-dos of the person and the commune; a contact without a
        mandate."""
        response = super().home(**kw)
        commune = response.qcontext["portal_commune"]
        if commune:
            response.qcontext.update(self._prepare_commune_home_values(commune))
        else:
            person = request.env.user.partner_id
            pages = request.env["commune.portal.page"].sudo()
            response.qcontext["portal_lost"] = pages._get_portal_lost(person.sudo())
        return response

    @page_post("/my/commune/choose", sets=True)
    def portal_commune_choose(self, commune_id=None, redirect=None, **kwargs):
        """A person with several communes chooses the one that the pages are about."""
        if not request.env["res.users"]._choose_portal_commune(to_id(commune_id)):
            raise NotFound()
        return request.redirect(to_local_page(redirect))
