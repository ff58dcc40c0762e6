"""Portal: the agreements of the commune, read and signed in its name."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..models.core.text_limits import LENGTHS
from .file_responses import send_attachment, send_content
from .portal_home import to_text
from .route_access import page, page_post
from .signing import PortalSigning


def _in_reading_order(documents):
    """Each document in its read-only version, then in its editable one."""
    return documents.sorted(lambda p: (p.name.rsplit(".", 1)[0], p.mimetype != "application/pdf"))


class PortalAgreements(PortalSigning):
    def _find_agreement(self, agreement_id):
        """(place, agreement), whatever commune was chosen last: letters link to it."""
        person = request.env.user.partner_id
        for place in self._get_places_in_order():
            if place._get_portal_role(person) == "full":
                pages = place.env["commune.portal.page"]
                agreement = pages._find_portal_agreement(place, agreement_id)
                if agreement:
                    return place, agreement
        raise NotFound()

    @page("/my/agreements")
    def portal_agreements(self, **kwargs):
        """The agreements of the commune, for those who act in its name."""
        place = self._get_place(full=True)
        values = dict(
            page_name="agreements",
            crumbs=[(request.env._("Our conventions"), "")],
            place=place,
            agreements=place.env["commune.portal.page"]._get_portal_agreements(place),
            switch_redirect="/my/agreements",
        )
        return self._render_page("portal_agreements", values)

    @page("/my/agreements/<int:agreement_id>")
    def portal_agreement(self, agreement_id, **kwargs):
        """One agreement of a commune of the person, for those who act in its name."""
        place, agreement = self._find_agreement(agreement_id)
        done = bool(kwargs.get("done")) and bool(agreement.sign_date)
        return self._render_agreement(place, agreement, done=done)

    def _get_crumbs(self, agreement):
        crumbs = [(request.env._("Our conventions"), "/my/agreements"), (agreement.code, "")]
        return {"page_name": "agreement", "crumbs": crumbs}

    def _render_agreement(
        self, place, agreement, vote=None, vote_problem=None, sign_problem=None, done=False
    ):
        """:param vote: the vote as typed, when it is refused
        :param vote_problem: the error that explains the refusal
        :param sign_problem: the error that explains why the signature is refused
        """
        person = request.env.user.partner_id
        mandate = agreement._get_signing_mandate(person)
        problem = ""
        waits = agreement._waits_for_commune()
        if waits:
            problem = agreement._get_signing_problem()
            problem = problem or (mandate and mandate._get_signing_stop(agreement))
        values = dict(
            **self._get_crumbs(agreement),
            place=place,
            agreement=agreement,
            problem=problem,
            sign_problem=sign_problem.args[0] if sign_problem else "",
            problem_field=getattr(sign_problem, "field", ""),
            kept=request.httprequest.form,
            done=done,
            waits=waits,
            can_sign=waits and not problem and bool(mandate),
            signature_lines=request.env["commune.agreement.document"]._get_signature_lines(
                agreement
            ),
            day=request.env.company._format_document_date,
            documents=_in_reading_order(agreement.pack_attachment_ids),
            vote=vote
            or {
                "reference": agreement.commune_deliberation_ref or "",
                "date": agreement.commune_deliberation_date or "",
                "transmitted": agreement.commune_transmission_date or "",
                "published": agreement.commune_publication_date or "",
            },
            vote_problem=vote_problem.args[0] if vote_problem else "",
            vote_field=getattr(vote_problem, "field", ""),
            today=request.env.company._get_today(),
            first_vote_day=agreement.pack_date
            and agreement.env["commune.agreement.acts"]._get_first_vote_day(agreement),
        )
        return self._render_page(
            "portal_agreement", values, 422 if vote_problem or sign_problem else 200
        )

    @page("/my/agreements/<int:agreement_id>/paper/<int:attachment_id>", methods=["GET"])
    def portal_agreement_document(self, agreement_id, attachment_id, **kwargs):
        """A document of the deliberation pack."""
        _place, agreement = self._find_agreement(agreement_id)
        documents = agreement.pack_attachment_ids
        return send_attachment(documents.filtered(lambda a: a.id == attachment_id))

    @page_post("/my/agreements/<int:agreement_id>/vote", sets=True)
    def portal_agreement_vote(self, agreement_id, reference=None, **kwargs):
        """The commune gives the number, date, transmission and publication of its deliberation."""
        place, agreement = self._find_agreement(agreement_id)
        days = {
            name: to_text(kwargs.get(name), 10) for name in ("date", "transmitted", "published")
        }
        vote = {"reference": to_text(reference, LENGTHS["reference"]), **days}
        try:
            with request.env.cr.savepoint():
                agreement.env["commune.agreement.acts"].sudo(False)._report_vote(
                    agreement.sudo(False), vote["reference"], *days.values()
                )
        except UserError as error:
            return self._render_agreement(place, agreement, vote, error)
        return request.redirect(f"/my/agreements/{agreement.id}?done=vote", 303)

    @page("/my/agreements/<int:agreement_id>/pdf")
    def portal_agreement_pdf(self, agreement_id, **kwargs):
        """The same, as a PDF, once the commune has something to read."""
        _place, agreement = self._find_agreement(agreement_id)
        if agreement.state == "draft":  # what the council votes on is in the pack
            raise NotFound()
        return send_content(agreement._get_portal_pdf(), f"{agreement.code}.pdf")

    @page_post("/my/agreements/<int:agreement_id>/sign")
    def portal_agreement_sign(self, agreement_id, sign_name=None, read=None, **kwargs):
        """Signature by the mayor, or by the person named, who confirms what is signed."""
        place, agreement = self._find_agreement(agreement_id)
        typed = to_text(sign_name, LENGTHS["signature"]), to_text(read, LENGTHS["print"])
        own = agreement.sudo(False)
        page = f"/my/agreements/{agreement.id}"
        try:
            if not self._is_confirmed():
                mandate, _name = own._check_portal_signature(*typed)
                rows = own._get_confirmation(mandate)
                crumbs = self._get_crumbs(agreement)
                return self._render_confirmation(rows, page, copied=True, **crumbs)
            with request.env.cr.savepoint():
                own._sign_from_portal(*typed)
        except (UserError, AccessError) as error:
            return self._render_agreement(place, agreement, sign_problem=error)
        return request.redirect(f"{page}?done=1", 303)
