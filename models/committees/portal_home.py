"""What the committees expect of a person of a commune: an answer to a notice of meeting."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..territory.portal.portal_home import Card, Todo
from .committee.member import SEATED
from .session.states import PREPARING


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        person = self.env.user.partner_id
        coming = SQL(
            "SELECT FROM commune_attendance a JOIN commune_session s ON s.id = a.session_id"
            " WHERE a.partner_id = %s AND s.date_end >= %s AND s.notice_date IS NOT NULL"
            " AND s.state != ALL(%s)",
            person.id,
            fields.Datetime.now(),
            list(PREPARING),
        )
        seat = ("commune.committee.member", {"partner_id": person.ids})
        return {**super()._get_presence_queries(places), "attendance": coming, "seat": seat}

    @api.model
    def _get_todos(self, places, acted):
        if not self._has_presence("attendance"):
            return super()._get_todos(places, acted)
        pages = self.env["commune.portal.page"].sudo()
        coming = pages._get_portal_coming_lines(self.env.user.partner_id)
        return super()._get_todos(places, acted) + [
            Todo(
                self.env._("Answer the notice of meeting: %s", line.committee_id.name),
                f"/my/sessions/{line.session_id.id}",
                line.session_id.place_id.id,
                line.session_id.date,
                line.session_id._get_letter_when(),
            )
            for line in coming
            if not line.answer and line._is_open_to_answers()
        ]

    @api.model
    def _get_cards(self, place, acts):
        person = self.env.user.partner_id
        seats = Domain(SEATED) & Domain("partner_id", "=", person.id)
        seats &= Domain("committee_id.active", "=", True)
        known = [
            ("commune.committee.member", seats if self._has_presence("seat") else Domain.FALSE)
        ]
        if acts:
            pages = place.env["commune.portal.page"]
            known.append(("commune.session", pages._get_call_domain(place)))
        published = Domain("is_published", "=", True) & Domain("commune_ids", "in", place.ids)
        return [
            *super()._get_cards(place, acts),
            Card(
                "answer",
                "/my/committees",
                self.env._("Committees and sessions"),
                self.env._("Answer, read the documents, propose an item"),
                "fa-gavel",
                ("/my/sessions",),
                tuple(known),
            ),
            Card(
                "answer",
                "/my/decisions",
                self.env._("Decisions"),
                self.env._("What the committees decided, and what it changes for your commune"),
                "fa-check-square-o",
                known=(("commune.decision", published),),
            ),
        ]
