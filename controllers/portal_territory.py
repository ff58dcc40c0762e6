"""Portal: the communes of a person, as the Métropole knows them."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .portal_home import PortalCommune
from .route_access import page, page_post


class PortalTerritory(PortalCommune):
    @page("/my/communes", readonly=True)
    def portal_communes(self, **kwargs):
        """The communes and intercommunalities of the person; straight to it when there is one."""
        places = request.env["res.partner"]._get_portal_places()
        if len(places) == 1:
            return request.redirect(f"/my/communes/{places.id}")
        return self._render_page(
            "portal_communes", {"places": places, "crumbs": [(request.env._("My communes"), "")]}
        )

    @page("/my/communes/<int:place_id>")
    def portal_commune(self, place_id, confirmed=None, **kwargs):
        """Sheet of one place: town hall, elected officials, staff contacts."""
        place = self._find_place(place_id)
        pages = place.env["commune.portal.page"]
        values = pages._get_portal_sheet(place, request.env.user.partner_id)
        values = {
            **values,
            "crumbs": [(request.env._("My communes"), "/my/communes"), (place.name, "")],
            "just_confirmed": bool(confirmed),
        }
        return self._render_page("portal_commune", values)

    @page_post("/my/communes/<int:place_id>/confirm", sets=True)
    def portal_commune_confirm(self, place_id, **kwargs):
        """The commune confirms its contact data."""
        place = self._find_full_place(place_id)
        if not place.is_commune:
            raise NotFound()
        place.sudo()._confirm_contact(request.env.user.partner_id)
        return request.redirect(f"/my/communes/{place.id}?confirmed=1")
