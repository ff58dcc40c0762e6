"""The minutes as they were sent, then as they were approved: each version is frozen, with its
fingerprint."""

import hashlib

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class CommuneSessionVersion(models.Model):
    _name = "commune.session.version"
    _inherit = ["commune.append.only"]
    _description = "Version of the minutes"
    _order = "session_id, number desc"
    _kept_reason = _lt("A version of the minutes is frozen: it is neither changed nor deleted.")

    session_id = fields.Many2one(
        "commune.session", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        [("sent", "Sent to the members"), ("approved", "Approved minutes")],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True, default=lambda self: fields.Datetime.now())
    author_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    html = fields.Html(string="Text", readonly=True, sanitize=False)
    pdf = fields.Binary(string="PDF", attachment=True, readonly=True)
    filename = fields.Char(readonly=True)
    sha256 = fields.Char(
        string="SHA-256",
        readonly=True,
        help="Fingerprint of the PDF file: the same file always gives the same one.",
    )
    _number_uniq = models.Constraint(
        "UNIQUE(session_id, number)", "This version of the minutes exists already."
    )

    @api.depends("session_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(session)s, version %(number)s",
                session=version.session_id.display_name,
                number=version.number,
            )

    def _describe_for_members(self):
        """`Sent to the members on 3 March 2026`, for their page."""
        self.ensure_one()
        letter, session = self.env["commune.letter"], self.session_id
        if self.kind == "approved":
            day = letter._format_date(session.minutes_approved_date)
            return self.env._("Approved by the session of %s.", day)
        day = letter._format_date(session._to_local_day(self.date))
        return self.env._("Sent to the members on %s.", day)

    @api.model
    def _get_hash(self, content):
        """:param content: bytes of the PDF file"""
        return hashlib.sha256(content).hexdigest()
