"""What the network expects of a person of a commune: answers to invitations, contact data."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..territory.portal.portal_home import Card, Todo
from .event.seat_allocation import COUNTED
from .exchange import OPEN


class CommunePortalHome(models.AbstractModel):
    _inherit = "commune.portal.home"

    @api.model
    def _get_presence_queries(self, places):
        own = self.env.user.partner_id.ids
        invitation = SQL(
            "SELECT FROM commune_event_invitation i JOIN event_event e ON e.id = i.event_id"
            " WHERE i.partner_id = ANY(%s) AND i.answer IS NULL AND e.date_end >= %s",
            own,
            fields.Datetime.now(),
        )
        contacts = SQL(
            """
            SELECT FROM commune_directory_campaign c
              JOIN commune_directory_campaign_res_partner_rel r
                ON r.commune_directory_campaign_id = c.id AND r.res_partner_id = ANY(%s)
             WHERE c.state = 'open' AND NOT EXISTS (
                    SELECT FROM commune_directory_recipient t
                     WHERE t.campaign_id = c.id AND t.commune_id = r.res_partner_id
                       AND t.answered_date IS NOT NULL)
            """,
            places.ids,
        )
        return {
            **super()._get_presence_queries(places),
            "invitation": invitation,
            "contacts": contacts,
            "waiting_list": (
                "event.registration",
                {"attendee_partner_id": own, "is_waiting": [True]},
            ),
            "group": ("mail.group.member", {"partner_id": own}),
        }

    @api.model
    def _get_todos(self, places, acted):
        return [
            *super()._get_todos(places, acted),
            *self._get_invitation_todos(places),
            *self._get_campaign_todos(acted),
        ]

    @api.model
    def _get_invitation_todos(self, places):
        """Those answered in no way, neither by the letter nor by registering."""
        if not self._has_presence("invitation"):
            return []
        person = self.env.user.partner_id
        held = Domain("attendee_partner_id", "=", person.id)
        held &= Domain(COUNTED)
        invitations = (
            self.env["commune.event.invitation"]
            .sudo()
            .search_fetch(
                Domain("partner_id", "=", person.id)
                & Domain("commune_id", "in", places.ids)
                & Domain("answer", "=", False)
                & Domain("event_id.kind", "!=", False)
                & Domain("event_id.date_end", ">=", fields.Datetime.now())
                & Domain("event_id.registration_ids", "not any", held),
                ["event_id", "token", "commune_id"],
            )
        )
        return [
            Todo(
                self.env._("Say whether you are coming: %s", one.event_id.name),
                f"/event-invitation/{one.token}",
                one.commune_id.id,
                one.event_id._get_local_days()[0],
                one.event_id._get_letter_when()[0],
                can_wait=True,
            )
            for one in invitations
            if one.event_id._is_open_to_answers()
        ]

    @api.model
    def _get_campaign_todos(self, acted):
        """The yearly directory, until somebody has answered for the commune."""
        if not self._has_presence("contacts"):
            return []
        campaigns = self.env["commune.directory.campaign"].sudo()
        asked = campaigns._get_unanswered(acted) if acted else {}
        places = acted.browse(one.id for one in asked)
        persons = places._count_persons_of_each() if asked else {}
        day = self.env["commune.letter"]._format_date
        return [
            Todo(
                self.env._("Confirm the contact data of the commune"),
                f"/my/directory-campaign?commune={place.id}",
                place.id,
                campaign.date_end,
                self.env._(
                    "Before %(day)s: the town hall and %(count)s persons in office to look over.",
                    day=day(campaign.date_end),
                    count=persons.get(place, 0),
                ),
                can_wait=True,
            )
            for place, campaign in asked.items()
        ]

    @api.model
    def _describe_waiting(self):
        """The place of the current user on each waiting list; empty without any."""
        if not self._has_presence("waiting_list"):
            return ""
        person, registrations = self.env.user.partner_id, self.env["event.registration"].sudo()
        own = Domain("attendee_partner_id", "=", person.id)
        found = registrations.search(own & registrations._get_waiting_domain())
        return "; ".join(
            self.env._(
                "%(place)s: %(event)s", place=one._describe_waiting(person), event=one.event_id.name
            )
            for one in found
        )

    @api.model
    def _get_cards(self, place, acts):
        groups = self.env["mail.group"].sudo()
        if self._has_presence("group"):
            groups = groups.search(
                Domain("audience_id", "!=", False)
                & Domain("member_partner_ids", "in", self.env.user.partner_id.ids)
            )
        slug = self.env["ir.http"]._slug
        read = self.env._("Read the discussion between peers, write by e-mail")
        posted = {"commune_id": place.ids, "active": [True]}
        return [
            *super()._get_cards(place, acts),
            Card(
                "answer",
                "/my/events",
                self.env._("Events and trainings"),
                self.env._("Register yourself and your colleagues"),
                "fa-calendar",
                ("/event-invitation",),
                note=self._describe_waiting(),
                note_url="/my/events?shown=waiting",
            ),
            *(
                Card("network", f"/groups/{slug(group)}", group.name, read, "fa-comments-o")
                for group in groups
            ),
            Card(
                "network",
                "/my/peers",
                self.env._("My peers"),
                self.env._("Colleagues of the other communes, by function"),
                "fa-address-book-o",
            ),
            Card(
                "network",
                "/my/exchanges",
                self.env._("Between communes"),
                self.env._("Lend equipment, ask for advice or a hand"),
                "fa-exchange",
                known=(("commune.exchange", OPEN), ("commune.exchange", posted)),
            ),
        ]
