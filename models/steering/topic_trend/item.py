"""Agenda item that comes from commune requests: its origin is shown."""

from odoo import fields, models

PROPOSED = {"proposed_by_id", "proposed_person_id"}


class CommuneSessionItem(models.Model):
    _name = "commune.session.item"
    _inherit = ["commune.session.item", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset({"proposed_date", "trend_topic_id", "trend_date"})

    trend_topic_id = fields.Many2one(
        "commune.topic",
        string="Comes from the requests on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    trend_date = fields.Date(string="Proposed from the requests on", readonly=True, copy=False)

    def _check_record_state(self, vals):
        """:raise UserError: who proposed an item, on the portal, would be somebody else"""
        if PROPOSED & vals.keys() and self.filtered("proposed_date"):
            self._raise_user_write(min(PROPOSED & vals.keys()))
        return super()._check_record_state(vals)
