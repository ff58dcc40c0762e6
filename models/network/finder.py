"""The events to come, and one’s peers, are found by the search box of the portal."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..requests.finder.portal import MOST_OWN, ResultKind
from .directory.peers import PEERS


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_result_kinds(self, place):
        coming = Domain("date_end", ">=", fields.Datetime.now())
        events = self.env["commune.portal.page"]._search_portal_events(
            place, self.env.user.partner_id, coming, limit=MOST_OWN
        )
        result_kind = ResultKind(self.env._("Events and trainings"), "/my/events/%s", events)
        return super()._get_result_kinds(place) | {"event": result_kind}

    @api.model
    def _get_known_people(self, places):
        """Persons of the peer directory, who consented, with the fields it shows."""
        known = super()._get_known_people(places)
        if not places or not self.env.company._shows_page("/my/peers"):
            return known
        person = self.env.user.partner_id
        peers = self.env["commune.portal.page"]._get_peers_domain(person)
        mandates = self.env["commune.mandate"].sudo().search(peers, order=PEERS)
        for partner, held in mandates.grouped("partner_id").items():
            _held, shown = known.get(partner, (held, {"url": ""}))
            reach = {"phone": partner.phone or "", "email": partner.email or ""}
            known[partner] = held[:1], shown | reach
        return known
