"""Portal: services used by similar communes, and the right to stop these suggestions.

Reserved to those who act for the commune: a suggestion reveals what the commune lacks.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal_home import to_id
from .portal_services import PortalServices
from .route_access import page_post


class PortalSuggestions(PortalServices):
    @http.route()
    def portal_services(self, **kwargs):
        """Suggestions above the catalogue, but for anyone who searches something else."""
        response = super().portal_services(**kwargs)
        values = response.qcontext
        if (
            values["portal_role"] == "full"
            and values["place"].is_commune
            and not any(values["searched"].values())
        ):
            place, person = values["place"], request.env.user.partner_id
            response.qcontext.update(
                suggestions=place.env["commune.portal.page"]._get_portal_suggestions(place, person),
                outcome=request.session.pop("commune_outcome", None),
            )
        return response

    @page_post("/my/services/<int:service_id>/suggestion", sets=True)
    def portal_service_suggestion(self, service_id, commune_id=None, refused=None, **kwargs):
        """No longer suggest a service, or suggest it again."""
        place = self._find_suggested_place(commune_id)
        person = request.env.user.partner_id
        # A service that left the catalogue since is taken back all the same.
        refusals = place.env["commune.portal.page"]._get_suggestion_refusals(place, person)
        refused_now = refusals.service_id
        service = refused_now.filtered(lambda s: s.id == service_id)
        service = service or self._find_service(place, service_id)
        self._set_refusal(place, service, refused == "1")
        if refused == "1":
            message = request.env._("“%s” is no longer suggested to you.", service.name)
        else:
            message = request.env._("“%s” may be suggested to you again.", service.name)
        return self._back_to_suggestions(place, message)

    @page_post("/my/services/suggestions", sets=True)
    def portal_suggestions(self, commune_id=None, refused=None, **kwargs):
        """No longer receive suggestions, or receive them again."""
        place = self._find_suggested_place(commune_id)
        self._set_refusal(place, request.env["commune.service"], refused == "1")
        if refused == "1":
            message = request.env._("Your commune receives no more suggestions.")
        else:
            message = request.env._("Your commune receives suggestions again.")
        return self._back_to_suggestions(place, message)

    def _find_suggested_place(self, commune_id):
        place = self._find_full_place(to_id(commune_id))
        if not place.is_commune:
            raise NotFound()
        return place

    def _set_refusal(self, place, service, refused):
        person = request.env.user.partner_id
        request.env["commune.service.refusal"]._set(place, service, refused, person)

    def _back_to_suggestions(self, place, message):
        outcome = {"done": True, "message": message}
        return self._back_to("/my/services#suggestions", place, outcome)
