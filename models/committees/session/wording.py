"""Wording of a session's date and place in letters, pages, calendars."""

import pytz

from odoo import fields, models

from ....engine.calendar.ics import Entry, calendar
from ...core.attach import CALENDAR, PDF, attach_files


class CommuneSession(models.Model):
    _name = "commune.session"
    _inherit = ["commune.session", "commune.letter"]

    def _get_letter_when(self):
        """`lundi 14 décembre 2026, de 17 h 30 à 19 h 30`."""
        self.ensure_one()
        letter = self.env["commune.letter"]
        begin, end = self._get_local_begin(), self._get_local_end()
        return self.env._(
            "%(day)s, from %(start)s to %(end)s",
            day=letter._format_date(begin.date()),
            start=letter._format_hour(begin.hour + begin.minute / 60),
            end=letter._format_hour(end.hour + end.minute / 60),
        )

    def _get_title(self):
        """The full name of the committee, or the title of the session."""
        self.ensure_one()
        return self.name or self.committee_id.sudo().name or ""

    def _get_letter_day(self):
        """`lundi 14 décembre 2026`."""
        self.ensure_one()
        return self.env["commune.letter"]._format_date(self.date)

    def _get_off_subject(self):
        self.ensure_one()
        values = {"title": self._get_title(), "day": self._get_letter_day()}
        if self.state == "postponed":
            return self.env._("Postponed: %(title)s, %(day)s", **values)
        return self.env._("Called off: %(title)s, %(day)s", **values)

    def _is_urgent(self):
        """Whether the notice is, or was, decided on later than the ordinary delay."""
        self.ensure_one()
        day = self._to_local_day(self.notice_date or fields.Datetime.now())
        late = self.notice_deadline and day > self.notice_deadline
        return bool(self.urgency_reason and late)

    def _get_reply_to(self):
        """Answers by mail go to the secretary, when somebody reads that address."""
        self.ensure_one()
        secretary = self._get_reply_address(self.sudo().secretary_id)
        return secretary or self._get_letter_sender()

    def _get_ics_entry(self, line=None):
        """:param line: commune.attendance of whom the calendar is for"""
        self.ensure_one()
        session = self.sudo()
        database = session.env["ir.config_parameter"].get_param("database.uuid")
        agenda = session._get_agenda()
        text = agenda.mapped("name")
        changes = [one.write_date for one in (session, *agenda, *(line or ()))]
        return Entry(
            uid=f"session-{session.id}@{database}",
            title=session._get_title(),
            start=pytz.utc.localize(session.date_begin),
            end=pytz.utc.localize(session.date_end),
            stamp=pytz.utc.localize(max(changes)),
            text="\n".join([f"{number}. {name}" for number, name in enumerate(text, 1)]),
            place=" – ".join(filter(None, (session.room, session.video_url))),
            url=line._get_private_url() if line else "",
            cancelled=session._is_dead(),
            tentative=bool(line) and not line.answer,
        )

    def _get_ics_content(self, line=None):
        self.ensure_one()
        return calendar(self._get_title(), [self._get_ics_entry(line)])

    def _make_ics_attachment(self):
        """The calendar file that the letters of this session carry."""
        self.ensure_one()
        return attach_files(self, [("seance.ics", self._get_ics_content(), CALENDAR)])

    def _make_pdf_attachment(self, report, name):
        """A document of the session, rendered in French, as a file; asked as superuser.

        :param report: name of a report of this addon
        """
        self.ensure_one()
        reports = self._with_organisation_lang().env["ir.actions.report"]
        content, _kind = reports._render_qweb_pdf(f"commune_relations.{report}", self.ids)
        return attach_files(self, [(f"{name}.pdf", content, PDF)])
