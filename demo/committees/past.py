"""Sessions of the twenty-four months before, their decisions and what became of them."""

import random
from datetime import timedelta

from odoo import fields

from ..territory.past import MONTH, MONTHS

# For a COTECH, a COPIL, a conference of mayors: months from one session to the next, and since the
# last one.
RHYTHM = ((2, 2), (3, 3), (6, 4))
SUBJECTS = (
    ("Bilan des demandes des communes", "information", 20),
    ("Viabilité hivernale : circuits et priorités", "decision", 30),
    ("Groupement de commandes de fournitures", "decision", 20),
    ("Accueil des nouveaux élus", "debate", 30),
    ("Fonds de concours : règlement", "opinion", 30),
    ("Service de remplacement : bilan", "information", 20),
    ("Eaux pluviales : entretien des avaloirs", "decision", 30),
    ("Formation des élus : programme", "decision", 20),
)
# for each kind of subject that is decided: the text, days to do it
TEXTS = {
    "Viabilité hivernale : circuits et priorités": (
        "Envoyer aux communes la carte des circuits avant le 15 novembre.",
        60,
    ),
    "Groupement de commandes de fournitures": (
        "Recenser les besoins des communes et proposer un calendrier.",
        90,
    ),
    "Eaux pluviales : entretien des avaloirs": (
        "Nettoyer les avaloirs de chaque commune une fois par an, à l’automne.",
        120,
    ),
    "Formation des élus : programme": ("Proposer deux formations par semestre.", 75),
}
IN_TIME, COMING = 0.75, 0.78  # share of the decisions done in time, of the members who come
STILL_LATE = 2  # decisions of the last sessions that are not done


class PastCommitteesDemo:
    def _create_past_sessions(self, *committees):
        rng = random.Random("sessions")
        sessions = self.env["commune.session"]
        for committee, (every, first) in zip(committees, RHYTHM, strict=True):
            for rank, months in enumerate(range(MONTHS, first - 1, -every)):
                items = [SUBJECTS[(rank * 3 + one) % len(SUBJECTS)] for one in range(3)]
                if committee.kind != "copil":
                    items = [(name, self._soften(kind), time) for name, kind, time in items]
                sessions |= self._plan(committee, -MONTH * months - 5 - rng.randint(0, 9), items)
        self._seat_in_the_past(sessions)
        for session in sessions:
            self._hold_past_session(rng, session)
        self._decide_in_the_past(rng, sessions.filtered(lambda s: s.committee_kind == "copil"))

    def _soften(self, kind):
        """Those who only advise give opinions."""
        return "opinion" if kind == "decision" else kind

    def _seat_in_the_past(self, sessions):
        """Anyone who sits today sat in the mandate before too."""
        self.env["commune.attendance"].sudo().create(
            [
                {"session_id": session.id, "member_id": member.id}
                for session in sessions
                for member in session.committee_id.member_ids - session.attendance_ids.member_id
            ]
        )

    def _hold_past_session(self, rng, session):
        """Called, held, minutes sent and approved; no document is generated."""
        lines = session.attendance_ids
        present = lines.filtered(lambda _line: rng.random() < COMING)
        self.env["commune.attendance.presence"].create(
            [
                {
                    "attendance_id": line.id,
                    "arrived_at": session.date_begin,
                    "left_at": session.date_end,
                }
                for line in present
            ]
        )
        session._get_agenda().write({"state": "treated"})
        begin = session.date_begin
        # On the last day of the delay: nothing was an emergency.
        last = session.notice_deadline or session.date - timedelta(days=7)
        called = fields.Datetime.to_datetime(last) + timedelta(hours=9)
        lines.write({"sent_at": called})
        session.write(
            {
                "agenda_approved_by_id": session.chair_id.id,
                "agenda_approved_date": called - timedelta(days=2),
                "notice_date": called,
                "minutes_sent_date": begin + timedelta(days=10),
                "minutes_approved_date": (begin + timedelta(days=60)).date(),
                "state": "approved",
            }
        )

    def _decide_in_the_past(self, rng, sessions):
        """One decision for each subject that is decided: done in time or later, the last ones not
        yet."""
        owner = self._get_demo_user("charge-mission").partner_id
        today = self.env.company._get_today()
        items = sessions.sorted("date").item_ids.filtered(lambda item: item.name in TEXTS)
        decisions = self.env["commune.decision"].create(
            [self._prepare_past_decision(item, owner) for item in items]
        )
        for decision in decisions[:-STILL_LATE]:
            late = rng.random() > IN_TIME
            done = decision.deadline + timedelta(days=rng.randint(4, 30) if late else -5)
            decision.write({"state": "done"})
            decision.done_date = min(done, today)
        for decision in decisions[-STILL_LATE:]:
            decision.deadline = today - timedelta(days=9)

    def _prepare_past_decision(self, item, owner):
        text, days = TEXTS[item.name]
        session = item.session_id
        return {
            "session_id": session.id,
            "item_id": item.id,
            "text": text,
            "owner_id": owner.id,
            "deadline": session.date + timedelta(days=days),
            "state": "in_progress",
            "scope": "all",
            "is_published": True,
            "published_date": fields.Datetime.to_datetime(session.date),
        }
