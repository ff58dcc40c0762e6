"""Wizard: request an election review, with the law and the reviewer, or go on with a reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.core.display_notification import RELOAD, display_notification


class CommuneElectionReviewRequest(models.TransientModel):
    _name = "commune.election.review.request"
    _description = "Request an election review"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    broadcast_name = fields.Char(string="Broadcast", compute="_compute_broadcast")
    broadcast_text = fields.Char(string="The look so far", compute="_compute_broadcast")
    election_id = fields.Many2one("commune.election", compute="_compute_broadcast")
    election_source = fields.Char(related="election_id.source")
    way = fields.Selection(
        [("reader", "Ask a second person to read"), ("without", "Go on without a second look")],
        string="What to do",
        required=True,
        default="reader",
    )
    reader_id = fields.Many2one(
        "res.users",
        string="Second reader",
        domain=lambda self: [
            ("share", "=", False),
            ("id", "!=", self.env.uid),
            ("all_group_ids", "in", self.env.ref("commune_relations.group_reader").ids),
        ],
    )
    reason = fields.Text(help="Kept with your name and the date.")

    @api.depends("res_model", "res_id")
    def _compute_broadcast(self):
        election = self.env["commune.election"]._get_restricting()[:1]
        for wizard in self:
            record = wizard._get_broadcast_record()
            wizard.broadcast_name = record._get_broadcast_name()
            wizard.broadcast_text = record.look_text
            wizard.election_id = election

    def _get_broadcast_record(self):
        """What is to be read, under the rights of the current user.

        :raise AccessError: it is nothing that is broadcast, or not by that person
        """
        self.ensure_one()
        model = self.env.get(self.res_model or "")
        if not isinstance(model, self.env.registry["commune.election.review.mixin"]):
            raise AccessError(self.env._("Nothing of this kind asks for a second look."))
        record = model.browse(self.res_id)
        record._check_can_broadcast()
        return record

    def action_confirm(self):
        """Keep who is asked, or the reason; the action is then made by its own button."""
        self.ensure_one()
        record = self._get_broadcast_record()
        look = self.env["commune.election.review"].sudo().create(self._prepare_look(record))
        record.invalidate_recordset(["look_state", "look_text"])
        if self.way == "reader":
            look._ask_reader()
            message = self.env._("%s is asked to read it.", self.reader_id.name)
        else:
            message = self.env._("Your reason is kept: you may go on.")
        return display_notification(message, following=RELOAD)

    def _can_read(self, person):
        """A colleague who reads these records, and another one than who asks."""
        reads = person and person.sudo().has_group("commune_relations.group_reader")
        return reads and not person.share and person != self.env.user

    def _prepare_look(self, record):
        asked = self.way == "reader"
        reason = (self.reason or "").strip()
        if not self.election_id:
            raise UserError(self.env._("No poll is near: nothing asks for a second look."))
        if asked and not self._can_read(self.reader_id):
            raise UserError(self.env._("Choose the person who reads, among your colleagues."))
        if not asked and not reason:
            raise UserError(self.env._("Write the reason for which it goes on without."))
        return {
            "name": record._get_broadcast_name(),
            "res_model": record._name,
            "res_id": record.id,
            "election_id": self.election_id.id,
            "state": "asked" if asked else "without",
            "user_id": self.env.uid,
            "reader_id": asked and self.reader_id.id,
            "reason": not asked and reason,
            "fingerprint": record._get_fingerprint(),
        }
