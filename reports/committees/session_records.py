"""Attendance sheet, minutes and record of decisions of a session."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.committees.session.states import HELD
from ...models.core.collation import collate, collate_place

SPARE_LINES = 4  # for those who come without being called


class SessionAttendanceSheet(models.AbstractModel):
    _name = "report.commune_relations.session_sheet"
    _inherit = ["commune.session.document"]
    _description = "Attendance sheet of a session (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        self.env["commune.attendance.presence"].check_access("read")
        return {
            **self._get_common(session, self.env._("Attendance sheet")),
            "colleges": self._get_colleges(session),
            "spare": range(SPARE_LINES),
            "presiding": session._get_presiding(),
            "chair_apart": session._get_chair() and not session._get_chair_line(),
            **self._get_signatories(session),
            "proxies": session.committee_id._allows_proxies(),
            **self._get_columns(session.committee_id),
        }

    @api.model
    def _get_signatories(self, session):
        """Who closes the sheet: by name for a council, whose secretary is named at the opening."""
        presiding = session._get_presiding()
        return {
            "is_council": session._is_council(),
            "chair_label": self._get_chair_label(session, presiding),
            "session_secretary": session.sudo().session_secretary_id,
        }

    @api.model
    def _get_columns(self, committee):
        """No proxy column in an advisory body without proxies, no commune column in a municipal
        council."""
        represented = committee._allows_proxies() or not committee.is_advisory
        return {
            "represented": represented,
            "communes": not committee.is_municipal,
            "width": 3 + represented - committee.is_municipal,
            "is_mayors": committee.kind == "mayors",
        }

    @api.model
    def _get_colleges(self, session):
        """[(college, lines)]: who has the chair first, then members, the elected before
        the others, by college and commune; deputies and guests last."""
        lines = session.attendance_ids.sorted(
            lambda line: (
                line.role in ("deputy", "guest"),
                line.role != "chair",
                not line._is_elected(),
                line.college or "",
                collate_place(line.commune_id.name),
                line.role_rank,
                collate(line.partner_id.lastname),
            )
        )
        groups = {}
        for line in lines:
            groups.setdefault(self._get_college(line), []).append(line)
        return list(groups.items())

    @api.model
    def _get_college(self, line):
        if line.role == "deputy":
            return self.env._("Deputies")
        if line.role == "guest":
            return self.env._("Guests")
        if line.role == "chair" and not line.college:
            return self.env._("Chair of the committee")
        return line.college or self.env._("Members")


class SessionMinutes(models.AbstractModel):
    _name = "report.commune_relations.session_minutes"
    _inherit = ["commune.session.document"]
    _description = "Minutes of a session (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        letter = self.env["commune.letter"]
        presiding = session._get_presiding()
        approving = session.minutes_approved_session_id
        sent = session.minutes_sent_date and session._to_local_day(session.minutes_sent_date)
        values = {
            **self._get_common(session, session._get_minutes_name()),
            "sent_on": letter._format_date(sent) if sent else "",
            "approved_on": letter._format_date(approving.date) if approving else "",
            "is_draft": not sent,
            "presiding": presiding,
            "presiding_title": presiding
            and not self._get_presiding_head(session, presiding)
            and self._get_chair_title(session, presiding),
            "chair_label": self._get_chair_label(session, presiding),
            "is_council": session._is_council(),
            "session_secretary": session.sudo().session_secretary_id,
        }
        # Before the state check, whose error would reveal whether the session was held.
        self.env["commune.attendance.presence"].check_access("read")
        if session.state not in HELD and session.date_begin > fields.Datetime.now():
            raise UserError(self.env._("This session has not been held yet."))
        return values


class SessionDecisions(models.AbstractModel):
    _name = "report.commune_relations.session_decisions"
    _inherit = ["commune.session.document"]
    _description = "Record of decisions (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        return {
            **self._get_common(session, session._get_record_name()),
            "decisions": session.decision_ids.sorted(
                lambda d: (not d.number, d.number or "", d.item_id.sequence, d.sequence, d.id)
            ),
            "format_long_date": self.env["commune.letter"]._format_date,
        }


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_record_name(self):
        """How the record of what came out of it is called: an advisory committee gives opinions."""
        self.ensure_one()
        if self.committee_id.is_advisory:
            return self.env._("Record of opinions")
        return self.env._("Record of decisions")

    def _get_outcome_name(self):
        """What came out of it, as the letter of the minutes calls it."""
        self.ensure_one()
        advisory = self.committee_id.is_advisory
        return self.env._("Opinions") if advisory else self.env._("Decisions")

    def action_print_sheet(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.session_sheet_report").report_action(self)

    def action_print_minutes(self):
        self.ensure_one()
        self.env["commune.session.minutes"]._check_minutes(self)
        return self.env.ref("commune_relations.session_minutes_report").report_action(self)

    def action_print_decisions(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.session_decisions_report").report_action(self)
