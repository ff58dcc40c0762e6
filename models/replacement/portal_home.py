"""What the replacement service expects of a person of a commune: a yes or a no, a signature."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..territory.portal.portal_home import Card, Todo
from .timesheet.timesheet import STATES

SENT = [code for code, _label in STATES if code != "draft"]


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        agents = {"commune_id": places.ids, "state": ["sent_commune"]}
        weeks = {"commune_id": places.ids, "state": ["submitted"]}
        return {
            **super()._get_presence_queries(places),
            "proposal": ("commune.replacement.proposal", agents),
            "week": ("commune.replacement.timesheet", weeks),
        }

    @api.model
    def _get_todos(self, places, acted):
        return [
            *super()._get_todos(places, acted),
            *self._get_proposal_todos(acted),
            *self._get_week_todos(acted),
        ]

    @api.model
    def _get_proposal_todos(self, acted):
        """The agents proposed to the very person, as long as the answer is waited for."""
        if not self._has_presence("proposal"):
            return []
        person = self.env.user.partner_id
        asked = Domain("asked_person_id", "=", person.id)
        asked |= Domain("asked_person_id", "=", False) & Domain(
            "request_id.requester_id", "=", person.id
        )
        proposals = (
            self.env["commune.replacement.proposal"]
            .sudo()
            .search_fetch(
                Domain("commune_id", "in", acted.ids)
                & Domain("state", "=", "sent_commune")
                & Domain("expiry_date", ">", fields.Datetime.now())
                & asked,
                ["employee_id", "commune_token", "commune_id", "expiry_date"],
            )
        )
        letter = self.env["commune.letter"]
        return [
            Todo(
                self.env._("Say yes or no to the agent proposed: %s", one.employee_id.name),
                f"/replacement-proposal/{one.commune_token}",
                one.commune_id.id,
                (day := self.env.company._get_organisation_date(one.expiry_date)),
                self.env._("Before %s", letter._format_date(day)),
            )
            for one in proposals
        ]

    @api.model
    def _get_week_todos(self, acted):
        """The weeks that an agent has sent."""
        if not self._has_presence("week"):
            return []
        sheets = (
            self.env["commune.replacement.timesheet"]
            .sudo()
            .search_fetch(
                Domain("commune_id", "in", acted.ids) & Domain("state", "=", "submitted"),
                ["employee_id", "commune_id", "week_start", "submitted_date"],
                order="week_start, id",
            )
        )
        to_day = self.env.company._get_organisation_date
        return [
            Todo(
                self.env._("Validate the hours: %s", sheet.employee_id.name),
                f"/my/replacement-hours/{sheet.id}",
                sheet.commune_id.id,
                text=self.env._(
                    "Week of %s", self.env["commune.letter"]._format_date(sheet.week_start)
                ),
                since=(sheet.submitted_date and to_day(sheet.submitted_date)) or sheet.week_start,
            )
            for sheet in sheets
        ]

    @api.model
    def _get_cards(self, place, acts):
        own = {"commune_id": place.ids}
        sent = {**own, "state": SENT}
        named = {"partner_id": self.env.user.partner_id.ids}
        cards = [
            Card(
                "ask",
                "/my/replacements",
                self.env._("Replacements"),
                self.env._("Ask for an agent, follow who comes and when"),
                "fa-user-plus",
                ("/replacement-proposal",),
                (("commune.replacement.request", own),),
            ),
            Card(
                "answer",
                "/my/replacement-hours",
                self.env._("Hours of the agents"),
                self.env._("Validate the weeks of replacement, read what is due"),
                "fa-clock-o",
                known=(("commune.replacement.timesheet", sent),),
            ),
        ]
        difficulty = Card(
            "ask",
            "/my/difficulties",
            self.env._("Report a difficulty"),
            self.env._("About a mission of the replacement service: confidential"),
            "fa-life-ring",
            known=(("commune.replacement.incident.party", named),),
        )
        return [
            *super()._get_cards(place, acts),
            *(cards if acts else []),
            *([difficulty] if place.is_commune else []),
        ]
