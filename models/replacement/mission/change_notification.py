"""Notify at once the agent, the commune and the coordinators of half-days that end or change,
whatever method made the change.

The former half-days are recorded before the first change of a transaction. Letters are written in
Odoo's pre-commit hooks, which each savepoint runs too: earlier letters of the same transaction are
then withdrawn and written again, so that a half-day cancelled, then its whole mission, make one
letter for each person.
"""

from datetime import date
from typing import NamedTuple

from odoo import api, models
from odoo.tools import email_normalize

from ....engine.calendar.ics import calendar
from ...core.attach import CALENDAR, attach_files
from ...core.inside import Inside, get_inside, is_inside
from ..request.acknowledgement import RECIPIENT, TEMPLATE
from ..slot.slot import LIVE
from .mission import LIVE as LIVE_MISSIONS

PENDING = "commune_relations.agreed_half_days"
# What the letters describe; read from superusers alone, no client can choose it.
CHANGES = "replacement_changes"
SECRETARY = "town_hall_secretary"


class Agreed(NamedTuple):
    """What an agent, and a commune when it `is_firm`, expect of a half-day.

    agent: id of hr.employee. is_firm: both sides agreed; else the agent knows of a proposal.
    hours: (start, end) of the half-day, then of an evening duty after it.
    """

    agent: int
    is_firm: bool
    day: date
    half_day: str
    hours: tuple
    place: str


class Change(NamedTuple):
    slot: int
    before: Agreed | None
    after: Agreed | None

    @property
    def ended(self):
        """What an agent no longer has to expect; None when it continues."""
        kept = self.after and self.after.agent == self.before.agent if self.before else True
        return None if kept else self.before

    @property
    def begun(self):
        """What both sides agreed to since; None when they had before."""
        is_new = not (self.before and self.before.is_firm) or self.ended
        return self.after if self.after and self.after.is_firm and is_new else None

    @property
    def changed(self):
        """What both sides still expect, at other hours or in another place; None otherwise."""
        both = self.before and self.after and not self.ended and not self.begun
        return self.after if both and self.before.is_firm else None

    def seen_by(self, agent):
        """The part of this change that is of one agent; None when there is none."""
        own = [one if one and one.agent == agent else None for one in self[1:]]
        return None if own[0] == own[1] else self._replace(before=own[0], after=own[1])


