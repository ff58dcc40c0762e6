"""Portal: the catalogue of services, what the commune has of it and what it costs; of services and
conventions, the card and the things to do on the home page."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from ..models.core.collation import collate
from ..models.core.text_limits import LENGTHS
from ..models.requests.ticket.portal_list import clean_text
from .file_responses import send_attachment, send_content
from .portal_home import PortalCommune, to_id, to_text
from .route_access import page, page_post


class PortalServices(PortalCommune):
    @page("/my/services", methods=["GET"])
    def portal_services(self, q="", family=None, form=None, **kwargs):
        """The catalogue open to the commune, for all its persons. Changes nothing."""
        place = self._get_place()
        text = clean_text(q)[: LENGTHS["search"]]
        forms = request.env["commune.service"]._fields["contract_form"]
        forms = forms._description_selection(request.env)
        form = form if form in dict(forms) else ""
        pages = place.env["commune.portal.page"]
        everything = found = pages._get_portal_services(place)
        if text or to_id(family) or form:
            found = pages._get_portal_services(place, text, to_id(family), form)
        held = pages._get_portal_subscriptions(place).service_id
        values = dict(
            page_name="services",
            crumbs=[(request.env._("Services of the intercommunality"), "")],
            place=place,
            families=[
                (name, found.filtered(lambda s, f=name: s.family_id == f))
                for name in found.family_id.sorted(lambda f: (f.sequence, collate(f.name)))
            ],
            found_count=len(found),
            all_families=everything.family_id.sorted(lambda f: (f.sequence, collate(f.name))),
            forms=forms,
            held=held,
            searched={"q": text, "family": to_id(family), "form": form},
            switch_redirect="/my/services",
        )
        return self._render_page("portal_services", values)

    def _find_service(self, place, service_id):
        service = place.env["commune.portal.page"]._find_portal_service(place, service_id)
        if not service:
            raise NotFound()
        return service

    @page("/my/services/<int:service_id>")
    def portal_service(self, service_id, **kwargs):
        """One service of it, with the form that asks for it."""
        place = self._get_place()
        return self._render_service(place, self._find_service(place, service_id))

    def _render_service(self, place, service, problem="", message="", status=200):
        subscriptions = place.env["commune.portal.page"]._get_portal_subscriptions(place)
        held = subscriptions.filtered(lambda s: s.service_id == service)
        forms = dict(service._fields["contract_form"]._description_selection(request.env))
        full = place._get_portal_role(request.env.user.partner_id) == "full"
        values = dict(
            page_name="service",
            crumbs=[
                (request.env._("Services of the intercommunality"), "/my/services"),
                (service.name, ""),
            ],
            place=place,
            service=service,
            form_label=forms[service.contract_form],
            # What the commune has is for those who act in its name.
            held=held if full else held.browse(),
            closed=service._get_portal_problem(place.sudo()),
            offers=service._get_free_offers(),
            problem=problem,
            message=message,
            switch_redirect=f"/my/services/{service.id}",
        )
        return self._render_page("portal_service", values, status)

    @page_post("/my/services/<int:service_id>/ask")
    def portal_service_ask(self, service_id, commune_id=None, offer_id=None, **form):
        """File the request that asks for the service, on its topic."""
        place = self._find_place(to_id(commune_id))
        service = self._find_service(place, service_id)
        message = to_text(form.get("message"), LENGTHS["service"])
        offer = service.offer_ids.filtered(lambda o: o.id == to_id(offer_id))
        problem = service._get_portal_problem(place.sudo())
        if not problem:
            values = service._prepare_portal_request(place, offer, message)
            try:
                with request.env.cr.savepoint():
                    demand = request.env["commune.request.portal"]._create_from_portal(values)
            except UserError as error:
                problem = error.args[0]
            else:
                return request.redirect(f"/my/requests/{demand.id}?done=created", 303)
        return self._render_service(place, service, problem, message, status=422)

    @page("/my/services/<int:service_id>/document/<int:document_id>")
    def portal_service_document(self, service_id, document_id, **kwargs):
        """A document of a service of the catalogue."""
        place = self._get_place()
        service = self._find_service(place, service_id)
        return send_attachment(service.document_ids.filtered(lambda d: d.id == document_id))

    @page("/my/services/brochure")
    def portal_brochure(self, family=None, **kwargs):
        """The catalogue as a PDF, whole or of one family."""
        place = self._get_place()
        families = place.env["commune.portal.page"]._get_portal_services(place).family_id
        chosen = families.filtered(lambda f: f.id == to_id(family))
        brochure = request.env["report.commune_relations.brochure_document"].sudo()
        return send_content(brochure._render_cached(chosen), f"{brochure._get_title(chosen)}.pdf")

    @page("/my/services/statement")
    def portal_service_statement(self, year=None, **kwargs):
        """The yearly statement of the commune as a PDF: for those who act in its name."""
        place = self._get_place(full=True)
        report = request.env["ir.actions.report"].sudo().with_context(lang=request.env.lang)
        chosen = self._choose_year(place, year)
        content, _kind = report._render_qweb_pdf(
            "commune_relations.service_year_report", place.ids, data={"year": chosen}
        )
        return send_content(content, f"{place._get_service_year_name()} – {chosen}.pdf")

    def _choose_year(self, place, year):
        this_year = request.env.company._get_today().year
        return to_id(year) if to_id(year) in range(this_year - 3, this_year + 2) else this_year

    @page("/my/services/mine")
    def portal_my_services(self, year=None, **kwargs):
        """What the commune has, and what it costs: for those who act in its name."""
        place = self._get_place(full=True)
        this_year = request.env.company._get_today().year
        chosen = self._choose_year(place, year)
        values = dict(
            page_name="my_services",
            crumbs=[
                (request.env._("Services of the intercommunality"), "/my/services"),
                (request.env._("Our services"), ""),
            ],
            place=place,
            costs=place.env["commune.service.year"]._get_service_costs(place, chosen),
            years=range(this_year + 1, this_year - 4, -1),
            shown=place.env["commune.portal.page"]._get_portal_services(place),
            currency=request.env.company._get_euro(),
            switch_redirect="/my/services/mine",
        )
        return self._render_page("portal_my_services", values)
