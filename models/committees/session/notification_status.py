"""What became of the letters of a session, and who reaches the members otherwise."""

from markupsafe import Markup

from odoo import fields, models

from .states import COMING

NOTICE_KINDS = ("session_notice",)
MINUTES_KINDS = ("session_minutes",)


class CommuneSession(models.Model):
    _inherit = "commune.session"

    _sheet_kinds = NOTICE_KINDS

    minutes_letters_text = fields.Char(
        string="Letters of the minutes", compute="_compute_minutes_letters", compute_sudo=True
    )

    def _compute_minutes_letters(self):
        counts = self._count_letters(*MINUTES_KINDS)
        for session in self:
            found = counts[session._origin.id]
            session.minutes_letters_text = self._describe_letters(found)

    def _get_letters_owner(self):
        user = self.secretary_id
        return user if user.active else super()._get_letters_owner()

    def _get_letters_deadline(self):
        """As long as members can still be called in time, or in an emergency."""
        today = self.env.company._get_today()
        if self.state not in COMING or not self.attendance_ids._get_unreached():
            return False
        days = [self.notice_deadline, self.urgent_deadline, self.date]
        return next((day for day in days if day and day >= today), False)

    def _get_unsent_note(self, letters):
        note = super()._get_unsent_note(letters)
        deadline = self._get_letters_deadline()
        if not deadline:
            return note
        text = self.env._(
            "The notice has to reach these members by %s. Call them, or correct the address and try"
            " again; the software tries again by itself as long as the mail server is away.",
            self.env["commune.letter"]._format_date(deadline),
        )
        return Markup("<p>%s</p>%s") % (text, note)
