"""Late decisions come back, first on the agenda of the next session of their committee."""

from markupsafe import Markup

from odoo import api, models
from odoo.tools import plaintext2html

from ...core.inside import INSIDE, is_inside
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from ..decision.decision import LATE
from .states import COMING, PREPARING


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _bring_late_decisions_back(self, vals_list):
        # A postponed session takes its own items to the other day.
        if not is_inside(self.env, "session_moves"):
            self._add_late_decisions()

    def copy(self, default=None):
        return super(CommuneSession, self.with_context(session_moves=INSIDE)).copy(default)

    def _check_agenda_complete(self):
        """A decision may have become late since the session was planned."""
        self._add_late_decisions()
        return super()._check_agenda_complete()

    def _filter_next(self):
        """Sessions to come with no earlier session of their committee in preparation."""
        today, first = self.env.company._get_today(), {}
        preparing = self.search_fetch(
            [
                ("committee_id", "in", self.committee_id.ids),
                ("state", "in", PREPARING),
                ("date", ">=", "today"),
            ],
            ["committee_id", "date_begin"],
            order="date_begin",
        )
        for session in preparing:
            first.setdefault(session.committee_id, session.date_begin)
        return self.filtered(
            lambda s: s.date >= today and s.date_begin <= first.get(s.committee_id, s.date_begin)
        )

    def _add_late_decisions(self):
        """Put the late decisions of the committee before the other items.

        :return: the new items
        """
        self = self.sudo()  # also decisions that the author of the session may not open
        drafts = self.filtered(lambda session: session.state == "draft")
        sessions, values = drafts._filter_next(), []
        waiting = list(sessions._get_late_decisions())
        for session in sessions:
            late = [
                decision
                for decision in waiting
                if decision.committee_id == session.committee_id and decision.session_id != session
            ]
            waiting = [decision for decision in waiting if decision not in late]
            first = min(session._get_agenda().mapped("sequence"), default=10)
            values += [
                session._prepare_followed_item(decision, first - len(late) + rank)
                for rank, decision in enumerate(late)
            ]
        return self.env["commune.session.item"].create(values)

    def _get_late_decisions(self):
        """Late decisions of these committees that no agenda to come holds, the oldest first."""
        return self.env["commune.decision"].search(
            [
                *LATE,
                ("committee_id", "in", self.committee_id.ids),
                "!",
                ("followed_item_ids", "any", [("session_id.state", "in", COMING)]),
            ],
            order="deadline, id",
        )

    def _prepare_followed_item(self, decision, sequence):
        words = self._with_organisation_lang()
        letter = words.env["commune.letter"]
        text = words.env._(
            "Decided on %(decided)s, to be done by %(day)s.",
            decided=letter._format_date(decision.session_date),
            day=letter._format_date(decision.deadline),
        )
        # The title has its first words; who sat reads the rest in the minutes.
        description = Markup("<p>%s</p>") % text
        if decision.progress_note:
            description += plaintext2html(decision.progress_note)
        return {
            "session_id": self.id,
            # What is read first, on a telephone or in a calendar, is what it is about.
            "name": words.env._(
                "Follow-up: %(text)s (%(number)s)", text=decision._shorten(), number=decision.number
            ),
            "kind": "debate",
            "sequence": sequence,
            "duration": 5,
            "rapporteur_id": decision.owner_id.id,
            "topic_id": decision.topic_id.id,
            "description": description,
            "followed_decision_id": decision.id,
        }

    @api.model
    @when_used("committees")
    @at_local_time
    def _cron_follow_up(self):
        """Every morning: minutes to send, late decisions, documents due to the councillors."""
        sessions = self._with_organisation_lang()
        sessions._remind_minutes()
        sessions.env["commune.decision"]._remind_late()
        sessions.search([("state", "=", "draft"), ("date", ">=", "today")])._add_late_decisions()
        sessions._remind_dispatches()
