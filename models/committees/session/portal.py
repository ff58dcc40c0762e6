"""What a person of a commune sees of the committees on the portal."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..committee.member import SEATED
from .states import PREPARING

MOST_PAST = 20
LINE_FIELDS = ["session_id", "committee_id", "answer"]


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_portal_committees(self, person):
        """Committees on which this person sits today, as the person of the current account: its
        record is a superuser's, that of anybody else opens nothing."""
        person.ensure_one()
        seat = Domain(SEATED) & Domain("partner_id", "=", person.id)
        return self.env["commune.committee"].search(Domain("member_ids", "any", seat))

    def _get_portal_lines(self, person):
        """(coming, past) lines of this person, the one of the current account, at sessions that the
        members know of."""
        return self._get_portal_coming_lines(person), self._get_portal_past_lines(person)

    def _get_portal_coming_lines(self, person):
        """The same, of the sessions that are not over, the nearest first."""
        coming = Domain("session_id.date_end", ">=", fields.Datetime.now())
        lines = self.env["commune.attendance"].search_fetch(
            self._get_portal_line_domain(person) & coming, LINE_FIELDS
        )
        return lines.sorted(lambda a: (a.session_id.date_begin, a.id))

    def _get_portal_past_lines(self, person, domain=Domain.TRUE):
        """The same, of the last sessions that are over, the latest first."""
        past = Domain("session_id.date_end", "<", fields.Datetime.now())
        return self.env["commune.attendance"].search_fetch(
            self._get_portal_line_domain(person) & past & domain,
            LINE_FIELDS,
            order="session_id, id desc",
            limit=MOST_PAST,
        )

    def _get_portal_line_domain(self, person):
        person.ensure_one()
        return (
            Domain("partner_id", "=", person.id)
            & Domain("member_id", "any", SEATED)
            & Domain("session_id.notice_date", "!=", False)
            & Domain("session_id.state", "not in", PREPARING)
        )

    def _find_portal_line(self, person, session_id):
        """The line of this person at a session, as superuser; empty when it is not one's own."""
        person.ensure_one()
        domain = self._get_portal_line_domain(person) & Domain("session_id", "=", session_id)
        return self.env["commune.attendance"].search(domain, limit=1)

    def _get_portal_sessions(self, person, sessions):
        """Sessions, among these, whose documents the current user may read on the portal."""
        domain = self._get_portal_line_domain(person) & Domain("session_id", "in", sessions.ids)
        return self.env["commune.attendance"].search_fetch(domain, ["session_id"]).session_id

    def _get_open_calls(self, place, person):
        """Sessions for which this commune may propose an item today, as superuser.

        Only those who act in the name of the commune do.
        """
        place.ensure_one()
        if place._get_portal_role(person) != "full":
            return self.env["commune.session"]
        sessions = self.env["commune.session"].sudo()
        found = sessions.search_fetch(
            self._get_call_domain(place),
            ["active", "committee_id", "date", "items_open", "items_deadline", "state"],
            order="date_begin, id",
        )
        return found.filtered(lambda session: session._is_open_to_items())

    def _get_call_domain(self, place):
        """Sessions to which this commune may propose an item today."""
        return (
            Domain("state", "=", "draft")
            & Domain("items_open", "=", True)
            & Domain("items_deadline", ">=", self.env.company._get_today())
            & Domain("place_id", "in", (place | place.sudo().epci_id).ids)
        )

    def _get_proposed_items(self, place, person):
        """What this commune proposed, the latest first, as superuser: for those who act in its
        name."""
        place.ensure_one()
        if place._get_portal_role(person) != "full":
            return self.env["commune.session.item"]
        Item = self.env["commune.session.item"].sudo()
        return Item.search(
            [("proposed_by_id", "=", place.id)],
            order="proposed_date desc, id desc",
            limit=MOST_PAST,
        )

    @api.model
    def _get_calendar_entries(self):
        """The sessions of the current user, until the seat or the mandate ends."""
        entries = super()._get_calendar_entries()
        coming, past = self.sudo()._get_portal_lines(self.env.user.partner_id)
        for line in (coming | past).with_context(lang=self.env.lang):
            entries.append(line.session_id._get_ics_entry(line))
        return entries


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _find_document(self, document_id):
        """A document of the session or of its committee, as superuser; empty otherwise."""
        self.ensure_one()
        self.check_access("read")
        session = self.sudo()
        documents = session.committee_id.document_ids | session.notice_attachment_id
        for _item, document in session._get_file_documents():
            documents |= document
        return documents.filtered(lambda document: document.id == document_id)

    def _get_impacts(self, person):
        """What the decisions of the session change for the communes of a person.

        :return: dict: item, or an empty one for the whole session -> commune.decision, published,
            as superuser
        """
        self.ensure_one()
        places = person._get_opening_mandates().commune_id
        found = self.env["commune.decision"].search(
            Domain("session_id", "=", self.id)
            & Domain("is_published", "=", True)
            & Domain("commune_ids", "in", places.ids),
            order="id",
        )
        return found.filtered(lambda one: not is_html_empty(one.impact_text)).grouped("item_id")

    def _get_member_minutes(self):
        """The minutes as the members have them, the latest version, as superuser; empty before
        they are sent. What is corrected since then waits for the approval."""
        self.ensure_one()
        versions = self.version_ids.filtered(lambda one: one.kind in ("sent", "approved"))
        return versions.sorted("number")[-1:]

    def _get_followed_minutes(self, person):
        """{item of the agenda: address of the minutes of the session that decided what it follows},
        where this person was called to that session and the minutes were sent."""
        self.ensure_one()
        items = self.item_ids.filtered("followed_decision_id")
        decided = items.followed_decision_id.session_id
        called = person.env["commune.portal.page"]._get_portal_sessions(person, decided)
        return {
            item.id: f"/my/sessions/{session.id}/minutes.pdf"
            for item in items
            if (session := item.followed_decision_id.session_id) in called
            and session._get_member_minutes()
        }

    def _get_item_state_label(self, item):
        """What a commune reads of the item that it proposed."""
        if item.state == "proposed":
            return self.env._("Received: the secretary of the committee looks at it")
        if item.state == "postponed":
            return self.env._("Not this time")
        return self.env._("On the agenda")
