"""Portal: the conventions of the commune, read and signed in its name."""

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.core.lengths import LENGTHS
from .portal_home import PortalCommune, to_text
from .portal_services import pdf_answer


def _in_reading_order(papers):
    """Each paper as it is read, then as it is edited."""
    return papers.sorted(lambda p: (p.name.rsplit(".", 1)[0], p.mimetype != "application/pdf"))


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
        done = bool(kwargs.get("done")) and bool(agreement.sign_date)
        return self._render_agreement(place, agreement, done=done)

    def _render_agreement(self, place, agreement, vote=None, vote_problem="", done=False):
        """:param vote: what was typed of the vote, when it is not accepted
        :param vote_problem: why it is not
        """
        person = request.env.user.partner_id
        mandate = agreement._get_signing_mandate(person)
        problem = ""
        if agreement.state == "deliberated":
            problem = agreement._get_signing_problem()
            problem = problem or (mandate and mandate._get_signing_stop())
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="agreement",
            place=place,
            agreement=agreement,
            problem=problem,
            done=done,
            may_sign=agreement.state == "deliberated" and not problem and bool(mandate),
            signer=person.name,
            signature_lines=agreement._get_signature_lines(),
            day=request.env.company._format_document_date,
            papers=_in_reading_order(agreement.pack_attachment_ids),
            vote=vote
            or {
                "reference": agreement.commune_deliberation_ref or "",
                "date": agreement.commune_deliberation_date or "",
            },
            vote_problem=vote_problem,
            today=fields.Date.context_today(agreement),
            first_vote_day=agreement.pack_date and agreement._get_first_vote_day(),
        )
        response = request.render("commune_relations.portal_agreement", values)
        response.status_code = 422 if vote_problem else 200
        return response

    @http.route(
        "/my/agreements/<int:agreement_id>/paper/<int:attachment_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def portal_agreement_paper(self, agreement_id, attachment_id, **kwargs):
        """A paper of the deliberation pack."""
        _place, agreement = self._find_agreement(agreement_id)
        paper = agreement.pack_attachment_ids.filtered(lambda a: a.id == attachment_id)
        if not paper:
            raise NotFound()
        response = request.env["ir.binary"]._get_stream_from(paper).get_response(True)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @http.route(
        "/my/agreements/<int:agreement_id>/vote",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_agreement_vote(self, agreement_id, reference=None, date=None, **kwargs):
        """The commune tells the number and the date of its deliberation."""
        place, agreement = self._find_agreement(agreement_id)
        vote = {"reference": to_text(reference, LENGTHS["reference"]), "date": to_text(date, 10)}
        try:
            with request.env.cr.savepoint():
                agreement.sudo(False)._report_vote(vote["reference"], vote["date"])
        except UserError as error:
            return self._render_agreement(place, agreement, vote, error.args[0])
        return request.redirect(f"/my/agreements/{agreement.id}?done=vote", 303)

    @http.route("/my/agreements/<int:agreement_id>/pdf", type="http", auth="user", website=True)
    def portal_agreement_pdf(self, agreement_id, **kwargs):
        _place, agreement = self._find_agreement(agreement_id)
        if agreement.state == "draft":  # what the council votes on is in the pack
            raise NotFound()
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
