"""What the first days of a mandate and the watch expect of a person of a commune."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..territory.portal.portal_home import Card, Todo

ANNOUNCED_DAYS = 60  # a coming date is shown from then on


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        follows = "commune.path.progress"
        return {
            **super()._get_presence_queries(places),
            "path": (follows, {"partner_id": self.env.user.partner_id.ids}),
            "newcomer": (follows, {"commune_id": places.ids}),
        }

    @api.model
    def _look_at_path(self):
        follows = self.env["commune.path.progress"]
        return follows._get_own() if self._has_presence("path") else follows

    @api.model
    def _get_todos(self, places, acted):
        todos = [*super()._get_todos(places, acted), *self._get_step_todos()]
        return [*todos, *self._get_watch_todos()] if acted else todos

    @api.model
    def _get_step_todos(self):
        """The next step of one's own path."""
        follow = self._look_at_path()
        line = follow._get_next_line() if follow.state == "running" else follow.line_ids.browse()
        return [
            Todo(
                follow.path_id.name,
                step._get_url(),
                follow.commune_id.id,
                text=step.step_id.name,
                can_wait=True,
                since=follow.date_start,
            )
            for step in line
        ]

    @api.model
    def _get_watch_todos(self):
        """The days to come of the items that concern the person, for those who act."""
        limit = self.env.company._get_today() + timedelta(days=ANNOUNCED_DAYS)
        day = self.env["commune.letter"]._format_date
        return [
            Todo(
                item.name,
                f"/my/watch/{item.id}",
                day=item.next_date,
                text=" · ".join(filter(None, (day(item.next_date), item.action_text))),
            )
            for item in self.env["commune.watch.item"]._get_portal_items(is_due=True)
            if item.next_date <= limit
        ]

    @api.model
    def _get_cards(self, place, acts):
        follow = self._look_at_path()
        cards = [
            Card(
                "ask",
                "/my/guides",
                self.env._("Guides"),
                self.env._("Who does what, practical sheets, models of documents"),
                "fa-book",
            ),
            Card(
                "services",
                "/my/watch",
                self.env._("Watch"),
                self.env._("What changes in the law, and what to do"),
                "fa-eye",
            ),
        ]
        if follow:
            text = self.env._("The first steps of your mandate")
            cards.append(Card("network", "/my/path", follow.path_id.name, text, "fa-road"))
        if acts:
            title, text = (
                self.env._("Newly elected officials"),
                self.env._("How far they are in their first steps"),
            )
            recent = Domain.FALSE
            if self._has_presence("newcomer"):
                recent = follow._get_recent_domain(place)
            known = (("commune.path.progress", recent),)
            cards.append(Card("network", "/my/newcomers", title, text, "fa-user-plus", known=known))
        return [*super()._get_cards(place, acts), *cards]
