"""First text of the minutes: who came, what was noted, what was decided, in sentences."""

from odoo import api, fields, models

from .quorum import ATTENDED


class CommuneSessionMinutes(models.AbstractModel):
    _inherit = "commune.session.minutes"

    def _get_minutes_values(self, session):
        """Draft values of the minutes, from the data of the session."""
        session.ensure_one()
        return {
            "opening": self._get_minutes_opening(session),
            "secretary": session._get_sitting_secretary_sentence(),
            "lists": self._get_minutes_lists(session),
            "figures": self._get_minutes_figures(session),
            "items": [self._get_minutes_item(session, item) for item in session._get_agenda()],
            "is_advisory": session.committee_id.is_advisory,
            "closing": session.closed_at
            and self.env._(
                "The session is closed at %s.", self._to_local_hour(session, session.closed_at)
            ),
        }

    def _to_local_hour(self, session, moment):
        """The hour of a moment (UTC) where the session is held: `17 h 30`."""
        zone = session.with_context(tz=session.committee_id._get_zone())
        local = fields.Datetime.context_timestamp(zone, moment)
        return self.env["commune.letter"]._format_hour(local.hour + local.minute / 60)

    def _get_minutes_opening(self, session):
        chair, presiding = session._get_chair(), session._get_presiding()
        values = {
            "day": session._get_letter_day(),
            "hour": self._to_local_hour(session, session.opened_at or session.date_begin),
            "chair": session._name_person(presiding or chair),
            "absent": session._name_person(chair),
        }
        if chair and not presiding:
            return self.env._(
                "The session of %(day)s is opened at %(hour)s, in the absence of %(absent)s: who"
                " presides is to be written here.",
                **values,
            )
        if presiding != chair:
            return self.env._(
                "The session of %(day)s is opened at %(hour)s, with %(chair)s in the chair in the"
                " absence of %(absent)s.",
                **values,
            )
        if chair:
            return self.env._(
                "The session of %(day)s is opened at %(hour)s, with %(chair)s in the chair.",
                **values,
            )
        return self.env._("The session of %(day)s is opened at %(hour)s.", **values)

    def _get_minutes_figures(self, session):
        came = session.attendance_ids.filtered(lambda line: line.actual in ATTENDED)
        modes = {line.id: "remote" if line.actual == "remote" else "room" for line in came}
        present = session._count_present(session._get_seats(), modes)
        values = {
            "members": session.voting_count,
            "present": present,
            "quorum": session.quorum_required,
        }
        if session.session_kind == "second":
            return self.env._(
                "Members in office: %(members)s; present: %(present)s. Second convocation: the"
                " council deliberates whatever the number of members present.",
                **values,
            )
        if session.quorum_required > present:
            return self.env._(
                "Members in office: %(members)s; present: %(present)s; quorum: %(quorum)s, which is"
                " not reached.",
                **values,
            )
        if session.quorum_required:
            return self.env._(
                "Members in office: %(members)s; present: %(present)s; quorum: %(quorum)s.",
                **values,
            )
        return self.env._("Members in office: %(members)s; present: %(present)s.", **values)

    def _get_minutes_lists(self, session):
        """[(heading, names)] in the order of the minutes."""
        lines = session.attendance_ids._elected_first()
        attended = lines.filtered(lambda line: line.actual in ATTENDED)
        lists = []
        for college, found in attended.grouped(lambda line: line.college or "").items():
            values = {"college": college, "count": len(found)}
            heading = (
                self.env._("%(college)s, present (%(count)s):", **values)
                if college
                else self.env._("Present (%(count)s):", **values)
            )
            names = [self._describe_attended(session, line) for line in found]
            lists.append((heading, self._join(names)))
        missing = lines - attended
        represented = missing.filtered(lambda line: line.answer == "represented")
        for heading, found in [
            (self.env._("Represented (%s):", len(represented)), represented),
            *(
                (heading % len(found), found)
                for heading, state in [
                    (self.env._("Proxies (%s):"), "proxy"),
                    (self.env._("Excused (%s):"), "excused"),
                    (self.env._("Absent (%s):"), "absent"),
                ]
                for found in [(missing - represented).filtered(lambda li, s=state: li.actual == s)]
            ),
        ]:
            if found:
                names = [self._describe_missing(session, line) for line in found]
                lists.append((heading, self._join(names)))
        return lists

    @api.model
    def _join(self, names):
        french = (self.env.lang or "").startswith("fr")
        return ("\N{NO-BREAK SPACE}; " if french else "; ").join(names) + "."

    def _name_attendee(self, session, line):
        """`Madame Anne AUBRY (Aubrive)`: of which commune, when it is known; not in a body of that
        commune."""
        name, commune = session._name_person(line.partner_id), line.commune_id
        return f"{name} ({commune.name})" if commune and commune != session.place_id else name

    def _describe_attended(self, session, line):
        """The name and the commune; the hours of who came later or left earlier."""
        parts = [self._name_attendee(session, line)]
        arrivals = line.presence_ids.sorted(lambda p: (p.arrived_at, p.id))
        if session.opened_at and arrivals[0].arrived_at > session.opened_at:
            parts.append(
                self.env._("from %s", self._to_local_hour(session, arrivals[0].arrived_at))
            )
        left = arrivals[-1].left_at
        if left and left < (session.closed_at or session.date_end):
            parts.append(self.env._("until %s", self._to_local_hour(session, left)))
        if line.actual == "remote":
            parts.append(self.env._("by video"))
        return ", ".join(parts)

    def _describe_missing(self, session, line):
        name = self._name_attendee(session, line)
        if line.answer == "represented":
            return self.env._(
                "%(name)s, represented by %(other)s", name=name, other=line.represented_by or ""
            )
        if line.actual == "proxy":
            holder = session._name_person(line.proxy_to_id.partner_id)
            return self.env._("%(name)s gives a proxy to %(holder)s", name=name, holder=holder)
        return name

    def _get_minutes_item(self, session, item):
        def split(text):
            return [part for part in (text or "").split("\n") if part.strip()]

        presenter = session._name_person(item.rapporteur_id)
        return {
            "name": item.name,
            "presenter": presenter and self.env._("Presented by %s", presenter),
            "html": item.minutes_html,
            "notes": split(item.notes),
            "outcome": split(item.outcome),
            "decisions": [
                (decision.number, self._describe_decision(session, decision))
                for decision in item.decision_ids.sorted("id")
            ],
        }

    def _describe_decision(self, session, decision):
        parts = [decision.text]
        if decision.owner_id:
            owner = session._name_person(decision.owner_id)
            parts.append(self.env._("In charge: %s.", owner))
        if decision.deadline:
            day = self.env["commune.letter"]._format_date(decision.deadline)
            parts.append(self.env._("Deadline: %s.", day))
        return " ".join(parts)
