"""What the requests expect of a person of a commune: a word of theirs."""

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.home import Card, Todo

MOST = 20  # the others are in the list of the requests


class CommuneHome(models.AbstractModel):
    _inherit = "commune.home"

    @api.model
    def _get_glances(self, places):
        waiting = {"commune_id": places.ids, "stage_kind": ["waiting"]}
        return {**super()._get_glances(places), "question": ("helpdesk.ticket", waiting)}

    @api.model
    def _get_todos(self, places, acted):
        waiting = self.env["helpdesk.ticket"]
        asked = Domain("commune_id", "in", places.ids) & Domain("stage_kind", "=", "waiting")
        if self._may_hold("question"):
            names = ["name", "number", "commune_id"]
            waiting = waiting.search_fetch(asked, names, limit=MOST)
        return super()._get_todos(places, acted) + [
            Todo(
                self.env._("Answer our question: %s", ticket.name),
                f"/my/requests/{ticket.id}",
                ticket.commune_id.id,
                text=self.env._("Request %s", ticket.number),
            )
            for ticket in waiting
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
