"""Portal home, agreements: a vote of the council or a signature expected from the user."""

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.portal_home import Card, Todo


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        open_ones = {"commune_id": places.ids, "state": ["draft", "deliberated"]}
        return {**super()._get_presence_queries(places), "agreement": ("agreement", open_ones)}

    @api.model
    def _get_todos(self, places, acted):
        if not self._has_presence("agreement"):
            return super()._get_todos(places, acted)
        person = self.env.user.partner_id
        asked = Domain("state", "=", "deliberated")
        asked |= Domain("state", "=", "draft") & Domain("pack_date", "!=", False)
        found = self.env["agreement"].search_fetch(
            Domain("commune_id", "in", acted.ids) & asked,
            ["name", "code", "state", "commune_id", "pack_date", "commune_deliberation_ref"],
        )
        todos = []
        for agreement in found.sudo():
            since = agreement.pack_date
            if agreement._waits_for_vote() and not agreement.commune_deliberation_ref:
                title = self.env._("Have the council vote: %s", agreement.name)
            elif agreement._is_to_sign_by(person):
                title = self.env._("Sign the convention: %s", agreement.name)
                votes = (agreement.commune_deliberation_date, agreement.epci_deliberation_date)
                since = max(filter(None, votes), default=since)
            else:
                continue
            url, code = f"/my/agreements/{agreement.id}", agreement.code or ""
            place = agreement.commune_id.id
            todos.append(Todo(title, url, place, text=code, since=since or None))
        return super()._get_todos(places, acted) + todos

    @api.model
    def _get_cards(self, place, acts):
        catalogue = Card(
            "services",
            "/my/services",
            self.env._("Services of the intercommunality"),
            self.env._("What is offered to your commune, at what price, how to ask"),
            "fa-cubes",
        )
        own = {"commune_id": place.ids, "active": [True]}
        subscribed = Card(
            "services",
            "/my/services/mine",
            self.env._("Our services and conventions"),
            self.env._("What we have, what it costs, what is to be signed"),
            "fa-pencil-square-o",
            ("/my/agreements",),
            (("agreement", own), ("commune.service.subscription", own)),
        )
        return [*super()._get_cards(place, acts), catalogue, *([subscribed] if acts else [])]
