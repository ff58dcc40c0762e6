"""Election review: a broadcast is proofread by a second person, or sent with a reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

STATES = [("asked", "Asked"), ("read", "Read over"), ("without", "Without a second look")]


class CommuneElectionReview(models.Model):
    """One review of a text as it was; it blocks nothing.

    Source: code électoral, L52-1 second paragraph and L52-8.
    """

    _name = "commune.election.review"
    _inherit = ["mail.thread", "mail.activity.mixin", "commune.readonly.fields.mixin"]
    _description = "Election review of a broadcast"
    _order = "id desc"

    name = fields.Char(string="Broadcast", required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True, index=True)
    res_id = fields.Many2oneReference(required=True, readonly=True, model_field="res_model")
    election_id = fields.Many2one(
        "commune.election", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True)
    reader_id = fields.Many2one("res.users", string="Second reader", readonly=True)
    read_date = fields.Datetime(string="Read on", readonly=True)
    reason = fields.Text(string="Reason to go on without", readonly=True)
    fingerprint = fields.Char(
        readonly=True, help="Of the words that were read: others ask for another look."
    )
    is_mine = fields.Boolean(string="Mine to read", compute="_compute_is_mine")

    _state_check = models.Constraint(
        "CHECK(CASE state WHEN 'without' THEN reason IS NOT NULL AND reader_id IS NULL"
        " WHEN 'read' THEN reader_id IS NOT NULL AND read_date IS NOT NULL"
        " ELSE reader_id IS NOT NULL END)",
        "A look has its reader, or the reason for which there is none.",
    )
    _reader_check = models.Constraint(
        "CHECK(reader_id IS NULL OR reader_id <> user_id)",
        "The second reader is somebody else than the person who asks.",
    )

    @api.depends_context("uid")
    @api.depends("reader_id", "state")
    def _compute_is_mine(self):
        for look in self:
            look.is_mine = look.state == "asked" and look.reader_id == self.env.user

    def action_read(self):
        """Button “Relu”, reserved to the reader who was named.

        :raise AccessError: the current user is not that reader
        """
        self.check_access("read")
        for look in self:
            if look.reader_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%s was asked to read: nobody else says that it is read.",
                        look.reader_id.name or "",
                    )
                )
        waiting = self.filtered(lambda look: look.state == "asked").sudo()
        waiting.write({"state": "read", "read_date": fields.Datetime.now()})
        waiting._finish_asked("election_review")

    def action_open_document(self):
        """The letter, the survey or the brochure that is to be read."""
        self.ensure_one()
        self.check_access("read")
        return self.env[self.res_model].browse(self.res_id)._open_to_look()

    def _ask_reader(self):
        """A thing to do for the reader, once."""
        for look in self:
            look._schedule_once(
                "election_review",
                user_id=look.reader_id.id,
                summary=self.env._("Read “%s” before it leaves", look.name),
            )
