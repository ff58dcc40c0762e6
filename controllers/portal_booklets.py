"""Portal: the booklets of a commune."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .file_responses import send_content
from .portal_home import PortalCommune, to_id
from .route_access import page


class PortalBooklets(PortalCommune):
    def _get_booklets(self, place):
        person = request.env.user.partner_id
        return request.env["commune.booklet"]._get_portal_booklets(place, person)

    @page("/my/booklets", methods=["GET"])
    def portal_booklets(self, **kwargs):
        """Those that are for the person, by what they do in the commune. Changes nothing."""
        place = self._get_place()
        values = {
            "page_name": "booklets",
            "crumbs": [
                (request.env._("Guides"), "/my/guides"),
                (request.env._("Booklets"), ""),
            ],
            "place": place,
            "booklets": self._get_booklets(place),
        }
        return self._render_page("portal_booklets", values)

    @page("/my/booklets/<int:booklet_id>", methods=["GET"])
    def portal_booklet(self, booklet_id, commune=None, **kwargs):
        """One of them for a commune of the person: drawn once, kept until something changes."""
        place = self._find_place(to_id(commune))
        booklet = self._get_booklets(place).filtered(lambda one: one.id == booklet_id)
        if not booklet:
            raise NotFound()
        name = f"{booklet.name} – {place.name}.pdf"
        return send_content(booklet._get_pdf(place), name)
