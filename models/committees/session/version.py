"""What the meeting screen noted, one line per gesture, kept as it arrived.

A tablet without network keeps its gestures and sends them later, perhaps twice: each one has a
name given by the tablet, unique in the session, so that PostgreSQL keeps it once."""

import hashlib

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OPERATIONS = [
    ("open", "Session opened"),
    ("close", "Session closed"),
    ("arrive", "Arrival"),
    ("leave", "Departure"),
    ("absent", "Arrival taken back"),
    ("text", "Text"),
    ("item", "Item treated or postponed"),
    ("decision", "New decision"),
    ("decision_values", "In charge, deadline"),
]
OUTCOMES = [
    ("applied", "Noted"),
    ("unchanged", "Already so"),
    ("conflict", "Two texts"),
    ("refused", "Refused"),
]


class CommuneSessionOperation(models.Model):
    _name = "commune.session.operation"
    _inherit = ["commune.append.only"]
    _description = "Gesture on the meeting screen"
    _order = "id"
    _rec_name = "kind"
    _kept_reason = _lt("What the meeting screen noted is neither changed nor deleted.")

    session_id = fields.Many2one(
        "commune.session", required=True, readonly=True, index=True, ondelete="restrict"
    )
    client_uid = fields.Char(
        required=True, readonly=True, help="Name given by the tablet: sent twice, it is kept once."
    )
    kind = fields.Selection(OPERATIONS, required=True, readonly=True)
    payload = fields.Json(required=True, readonly=True)
    noted_at = fields.Datetime(
        required=True, readonly=True, help="Moment of the gesture, not that of its arrival here."
    )
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    message = fields.Char(readonly=True)
    item_id = fields.Many2one(
        "commune.session.item", readonly=True, ondelete="set null", index="btree_not_null"
    )
    decision_id = fields.Many2one(
        "commune.decision", readonly=True, ondelete="set null", index="btree_not_null"
    )
    settles_id = fields.Many2one(
        "commune.session.operation",
        string="Settles the conflict",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Of two texts, which one was kept was said by this gesture.",
    )
    settled_by_ids = fields.One2many("commune.session.operation", "settles_id", readonly=True)
    _client_uniq = models.Constraint(
        "UNIQUE(session_id, client_uid)", "This gesture is already noted."
    )


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

    @api.model
    def _get_hash(self, content):
        """:param content: bytes of the PDF file"""
        return hashlib.sha256(content).hexdigest()
