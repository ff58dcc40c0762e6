"""Documents of a session: the notice and the front of the complete file."""

from odoo import api, models

from ...engine.text import after_comma


class SessionDocument(models.AbstractModel):
    """Values that the documents of a session share."""

    _name = "commune.session.document"
    _description = "Document of a session"

    @api.model
    def _get_session(self, docids):
        session = self.env["commune.session"].browse(docids)[:1]
        session.check_access("read")
        self.env["commune.attendance"].check_access("read")  # papers name the members
        return session

    @api.model
    def _get_common(self, session, kind):
        """:param kind: name of the document, above the title"""
        kinds = dict(session.item_ids._fields["kind"]._description_selection(self.env))
        return {
            "docs": session,
            "session": session,
            "title": f"{kind} – {session._get_title()}",
            "heading": session._get_title(),
            "kind": kind,
            "subtitle": session._get_letter_when(),
            "document_owner": session._get_document_owner(),
            "identity": self.env.company._get_document_identity(session._get_document_owner()),
            "agenda": session._get_agenda(),
            "item_kinds": kinds,
            "total": self._format_minutes(sum(session._get_agenda().mapped("duration"))),
            "format_minutes": self._format_minutes,
            "chair_title": self._get_chair_title(session),
            "after_comma": after_comma,
        }

    @api.model
    def _format_minutes(self, minutes):
        """`1 h 30`, `45 min`."""
        hours, rest = divmod(minutes, 60)
        nbsp = "\N{NO-BREAK SPACE}"
        if not hours:
            return f"{rest}{nbsp}min" if rest else ""
        return f"{hours}{nbsp}h{nbsp}{rest:02}" if rest else f"{hours}{nbsp}h"

    @api.model
    def _get_chair_title(self, session, person=None):
        """The function of the chair, or of who presides instead, in the place of which this is a
        body."""
        person = person or session.sudo().chair_id
        mandates = person.held_mandate_ids.filtered(
            lambda m: m.commune_id == session.place_id and m.state == "current"
        )
        return mandates[:1].title or person.function or ""


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_document_owner(self):
        """The commune (res.partner) whose body this is; empty when the papers are the house’s."""
        self.ensure_one()
        return self.sudo().place_id.filtered("is_commune")


class SessionNotice(models.AbstractModel):
    _name = "report.commune_relations.session_notice"
    _inherit = ["commune.session.document"]
    _description = "Notice of a session (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        self.env["commune.attendance.presence"].check_access("read")  # members read their letter
        letter = self.env["commune.letter"]
        sent = session.notice_date and session._to_local_day(session.notice_date)
        first = session.sudo().first_session_id.date
        return {
            **self._get_common(session, self.env._("Notice of meeting")),
            "first_day": letter._format_day(first) if first else "",
            "sent_on": letter._format_day(sent) if sent else "",
            # Sources of law end with or without a stop.
            "notice_source": f"{(session.notice_source or '').rstrip('. ')}.".lstrip("."),
            "documents": len(session._get_file_documents()),
            "own_rule": (session.committee_id.own_rule or "").strip(),
            "addressees": [
                self._describe_addressee(line)
                for line in session.attendance_ids.sudo()._elected_first()
            ],
        }

    @api.model
    def _describe_addressee(self, line):
        """“Madame Anne AUBRY, maire (Aubrive)”: a member by title and name, and the commune."""
        words = [line.session_id._name_person(line.partner_id), after_comma(line.title)]
        person, commune = ", ".join(filter(None, words)), line.commune_id
        return f"{person} ({commune.name})" if commune.is_commune else person


class SessionFile(models.AbstractModel):
    _name = "report.commune_relations.session_file"
    _inherit = ["commune.session.document"]
    _description = "Front of the complete file of a session (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        entries = self.env.context.get("session_file") or []
        return {
            **self._get_common(session, self.env._("Complete file")),
            "entries": entries,
            "pages_total": self.env.context.get("session_pages", 0),
        }
