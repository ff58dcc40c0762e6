"""Portal: the files of a request, and the photos of those who answer."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .file_responses import send_attachment
from .portal_home import PortalCommune


class PortalRequestFiles(PortalCommune):
    @http.route(
        "/my/requests/<int:request_id>/file/<int:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def portal_request_file(self, request_id, attachment_id, **kwargs):
        """A file of a request that the person sees: saved, never run by the browser."""
        demand = request.env["helpdesk.ticket"]._find_for_portal(request_id)
        attachment = demand and demand.env["commune.request.portal"]._find_portal_file(
            demand, attachment_id
        )
        return send_attachment(attachment)

    @http.route(
        "/my/interlocutors/<int:user_id>/photo",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def portal_interlocutor_photo(self, user_id, **kwargs):
        """Photo of an agent who answers communes, for those who act for one."""
        commune, _places = self._get_portal_commune()
        user = (commune or request.env.user._is_internal()) and request.env[
            "res.users"
        ]._find_interlocutor(user_id)
        if not user or not user._has_commune_photo():
            raise NotFound()
        stream = request.env["ir.binary"]._get_image_stream_from(user.partner_id, "image_128")
        return stream.get_response(as_attachment=False, max_age=3600)
