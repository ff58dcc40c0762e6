"""Documents of a session: the notice and the front of the complete file."""

from odoo import api, models
from odoo.tools import LazyTranslate

from ...engine.text import after_comma
from ...models.core.inside import get_inside

_lt = LazyTranslate(__name__)

# Who signs the documents of a council, by function and civility.
HEADS = {
    "mayor": {"m": _lt("The mayor, a man"), "mme": _lt("The mayor, a woman")},
    "president": {"m": _lt("The president, a man"), "mme": _lt("The president, a woman")},
}


class SessionDocument(models.AbstractModel):
    """Values that the documents of a session share."""

    _name = "commune.session.document"
    _description = "Document of a session"

    @api.model
    def _get_session(self, docids):
        session = self.env["commune.session"].browse(docids)[:1]
        session.check_access("read")
        self.env["commune.attendance"].check_access("read")  # documents name the members
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
            "chair": session._get_chair(),
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
        person = person or session._get_chair()
        mandates = person.held_mandate_ids.filtered(
            lambda m: m.commune_id == session.place_id and m.state == "current"
        )
        return mandates[:1].title or person.function or ""

    @api.model
    def _get_presiding_head(self, session, presiding):
        """The mandate by which the mayor, or the president, presides a council; empty otherwise."""
        place = session.sudo().place_id
        head = place.env["commune.place.wording"]._get_head_mandate(place, session.date)
        return head.filtered(lambda m: session._is_council() and m.partner_id == presiding)

    @api.model
    def _get_chair_label(self, session, presiding):
        """Title above the name of the chair: `La maire` for a council that its mayor chairs."""
        if head := self._get_presiding_head(session, presiding):
            known = HEADS[head.function_id.code].get(presiding.civility)
            return self.env._(known) if known else head.title
        if presiding == session._get_chair():
            return self.env._("The chair")
        return self.env._("The chair of the sitting")


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_document_owner(self):
        """The commune (res.partner) whose body this is; empty when the documents are the
        organisation’s."""
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
            "first_day": letter._format_date(first) if first else "",
            "sent_on": letter._format_date(sent) if sent else "",
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
        """“Madame Anne AUBRY, maire (Aubrive)”: a member by title and name, and the commune, unless
        it is that of the council."""
        words = [line.session_id._name_person(line.partner_id), after_comma(line.title)]
        person, commune = ", ".join(filter(None, words)), line.commune_id
        from_another = commune.is_commune and commune != line.session_id.place_id
        return f"{person} ({commune.name})" if from_another else person


class SessionFile(models.AbstractModel):
    _name = "report.commune_relations.session_file"
    _inherit = ["commune.session.document"]
    _description = "Front of the complete file of a session (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        session = self._get_session(docids)
        entries = get_inside(self.env, "session_file", [])
        return {
            **self._get_common(session, self.env._("Complete file")),
            "entries": entries,
            "pages_total": get_inside(self.env, "session_pages", 0),
        }
