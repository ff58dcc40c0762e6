"""Timeline of an incident: what was done, when, by whom."""

from odoo import fields, models
from odoo.tools import LazyTranslate

from .labels import EVENTS

_lt = LazyTranslate(__name__)


class CommuneReplacementIncidentEvent(models.Model):
    _name = "commune.replacement.incident.event"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Line of a case"
    _order = "date desc, id desc"
    _rec_name = "text"
    _writable_fields = frozenset()
    _values_at_creation = {"incident_id": None, "text": None, "kind": "note"}
    _readonly_reason = _lt("What was noted on a case stays: add another line.")

    incident_id = fields.Many2one(
        "commune.replacement.incident", required=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    kind = fields.Selection(EVENTS, required=True, default="note")
    text = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user)
