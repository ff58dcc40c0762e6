"""Portal: what communes exchange between them, and the directory between peers."""

from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import request

from ..models.core.text_limits import LENGTHS as MOST
from ..models.network.directory.peers import PEERS
from ..models.network.exchange import OPEN
from .portal_home import PortalCommune, to_id, to_text
from .route_access import page, page_post

TEXTS = ("name", "kind", "nature", "description", "date_end")
LENGTHS = {"name": 120, "description": 2000}


class PortalNetwork(PortalCommune):
    # offers and requests

    def _render_exchanges(self, place, page=1, problems=(), typed=None):
        Exchange, own = request.env["commune.exchange"].sudo(), Domain("commune_id", "=", place.id)
        order = "create_date desc, id desc"
        cut = self._cut(
            "/my/exchanges",
            page,
            (Exchange, Domain(OPEN) & own, order),
            (Exchange, Domain(OPEN) & ~own, order),
        )
        posted, others = cut["parts"]
        values = dict(
            crumbs=[(request.env._("Between communes"), "")],
            place=place,
            can_post=place._get_portal_role(request.env.user.partner_id) == "full",
            own=posted._get_own_portal_lines(),
            others=others._get_portal_lines(),
            pager=cut["pager"],
            topics=request.env["commune.topic"].sudo().search([("parent_id", "!=", False)]),
            kinds=Exchange._fields["kind"]._description_selection(request.env),
            natures=Exchange._fields["nature"]._description_selection(request.env),
            outcome=request.session.pop("commune_outcome", None),
            problems=problems,
            problem_fields={name for name, _sentence in problems},
            typed=typed or {},
            switch_redirect="/my/exchanges",
        )
        return self._render_page("portal_exchanges", values, 422 if problems else 200)

    @page(["/my/exchanges", "/my/exchanges/page/<int:page>"])
    def portal_exchanges(self, page=1, **kwargs):
        """What communes offer and look for, for the persons of a commune: one's own first."""
        return self._render_exchanges(self._get_place(), page)

    @page_post("/my/exchanges/post")
    def portal_exchange_post(self, commune_id=None, **kwargs):
        """Those who act for the commune: posts an offer or a request."""
        place = self._find_full_place(to_id(commune_id))
        typed = {name: to_text(kwargs.get(name), LENGTHS.get(name, 40)) for name in TEXTS}
        values = dict(typed, topic_id=to_id(kwargs.get("topic_id")))
        result = request.env["commune.exchange"]._post(place, request.env.user.partner_id, values)
        if isinstance(result, list):
            return self._render_exchanges(place, 1, result, values)
        return self._back(place, request.env._("It is posted: the other communes see it."))

    @page_post("/my/exchanges/<int:exchange_id>/<string:state>")
    def portal_exchange_close(self, exchange_id, state, **kwargs):
        """Settled or withdrawn, by a person who acts for the commune that posted it."""
        person = request.env.user.partner_id
        exchange = request.env["commune.exchange"]._find_own(exchange_id, person)
        if not exchange or state not in ("settled", "withdrawn"):
            raise NotFound()
        exchange._close(state, person)
        return self._back(exchange.commune_id, request.env._("It is no longer shown."))

    def _back(self, place, message):
        return self._back_to("/my/exchanges", place, {"done": True, "message": message})

    # peers

    @page(["/my/peers", "/my/peers/page/<int:page>"])
    def portal_peers(self, page=1, q="", **kwargs):
        """The persons of the same function who agreed, or those whom words name among them, those
        of the communes nearest in size first, for the persons of a commune."""
        words = to_text(q, MOST["search"])
        place, person = self._get_place(), request.env.user.partner_id
        pages = request.env["commune.portal.page"]
        mandates = request.env["commune.mandate"].sudo()._near(place)
        domain = pages._get_peers_domain(person, words)
        first = pages._get_places_begun(words)
        parts = [(mandates, domain & part, PEERS) for part in (first, ~first)]
        cut = self._cut("/my/peers", page, *parts, q=words)
        values = dict(
            crumbs=[(request.env._("My peers"), "")],
            place=place,
            person=person.sudo(),
            peers=pages._get_peers(mandates.union(*cut["parts"])),
            words=words,
            pager=cut["pager"],
            outcome=request.session.pop("commune_outcome", None),
        )
        return self._render_page("portal_peers", values)

    @page_post("/my/peers/consent", sets=True)
    def portal_peers_consent(self, agrees=None, **kwargs):
        """The person alone decides to be in the directory, and takes it back as easily."""
        place = self._get_place()
        pages = request.env["commune.portal.page"].sudo()
        pages._set_directory_consent(request.env.user.partner_id, agrees == "1")
        message = request.env._("Your choice is noted.")
        return self._back_to("/my/peers", place, {"done": True, "message": message})
