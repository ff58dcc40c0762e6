"""What the meeting screen noted, one line per operation, kept as it arrived.

A tablet without network keeps its operations and sends them later, perhaps twice: each one has a
name given by the tablet, unique in the session, so that PostgreSQL keeps it once."""

from odoo import fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

OPERATIONS = [
    ("open", "Session opened"),
    ("close", "Session closed"),
    ("undo_open", "Opening undone"),
    ("undo_close", "Closing undone"),
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
    _description = "Operation on the meeting screen"
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
        required=True, readonly=True, help="Time on the device, not of arrival on the server."
    )
    outcome = fields.Selection(
        OUTCOMES,
        required=True,
        readonly=True,
        help="When it arrived; what comes later from another tablet may change what it does.",
    )
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
        help="Of two texts, this operation says which one was kept.",
    )
    settled_by_ids = fields.One2many("commune.session.operation", "settles_id", readonly=True)
    _client_uniq = models.Constraint(
        "UNIQUE(session_id, client_uid)", "This entry is already noted."
    )
