"""Places of an event: who has one, who waits, who takes the place of whom.

Two persons may take the last place, or give one back, at the same time: the row of the event
is written first, so that PostgreSQL makes the second transaction wait, then start again from
the result of the first (Odoo runs a request again after a serialisation failure)."""

from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ....engine.text import ordinal
from ...core.row_lock import lock_rows
from ...territory.mandate.mandate import OPENING

TAKEN = ("open", "done")
# What the persons of the commune read: a place or a rank that is held, or that they gave back.
COUNTED = ["|", "|", ("state", "!=", "cancel"), ("excused", "=", True), ("left_list", "=", True)]
GIVEN = ("registered", "waiting")
PROMOTION_ORDER = "waiting_since, id"  # order of promotion, and of the displayed rank


class Place(NamedTuple):
    """What became of the registration of one person."""

    mandate: models.BaseModel
    outcome: str  # registered, waiting, already, quota, closed
    registration: models.BaseModel


class EventEvent(models.Model):
    _inherit = "event.event"

    waiting_count = fields.Integer(string="Waiting", compute="_compute_waiting_count")

    def _compute_waiting_count(self):
        counts = dict(
            self.env["event.registration"]._read_group(
                [("event_id", "in", self.ids), ("is_waiting", "=", True)],
                ["event_id"],
                ["__count"],
            )
        )
        for event in self:
            event.waiting_count = counts.get(event, 0)

    def _lock_places(self):
        """Be the only one to give or take places of these events until the transaction ends."""
        lock_rows(self)

    def _is_open_to_answers(self):
        """Whether one may still register or withdraw: neither over nor cancelled."""
        self.ensure_one()
        return (
            self.active and self.kanban_state != "cancel" and self.date_end > fields.Datetime.now()
        )

    def _get_seats_left(self):
        """Number of free places; None without a limit."""
        self.ensure_one()
        if not (self.seats_limited and self.seats_max):
            return None
        taken = self.env["event.registration"].search_count(
            [("event_id", "=", self.id), ("state", "in", TAKEN)]
        )
        return max(self.seats_max - taken, 0)

    def _describe_full(self):
        """Sentence shown before joining the waiting list: its length and the next rank."""
        self.ensure_one()
        waiting = self.waiting_count
        place = ordinal(waiting + 1, feminine=True)  # feminine: agrees with “personne”
        if not waiting:
            return self.env._("None: the next person is %s on the waiting list", place)
        if waiting == 1:
            return self.env._("None: 1 person waits already, the next one is %s on the list", place)
        return self.env._(
            "None: %(count)s persons wait already, the next one is %(place)s on the list",
            count=waiting,
            place=place,
        )

    def _get_quota_left(self, commune):
        """How many persons the commune may still register; None without a limit."""
        return self._get_quotas_left(commune).get(commune)

    def _get_quotas_left(self, communes):
        """:return: dict: commune -> what is left of its quota; empty without a limit"""
        self.ensure_one()
        if not self.commune_quota:
            return {}
        used = dict(
            self.env["event.registration"]._read_group(
                [
                    ("event_id", "=", self.id),
                    ("commune_id", "in", communes.ids),
                    "|",
                    ("state", "in", TAKEN),
                    ("is_waiting", "=", True),
                ],
                ["commune_id"],
                ["__count"],
            )
        )
        return {commune: max(self.commune_quota - used.get(commune, 0), 0) for commune in communes}

    def _register_persons(self, mandates, author, invitation=None):
        """Give each person a place, or a rank in the queue, in that order.

        :param mandates: what the persons hold in the commune that registers them
        :param author: the person (res.partner) who registers them
        :return: list of Place; the letters are queued
        """
        self.ensure_one()
        event = self.sudo()
        mandates = mandates.sudo()
        if self.env.user.share:
            for place in mandates.filtered(lambda m: m.partner_id != author).commune_id:
                place._check_portal_role(author)
        if not event._is_open_to_answers():
            return [
                Place(mandate, "closed", self.env["event.registration"]) for mandate in mandates
            ]
        event._lock_places()
        places = event._share_places(mandates.filtered_domain(OPENING), author, invitation)
        event._ensure_links([place.mandate for place in places if place.outcome in GIVEN])
        event._send_places(places)
        return places

    def _share_places(self, mandates, author, invitation):
        """The same number of queries whatever the number of persons."""
        Registration = self.env["event.registration"].with_context(active_test=False)
        known = {
            registration.attendee_partner_id: registration
            for registration in Registration.search(
                [("event_id", "=", self.id), ("attendee_partner_id", "in", mandates.partner_id.ids)]
            )
        }
        outcomes = self._decide_outcomes(mandates, known)
        values = {
            "registered_by_id": author.id,
            "invitation_id": invitation and invitation.id,
            "excused": False,
            "left_list": False,
            "active": True,
        }
        for outcome in GIVEN:
            chosen = [mandate for mandate, became in outcomes if became == outcome]
            waits = outcome == "waiting"
            values.update(
                state="draft" if waits else "open",
                is_waiting=waits,
                waiting_since=waits and fields.Datetime.now(),
            )
            known.update(self._write_registrations(chosen, known, values))
        empty = self.env["event.registration"]
        return [
            Place(mandate, became, known.get(mandate.partner_id, empty))
            for mandate, became in outcomes
        ]

    def _decide_outcomes(self, mandates, known):
        """:param known: dict: person -> registration, cancelled ones included
        :return: list of (mandate, outcome), in the order of the mandates
        """
        seats, queue = self._get_seats_left(), self._has_queue()
        quotas = self._get_quotas_left(mandates.commune_id)
        held = {p for p, r in known.items() if r.active and (r.state in TAKEN or r.is_waiting)}
        outcomes = []
        for mandate in mandates:
            person, commune = mandate.partner_id, mandate.commune_id
            if person in held:
                outcomes.append((mandate, "already"))
                continue
            if quotas.get(commune) == 0:
                outcomes.append((mandate, "quota"))
                continue
            queue = queue or seats == 0
            outcomes.append((mandate, "waiting" if queue else "registered"))
            held.add(person)
            if not queue and seats is not None:
                seats -= 1
            if commune in quotas:
                quotas[commune] -= 1
        return outcomes

    def _write_registrations(self, mandates, known, values):
        """Who comes back after an excuse has one line: it is opened again.

        :return: dict: person -> registration
        """
        again = [mandate for mandate in mandates if mandate.partner_id in known]
        fresh = [mandate for mandate in mandates if mandate.partner_id not in known]
        for mandate in again:
            registration = known[mandate.partner_id]
            if registration.mandate_id != mandate:
                registration.mandate_id = mandate
        Registration = self.env["event.registration"]
        Registration.union(*(known[mandate.partner_id] for mandate in again)).write(values)
        created = Registration.create(
            [{**values, "event_id": self.id, "mandate_id": mandate.id} for mandate in fresh]
        )
        return {registration.attendee_partner_id: registration for registration in created}

    def _ensure_links(self, mandates):
        """Anyone who is registered by a colleague may give the place back without an account."""
        Invitation = self.env["commune.event.invitation"]
        persons = [mandate.partner_id.id for mandate in mandates]
        known = Invitation.search([("event_id", "=", self.id), ("partner_id", "in", persons)])
        Invitation.create(
            [
                {"event_id": self.id, "mandate_id": mandate.id}
                for mandate in mandates
                if mandate.partner_id not in known.partner_id
            ]
        )

    def _has_queue(self):
        return bool(
            self.env["event.registration"].search_count(
                [("event_id", "=", self.id), ("is_waiting", "=", True)], limit=1
            )
        )

    def _send_places(self, places):
        for outcome, letter in (
            ("registered", "mail_template_event_registered"),
            ("waiting", "mail_template_event_waiting"),
        ):
            found = self.env["event.registration"].union(
                *(place.registration for place in places if place.outcome == outcome)
            )
            attachments = found and outcome == "registered" and self._make_ics_attachment()
            found._send_letters(letter, attachments)

    def _promote_waiting(self):
        """Give the free places to the first in line and notify them."""
        for event in self.sudo().filtered(lambda e: e.kind and e._is_open_to_answers()):
            if not event._has_queue():
                continue
            event._lock_places()
            left = event._get_seats_left()
            queue = self.env["event.registration"].search(
                [("event_id", "=", event.id), ("is_waiting", "=", True)],
                order=PROMOTION_ORDER,
                limit=left,
            )
            if not queue or left == 0:
                continue
            queue.write({"state": "open", "is_waiting": False, "waiting_since": False})
            queue._send_letters("mail_template_event_promoted", event._make_ics_attachment())

    def action_cancel_event(self):
        """Cancel the event: no more promotion, everybody is notified."""
        self.check_access("write")
        for event in self:
            if event.date_end <= fields.Datetime.now():
                raise UserError(self.env._("The event is over: it cannot be called off."))
        self.kanban_state = "cancel"
        held = self.registration_ids.filtered(lambda r: r.state in TAKEN or r.is_waiting)
        for event, registrations in held.grouped("event_id").items():
            registrations._send_letters(
                "mail_template_event_cancelled", event._make_ics_attachment(), may_wait=True
            )
