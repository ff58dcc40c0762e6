"""Portal: the certificate of attendance of those who were there."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .file_responses import send_content
from .portal_home import PortalCommune
from .route_access import page


class PortalCertificate(PortalCommune):
    @page("/my/events/<int:event_id>/certificate/<int:registration_id>")
    def portal_certificate(self, event_id, registration_id, **kwargs):
        """One's own, or that of a colleague for those who act in the name of the commune."""
        person = request.env.user.partner_id
        for place in request.env["res.partner"]._get_portal_places():
            event = place.env["commune.portal.page"]._find_portal_event(place, event_id, person)
            for registration in event._get_portal_registrations(place, person) if event else ():
                if registration.id == registration_id and registration._has_certificate():
                    name = f"{registration.certificate_number}.pdf"
                    return send_content(registration._render_certificate(), name)
        raise NotFound()
