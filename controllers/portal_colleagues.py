"""Portal: the persons of a commune decide which of their colleagues have access."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from ..engine.opendata import names
from .portal_home import PortalCommune, to_id, to_text
from .route_access import page, page_post

FIELDS = ("firstname", "lastname", "email", "civility", "function_id")


class PortalColleagues(PortalCommune):
    def _render_colleagues(self, place, outcome=None, typed=None, status=200):
        """The page of one place, with what became of the last request.

        :param typed: what the person typed in the form of a new colleague, to give it back
        """
        viewer = request.env.user.partner_id
        values = dict(
            crumbs=[(request.env._("My colleagues"), "")],
            place=place,
            colleagues=place.env["commune.portal.colleague"]._get_portal_colleagues(place, viewer),
            functions=place.env["commune.portal.colleague"]._get_colleague_functions(place),
            outcome=outcome or request.session.pop("commune_outcome", None),
            typed=typed or {},
            switch_redirect="/my/colleagues",
        )
        return self._render_page("portal_colleagues", values, status)

    def _answer(self, place, outcome, typed=None, proposed=None):
        """Answer to an action: back to the page, or the reason of a refusal.

        A request handed over to the staff counts as done.

        :param proposed: (person, address) typed beside a colleague, to give it back
        """
        message = {**outcome._asdict(), "proposed": proposed or (0, "")}
        if not outcome.done and not outcome.asked:
            return self._render_colleagues(place, message, typed, status=422)
        return self._back_to("/my/colleagues", place, message)

    def _find_colleague(self, place, person_id):
        colleagues = place.env["commune.portal.colleague"]
        mandates = colleagues._find_portal_colleague(place, person_id, request.env.user.partner_id)
        if not mandates:
            raise NotFound()
        return mandates

    @page("/my/colleagues")
    def portal_colleagues(self, **kwargs):
        """Who has access in the name of the commune, for those who may change it."""
        return self._render_colleagues(self._get_place(full=True))

    @page_post("/my/colleagues/add")
    def portal_colleague_add(self, commune_id=None, **kwargs):
        """A new staff member: person, post, account and invitation."""
        place = self._find_full_place(to_id(commune_id))
        typed = {name: to_text(kwargs.get(name)) for name in FIELDS}
        values = dict(
            typed,
            firstname=names.clean_first_name(typed["firstname"]),
            lastname=names.clean_last_name(typed["lastname"]),
            function_id=to_id(typed["function_id"]),
        )
        colleagues = place.env["commune.portal.colleague"]
        outcome = colleagues._add_colleague(place, values, request.env.user.partner_id)
        return self._answer(place, outcome, typed)

    @page_post("/my/colleagues/<int:person_id>/invite")
    def portal_colleague_invite(self, person_id, commune_id=None, email=None, **kwargs):
        """Those who act for the commune: gives a colleague an access, by an invitation."""
        place = self._find_full_place(to_id(commune_id))
        mandates = self._find_colleague(place, person_id)
        email = to_text(email)
        colleagues = place.env["commune.portal.colleague"]
        outcome = colleagues._invite_colleague(place, mandates, email, request.env.user.partner_id)
        return self._answer(place, outcome, proposed=(person_id, email))

    @page_post("/my/colleagues/<int:person_id>/withdraw")
    def portal_colleague_withdraw(self, person_id, commune_id=None, **kwargs):
        """Those who act for the commune: takes a colleague's access away."""
        place = self._find_full_place(to_id(commune_id))
        mandates = self._find_colleague(place, person_id)
        colleagues = place.env["commune.portal.colleague"]
        outcome = colleagues._withdraw_colleague(place, mandates, request.env.user.partner_id)
        return self._answer(place, outcome)

    @page_post("/my/colleagues/<int:person_id>/restore")
    def portal_colleague_restore(self, person_id, commune_id=None, **kwargs):
        """Those who act for the commune: gives it back."""
        place = self._find_full_place(to_id(commune_id))
        mandates = self._find_colleague(place, person_id)
        colleagues = place.env["commune.portal.colleague"]
        outcome = colleagues._restore_colleague(place, mandates, request.env.user.partner_id)
        return self._answer(place, outcome)
