"""Agenda item that comes from commune requests: its origin is shown."""

from odoo import fields, models


class CommuneSessionItem(models.Model):
    _name = "commune.session.item"
    _inherit = ["commune.session.item", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset({"trend_topic_id", "trend_date"})

    trend_topic_id = fields.Many2one(
        "commune.topic",
        string="Comes from the requests on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    trend_date = fields.Date(string="Proposed from the requests on", readonly=True, copy=False)
