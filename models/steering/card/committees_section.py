"""Committees on a visit card: decisions that concern the commune, sessions where it sits."""

from odoo import api, models
from odoo.fields import Domain

from ...committees.decision.decision import OPEN_DECISIONS
from ...committees.session.states import COMING
from .card import RECENT


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_decisions(self, communes, today):
        """Those to do, and those that were done in the last months; the late ones first."""
        recent = Domain("state", "=", "done") & Domain("done_date", ">=", today - RECENT)
        domain = Domain("commune_ids", "in", communes.ids)
        domain &= Domain("state", "in", OPEN_DECISIONS) | recent
        found, states = {}, self._get_labels("commune.decision", "state")
        for decision in self.env["commune.decision"].search(domain):
            deadline = decision.deadline
            row = {
                "id": decision.id,
                "record": decision,
                "text": decision.display_name,
                "state": decision.state,
                "state_label": states[decision.state],
                "deadline": deadline,
                "decided": decision.session_date,
                "late": bool(decision.state in OPEN_DECISIONS and deadline and deadline < today),
            }
            for commune_id in set(decision.commune_ids.ids) & set(communes.ids):
                found.setdefault(commune_id, []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (not row["late"], row["state"] == "done", row["id"]))
        return found

    @api.model
    def _prepare_decisions_row(self, row, _card):
        due = row["deadline"] and row["state"] != "done"
        return {
            "text": row["text"],
            "detail": [
                row["state_label"],
                due and self.env._("due %s", self._format_date(row["deadline"])),
            ],
            "mark": self.env._("late") if row["late"] else "",
            "tone": "late" if row["late"] else "",
            "record": row["record"],
        }

    @api.model
    def _collect_sessions(self, communes, today):
        """Sessions to come of the committees where somebody of the commune sits."""
        Session = self.env["commune.session"]
        sessions = Session.search(
            Domain("date", ">=", today) & Domain("state", "in", COMING), order="date_begin, id"
        )
        members = self.env["commune.committee.member"].search(
            Domain("committee_id", "in", sessions.committee_id.ids)
            & Domain("commune_id", "in", communes.ids)
            & Domain("in_force", "=", True)
        )
        seats = {}
        for member in members:
            seat = seats.setdefault((member.committee_id, member.commune_id.id), [])
            seat.append(member.partner_id.sudo().name)
        found = {}
        for session in sessions:
            for commune in communes:
                if names := seats.get((session.committee_id, commune.id)):
                    row = self._prepare_session(session, names)
                    found.setdefault(commune.id, []).append(row)
        return found

    @api.model
    def _prepare_session(self, session, names):
        begin = session._get_local_begin()
        return {
            "id": session.id,
            "record": session,
            "name": session.display_name,
            "date": session.date,
            "hour": self.env["commune.letter"]._format_hour(begin.hour + begin.minute / 60),
            "names": sorted(names),
        }

    @api.model
    def _prepare_sessions_row(self, row, _card):
        return {
            "text": row["name"],
            "detail": [
                f"{self._format_date(row['date'])} {row['hour']}",
                ", ".join(row["names"]),
            ],
            "record": row["record"],
        }

    @api.model
    def _get_labels(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))
