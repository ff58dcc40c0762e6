"""To-dos of a person of a commune on requests: a reply is expected."""

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.portal_home import Card, Todo

MOST = 20  # the others are in the list of the requests
SINCE = "last_stage_update"
ORDER = f"stage_kind desc, {SINCE}, id"  # what waits for a word before what was answered


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        asked = {"commune_id": places.ids, "stage_kind": ["waiting", "answered"]}
        return {**super()._get_presence_queries(places), "question": ("helpdesk.ticket", asked)}

    @api.model
    def _get_todos(self, places, acted):
        """To-dos: questions of the service for anyone who answers for the commune; whether an
        answer is sufficient, for the requester."""
        tickets = self.env["helpdesk.ticket"]
        asked = Domain("stage_kind", "=", "waiting")
        asked |= Domain("stage_kind", "=", "answered") & Domain(
            "partner_id", "=", self.env.user.partner_id.id
        )
        if self._has_presence("question"):
            asked &= Domain("commune_id", "in", places.ids)
            # A portal user may not read SINCE, but may sort by it.
            seen = Domain("id", "in", tickets._search(asked))
            names = ["name", "number", "commune_id", "stage_kind", SINCE]
            tickets = tickets.sudo().search_fetch(seen, names, limit=MOST, order=ORDER)
        words = {
            "waiting": self.env._("Answer our question: %s"),
            "answered": self.env._("Say whether our answer solves it: %s"),
        }
        return super()._get_todos(places, acted) + [
            Todo(
                words[ticket.stage_kind] % ticket.name,
                f"/my/requests/{ticket.id}",
                ticket.commune_id.id,
                text=self.env._("Request %s", ticket.number),
                can_wait=ticket.stage_kind == "answered",
                since=ticket[SINCE] and self.env.company._get_organisation_date(ticket[SINCE]),
            )
            for ticket in tickets
        ]

    @api.model
    def _get_cards(self, place, acts):
        card = Card(
            "ask",
            "/my/requests",
            self.env._("My requests"),
            self.env._("Make a request, follow it to the answer"),
            "fa-envelope-o",
        )
        return [card, *super()._get_cards(place, acts)]
