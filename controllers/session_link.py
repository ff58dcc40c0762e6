"""The personal link of a notice: no account, one press to answer; the file to read.

Scanners of mail open every link: opening notes that it was opened, only a button answers.
"""

import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.core.text_limits import LENGTHS
from .file_responses import send_attachment, send_calendar, send_content
from .personal_link import dead_page, open_link, private_page
from .portal_home import to_id, to_text
from .route_access import link, link_file, link_post

REFUSED = 422
OUTCOME = "commune_session_outcome"


def take_answer(line, channel, form):
    """Take the answer of a form.

    :return: a sentence that confirms the answer
    :raise UserError: with the sentence to show; nothing has changed
    """
    answer = to_text(form.get("answer"))
    if answer == "decline":
        if line._decline_proxy(to_id(form.get("giver")), channel):
            return line.env._("Thank you: the other member is informed and answers again.")
        return line.env._("You do not hold this proxy.")
    holder = line.session_id.attendance_ids.browse()
    if answer == "proxy":
        wanted = to_id(form.get("holder"))
        holder = line.session_id.attendance_ids.filtered(lambda other: other.id == wanted)
    instead = to_text(form.get("represented_by"))
    if answer == "represented" and not instead:
        raise UserError(line.env._("Write who comes in your place."))
    if not answer:
        raise UserError(line.env._("Choose an answer."))
    line._reply(
        answer,
        channel,
        holder=holder,
        represented_by=instead,
        comment=to_text(form.get("comment")),
    )
    if answer == "proxy":
        if line._get_letter_email() and holder.sudo().partner_id.email_normalized:
            return line.env._(
                "Thank you: your answer is kept. %s is informed by e-mail.", holder.partner_id.name
            )
        return line.env._(
            "Thank you: your answer is kept. We have no e-mail address of %s: please say so"
            " yourself.",
            holder.partner_id.name,
        )
    return line.env._("Thank you: your answer is kept.")


def answer_values(line):
    """What the page of an answer shows."""
    session = line.session_id
    return {
        "line": line,
        "session": session,
        "minutes": session._get_member_minutes(),
        "committee": session.committee_id,
        "agenda": session._get_agenda(),
        "impacts": session._get_impacts(line.partner_id),
        "is_open": line._is_open_to_answers(),
        "answers": line._get_possible_answers(),
        "holders": line._get_holder_groups() if line._is_open_to_answers() else (),
        "deputies": line.member_id.deputy_ids.filtered("in_force"),
    }


def send_file(session):
    """The complete file of a session."""
    name = f"dossier-{session.date:%Y-%m-%d}.pdf"
    attachment = session.env["commune.session.file"]._get_file_attachment(session)
    return send_content(attachment.raw, name, inline=True)


def dead_session_page():
    return dead_page(
        request.env._("Session"),
        request.env._(
            "Your mandate or your seat on the committee has ended, a newer link was sent,"
            " or the link was not copied whole. Nothing was changed."
        ),
    )


def send_minutes(session):
    """The minutes of a session, as they were sent or approved: the bytes of the version."""
    version = session._get_member_minutes()
    if not version:
        raise NotFound()
    return send_content(base64.b64decode(version.pdf), version.filename, inline=True)


class SessionLink(http.Controller):
    def _find(self, token):
        """The line, in the language of the member; empty when the link has died."""
        line = request.env["commune.attendance"]._find_by_token(token)
        return open_link(line, line.partner_id)

    def _find_or_404(self, token):
        line = self._find(token)
        if not line:
            raise NotFound()
        return line

    def _render(self, line, status=200, **values):
        if not line:
            return dead_session_page()
        values = {"outcome": "", "problem": "", **answer_values(line), **values}
        values["base_url"] = f"/session/{line.token}"
        return private_page("commune_relations.session_link_page", values, status)

    @link("/session/<string:token>")
    def session_link(self, token, **kwargs):
        """Anyone who holds the link of a member; notes that the notice was opened."""
        line = self._find(token)
        if line:
            line._mark_opened()
        return self._render(line, outcome=request.session.pop(OUTCOME, ""))

    @link_post("/session/<string:token>/answer", sets=True)
    def session_link_answer(self, token, **form):
        """The same: takes the answer of the member to the notice."""
        line = self._find(token)
        if not line:
            return self._render(line)
        try:
            request.session[OUTCOME] = take_answer(line, "link", form)
        except UserError as error:
            return self._render(line, REFUSED, problem=str(error), tried=form.get("answer"))
        return request.redirect(f"/session/{token}")

    @link_file("/session/<string:token>/calendar.ics")
    def session_link_calendar(self, token, **kwargs):
        """The same: the session for a calendar."""
        line = self._find_or_404(token)
        return send_calendar("seance", line.session_id._get_ics_content(line))

    @link_file("/session/<string:token>/file.pdf")
    def session_link_file(self, token, **kwargs):
        """The same: the complete file of the session."""
        return send_file(self._find_or_404(token).session_id)

    @link_file("/session/<string:token>/minutes.pdf")
    def session_link_minutes(self, token, **kwargs):
        """The same: the minutes, once they were sent."""
        return send_minutes(self._find_or_404(token).session_id)

    @link_file("/session/<string:token>/document/<int:document_id>")
    def session_link_document(self, token, document_id, **kwargs):
        """The same: a document of the session."""
        return send_attachment(self._find_or_404(token).session_id._find_document(document_id))


class AgendaLink(http.Controller):
    """Agenda link: the chair approves the agenda, or asks for a change."""

    def _find(self, token):
        session = request.env["commune.session"]._find_by_agenda_token(token)
        return open_link(session, session.chair_id)

    def _render(self, session, status=200, **values):
        if not session:
            return dead_session_page()
        values = {
            "problem": "",
            "session": session,
            "committee": session.committee_id,
            "agenda": session._get_agenda(),
            "impacts": {},
            "base_url": f"/session-agenda/{session.agenda_token}",
            **values,
        }
        return private_page("commune_relations.session_agenda_page", values, status)

    @link("/session-agenda/<string:token>")
    def agenda_link(self, token, **kwargs):
        """Agenda, for the holder of the chair's link. Read-only."""
        return self._render(self._find(token), outcome=request.session.pop(OUTCOME, ""))

    @link_post("/session-agenda/<string:token>/answer")
    def agenda_link_answer(self, token, answer=None, reason="", **form):
        """Same link by POST: approves the agenda, or asks for a change."""
        session = self._find(token)
        if not session:
            return self._render(session)
        try:
            self._take(session, answer, to_text(reason))
        except UserError as error:
            return self._render(session, REFUSED, problem=str(error))
        return request.redirect(f"/session-agenda/{token}")

    def _take(self, session, answer, reason):
        if answer == "approve":
            session._approve_agenda(session.chair_id, by_link=True)
            request.session[OUTCOME] = session.env._("Thank you: the agenda is approved.")
        elif reason and session.state == "draft":
            session._reject_agenda(reason[: LENGTHS["refusal"]])
            request.session[OUTCOME] = session.env._("Thank you: the secretary is informed.")
        else:
            raise UserError(session.env._("Write what has to change."))

    @link_file("/session-agenda/<string:token>/document/<int:document_id>")
    def agenda_link_document(self, token, document_id, **kwargs):
        """The same: a document of the session."""
        session = self._find(token)
        if not session:
            raise NotFound()
        return send_attachment(session._find_document(document_id))
