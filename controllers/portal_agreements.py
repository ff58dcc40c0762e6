"""Portal: the conventions of the commune, read and signed in its name."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .portal_home import PortalCommune
from .portal_services import pdf_answer


class PortalAgreements(PortalCommune):
    def _find_agreement(self, agreement_id):
        """(place, convention) whatever commune was chosen last: the link of a letter opens it."""
        commune, places = self._get_portal_commune()
        person = request.env.user.partner_id
        for place in [commune, *(places - commune)]:
            if place and place._get_portal_role(person) == "full":
                agreement = place._find_portal_agreement(agreement_id)
                if agreement:
                    return place, agreement
        raise NotFound()

    @http.route("/my/agreements", type="http", auth="user", website=True)
    def portal_agreements(self, **kwargs):
        commune, _places = self._get_portal_commune()
        place = self._find_full_place(commune.id)
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="agreements",
            place=place,
            agreements=place._get_portal_agreements(),
            switch_redirect="/my/agreements",
        )
        return request.render("commune_relations.portal_agreements", values)

    @http.route("/my/agreements/<int:agreement_id>", type="http", auth="user", website=True)
    def portal_agreement(self, agreement_id, **kwargs):
        place, agreement = self._find_agreement(agreement_id)
        person = request.env.user.partner_id
        problem = agreement._get_signing_problem() if agreement.state == "deliberated" else ""
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="agreement",
            place=place,
            agreement=agreement,
            problem=problem,
            done=bool(kwargs.get("done")) and bool(agreement.sign_date),
            may_sign=agreement.state == "deliberated"
            and not problem
            and bool(agreement._get_signing_mandate(person)),
            signer=person.name,
            signature_lines=agreement._get_signature_lines(),
            day=request.env.company._format_document_date,
        )
        return request.render("commune_relations.portal_agreement", values)

    @http.route("/my/agreements/<int:agreement_id>/pdf", type="http", auth="user", website=True)
    def portal_agreement_pdf(self, agreement_id, **kwargs):
        _place, agreement = self._find_agreement(agreement_id)
        return pdf_answer(agreement._get_portal_pdf(), f"{agreement.code}.pdf")

    @http.route(
        "/my/agreements/<int:agreement_id>/sign",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_agreement_sign(self, agreement_id, name=None, signature=None, **kwargs):
        """What Odoo's signature widget sends; its answer is shown under the widget."""
        _place, agreement = self._find_agreement(agreement_id)
        if not isinstance(name, str) or not isinstance(signature, str):
            return {"error": request.env._("Write your name and draw your signature.")}
        try:
            with request.env.cr.savepoint():
                agreement.sudo(False)._sign_from_portal(name, signature)
        except (UserError, AccessError) as error:
            return {"error": error.args[0]}
        return {"force_refresh": True, "redirect_url": f"/my/agreements/{agreement.id}?done=1"}