class Transaction(NamedTuple):
    """before: {half-day: Agreed or None} when it began. mails: ids of what it wrote."""

    before: dict
    mails: list


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _remember_agreed(self, vals=None):
        """Keep what persons expect of these half-days before it is changed."""
        if is_inside(self.env, "no_letters"):
            return
        slots = self.sudo()  # letters about all of them, for persons who open some
        if PENDING not in self.env.cr.precommit.data:
            self.env.cr.precommit.data[PENDING] = True
            self.env.cr.precommit.add(slots.browse()._notify_changes)
        known = self._get_transaction_changes().before
        known.update(slots.filtered(lambda slot: slot.id not in known)._get_agreed())

    @api.model
    def _get_transaction_changes(self):
        """What this transaction found, and the letters that it wrote: emptied when it ends."""
        return self.env.cr.postcommit.data.setdefault(PENDING, Transaction({}, []))

    def _get_agreed(self):
        """{id: Agreed, or None when nobody expects anything of a half-day to come}."""
        today = self.env["commune.replacement.request"]._get_today()
        return {
            slot.id: slot._prepare_agreed()
            if slot.date >= today and slot._is_expected_by_agent()
            else None
            for slot in self
        }

    def _is_expected_by_agent(self):
        """Agreed, or proposed to an agent whose time to answer runs and who has not declined."""
        if self.state != "held":
            return self.state == "filled"
        proposal = self.proposal_id
        is_asked = proposal.sent_agent_date and proposal.state != "expired"
        return bool(proposal.answer_agent_date or is_asked) and proposal.state != "declined_agent"

    def _prepare_agreed(self):
        mission = self.mission_id or self.request_id
        return Agreed(
            self.employee_id.id,
            self.state == "filled",
            self.date,
            self.half_day,
            (*self._get_hours(), *self._get_evening_hours()),
            mission.workplace or "",
        )

    def _notify_changes(self):
        """Write to those whom the changes of this transaction concern."""
        self.env.cr.precommit.data.pop(PENDING, None)
        known, mails = self._get_transaction_changes()
        self._take_back_letters(mails)
        slots = self.browse(known).exists()
        after = slots._get_agreed()
        changes = {}
        for slot in slots.sorted(lambda s: (s.date, s.half_day)):
            change = Change(slot.id, known[slot.id], after[slot.id])
            if change.before != change.after:
                changes.setdefault(slot.request_id.id, []).append(change)
        requests = self.env["commune.replacement.request"].browse(changes)
        requests = requests.with_context(**{CHANGES: Inside(changes)})
        mails += requests._notify_agents_of_changes().ids
        mails += requests._notify_sides_of_changes().ids
        self.env.flush_all()

    @api.model
    def _take_back_letters(self, numbers):
        """:param numbers: ids of mail.mail of this transaction; emptied"""
        mails = self.env["mail.mail"].browse(numbers).exists()
        numbers.clear()
        mails._get_deliveries().unlink()
        mails.unlink()


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def write(self, vals):
        if "workplace" in vals:
            self.filtered(lambda m: m.state in LIVE_MISSIONS)._get_live_slots()._remember_agreed()
        return super().write(vals)


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _remember_agreed_evenings(self, vals):
        self.slot_ids.filtered(lambda s: s.state in LIVE)._remember_agreed()

    @api.model
    def _get_changes(self):
        """{request: list of Change} of the letter that is being written; empty for a client."""
        return get_inside(self.env, CHANGES, {})

    def _notify_agents_of_changes(self):
        """One letter each, with what takes the half-days out of a calendar, or puts them in it."""
        every = [one for changes in self._get_changes().values() for one in changes]
        slots = [one for change in every for one in (change.ended, change.begun, change.changed)]
        agents = self.env["hr.employee"].browse({one.agent for one in slots if one})
        mails = self.env["mail.mail"]
        for agent in agents.filtered(lambda one: one._get_letter_email()):
            mails |= agent._send_letters(
                f"{TEMPLATE}agent_changes", agent._make_change_attachments(), replaces=False
            )
        return mails

    def _notify_sides_of_changes(self):
        """Who asked, the secretary of the commune, and the colleague who follows it: each once."""
        firm = self.filtered(lambda request: request._get_firm_changes())
        secretaries = firm.commune_id._get_current_mandates([("function_id.code", "=", SECRETARY)])
        secretaries = secretaries.grouped("commune_id")
        readers = {}
        for request in firm:
            held = secretaries.get(request.commune_id, self.env["commune.mandate"])
            for person in request._get_change_readers(held.partner_id):
                readers[person] = readers.get(person, self.browse()) | request
        mails = self.env["mail.mail"]
        for person, requests in readers.items():
            mails |= requests.with_context(**{RECIPIENT: Inside(person.id)})._send_letters(
                f"{TEMPLATE}changes", replaces=False
            )
        return mails

    def _get_change_readers(self, secretaries):
        """Persons with an address, one for each address."""
        slots = self.env["commune.replacement.slot"]
        slots = slots.browse([change.slot for change in self._get_firm_changes()])
        follower = self._find_follower(slots.mission_id.user_id[:1])
        persons = self._get_letter_person() | secretaries | follower.partner_id
        by_address = {person.email_normalized: person for person in reversed(persons)}
        return [person for email, person in by_address.items() if email]

    def _get_firm_changes(self):
        """Changes of half-days that the commune had agreed to, or has since."""
        return [
            change
            for change in self._get_changes().get(self.id, ())
            if (change.before and change.before.is_firm) or change.begun
        ]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_own_changes(self):
        """{request: list of Change} of this agent."""
        self.ensure_one()
        requests, found = self.env["commune.replacement.request"], {}
        for number, changes in requests._get_changes().items():
            own = [change.seen_by(self.id) for change in changes]
            if own := [change for change in own if change]:
                found[requests.browse(number)] = own
        return found

    def _get_letter_reply(self):
        if changes := self._get_own_changes() if self else {}:
            return next(iter(changes))._get_coordination_reply()
        return super()._get_letter_reply()

    def _get_letter_document(self):
        """The request, where the coordinators look for what left and what did not."""
        if changes := self._get_own_changes() if self else {}:
            return next(iter(changes))
        return super()._get_letter_document()

    def _make_change_attachments(self):
        """Calendar files: entries removed, and entries added or moved.

        The same UID as in the calendar that the agent follows, and a later revision."""
        slots, gone, there = self.env["commune.replacement.slot"], [], []
        for changes in self._get_own_changes().values():
            for change in changes:
                entries = gone if change.ended else there
                entries.append(slots.browse(change.slot)._get_calendar_entry(bool(change.ended)))
        values = {
            "organizer": email_normalize(self.env.company._get_organisation_sender()) or "",
            "attendee": self._get_letter_email(),
        }
        name = self.env._("My missions")
        files = [
            (f"{title}.ics", calendar(name, entries, method=method, **values), CALENDAR)
            for title, entries, method in (
                ("annulation", gone, "CANCEL"),
                ("mission", there, "REQUEST"),
            )
            if entries
        ]
        return attach_files(self, files)
