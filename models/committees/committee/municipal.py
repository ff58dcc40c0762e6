"""Municipal council: no opinion asked of communes, no documents sent to their councillors and no
video attendance, which are for bodies of an intercommunality.

CGCT, L.2121-7: a municipal council meets in one place, its town hall as a rule. L.5211-11-1, and
the law of 21 February 2022 that opened video to others, leave it out: ministerial answer, National
Assembly, 23 April 2024, n° 13609. What was noted before anybody asked stays as it was."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    is_municipal = fields.Boolean(
        string="Municipal council", compute="_compute_is_municipal", help="Council of a commune."
    )
    video_allowed = fields.Boolean(
        compute="_compute_video_allowed", help="Whether its members may attend by video."
    )

    @api.depends("kind", "place_id.is_commune")
    def _compute_is_municipal(self):
        for committee in self:
            committee.is_municipal = committee.kind == "council" and committee.place_is_commune

    @api.depends("is_municipal")
    def _compute_video_allowed(self):
        for committee in self:
            committee.video_allowed = not committee.is_municipal

    @api.constrains("remote_counts", "kind", "place_id")
    def _check_video(self):
        for committee in self:
            if committee.remote_counts and not committee.video_allowed:
                raise ValidationError(committee._get_no_video_words())

    def _get_no_video_words(self):
        return self.env._(
            "A municipal council meets in one place: the law does not let its members attend by"
            " video (CGCT, art. L. 2121-7; art. L. 5211-11-1 is for intercommunalities only)."
        )
