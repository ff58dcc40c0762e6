"""The video link of a session: none where the law lets nobody attend by video."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommuneSession(models.Model):
    _inherit = "commune.session"

    video_allowed = fields.Boolean(related="committee_id.video_allowed")

    @api.constrains("video_url", "committee_id")
    def _check_video_url(self):
        for session in self:
            if session.video_url and not session.video_allowed:
                raise ValidationError(session.committee_id._get_no_video_words())

    def copy_data(self, default=None):
        """A link that was written before it was refused does not go on to another day."""
        found = super().copy_data(default)
        for session, values in zip(self, found, strict=True):
            if not session.video_allowed:
                values["video_url"] = False
        return found

    def _why_no_video(self, operation, known):
        """The sentence that refuses a new arrival by video; empty for anything else.

        :param operation: a gesture of the meeting screen
        :param known: names of the gestures that were taken before
        """
        by_video = operation.get("kind") == "arrive" and operation.get("mode") == "remote"
        if not by_video or self.video_allowed or operation["uid"] in known:
            return ""
        return self.committee_id._get_no_video_words()
