"""Items of an agenda: proposed, kept, postponed, treated."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core.row_lock import lock_rows

ITEM_KINDS = [
    ("information", "Information"),
    ("debate", "Debate"),
    ("opinion", "Opinion"),
    ("decision", "Decision"),
]
ITEM_STATES = [
    ("proposed", "Proposed"),
    ("kept", "On the agenda"),
    ("postponed", "Held over"),
    ("treated", "Treated"),
]


class CommuneSessionItem(models.Model):
    _name = "commune.session.item"
    _description = "Item of an agenda"
    _order = "session_id, sequence, id"

    session_id = fields.Many2one("commune.session", required=True, index=True, ondelete="cascade")
    committee_id = fields.Many2one(related="session_id.committee_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    number = fields.Integer(
        compute="_compute_number", help="Place on the agenda, among the items that are kept."
    )
    name = fields.Char(string="Title", required=True)
    kind = fields.Selection(ITEM_KINDS, required=True, default="information")
    possible_kinds = fields.Char(
        compute="_compute_possible_kinds", help="Codes of the kinds that this committee may have."
    )
    rapporteur_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('is_company', '=', False)]",
    )
    duration = fields.Integer(string="Minutes foreseen", default=15, aggregator="sum")
    topic_id = fields.Many2one("commune.topic", ondelete="restrict", index="btree_not_null")
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_session_item_document_rel",
        string="Documents",
        bypass_search_access=True,
    )
    description = fields.Html(help="What the members read before the session.")
    state = fields.Selection(ITEM_STATES, required=True, default="kept", index=True)

    # where it comes from
    proposed_by_id = fields.Many2one(
        "res.partner",
        string="Proposed by the commune",
        ondelete="restrict",
        index="btree_not_null",
    )
    proposed_person_id = fields.Many2one(
        "res.partner", string="Proposed by", ondelete="restrict", index="btree_not_null"
    )
    proposed_date = fields.Datetime(string="Proposed on", readonly=True)
    refusal_reason = fields.Text(
        string="Why it is not kept", help="The commune that proposed the item reads it."
    )
    followed_decision_id = fields.Many2one(
        "commune.decision",
        string="Follow-up of the decision",
        ondelete="set null",
        index="btree_not_null",
        help="A late decision that comes back on the agenda by itself.",
    )

    # in session
    notes = fields.Text(groups="base.group_user", help="Notes of the secretary, not published.")
    minutes_html = fields.Html(
        string="Minutes of the item", groups="base.group_user", help="What the minutes will say."
    )
    outcome = fields.Text(groups="base.group_user", help="What came out of it, in one sentence.")
    decision_ids = fields.One2many("commune.decision", "item_id", string="Decisions")
    _duration_check = models.Constraint(
        "CHECK(duration >= 0)", "The time foreseen for an item cannot be negative."
    )
    _followed_uniq = models.UniqueIndex(
        "(followed_decision_id, session_id) WHERE followed_decision_id IS NOT NULL",
        "This decision is already on the agenda of that session.",
    )

    @api.depends("sequence", "state", "session_id.item_ids.sequence", "session_id.item_ids.state")
    def _compute_number(self):
        for item in self:
            kept = item.session_id._get_agenda()
            item.number = kept.ids.index(item.id) + 1 if item.id in kept.ids else 0

    @api.depends("session_id.committee_id.kind")
    def _compute_possible_kinds(self):
        for item in self:
            kinds = (
                item.session_id.committee_id._get_item_kinds() if item.session_id else ITEM_KINDS
            )
            item.possible_kinds = ",".join(code for code, _label in kinds)

    @api.constrains("kind", "session_id")
    def _check_kind(self):
        for item in self:
            if item.kind == "decision" and item.session_id.committee_id.is_advisory:
                raise ValidationError(
                    self.env._(
                        "%(committee)s is advisory (CGCT, L.5211-11-3): it gives an opinion on"
                        " “%(item)s” and decides nothing.",
                        committee=item.session_id.committee_id.name,
                        item=item.name,
                    )
                )

    def action_keep(self):
        """Put the proposed items on the agenda, after the others."""
        self.check_access("write")
        lock_rows(self.session_id.sudo())  # two at once: each item has a place of its own
        for item in self.filtered(lambda i: i.state in ("proposed", "postponed")):
            last = max(item.session_id._get_agenda().mapped("sequence"), default=0)
            item.write({"state": "kept", "sequence": last + 1})

    def action_postpone(self):
        """Not this time: a proposed item waits, a kept one leaves the agenda."""
        self.check_access("write")
        self.filtered(lambda i: i.state in ("proposed", "kept")).state = "postponed"


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_agenda(self):
        """Items on the agenda, in order."""
        self.ensure_one()
        return self.item_ids.filtered(lambda item: item.state in ("kept", "treated")).sorted(
            lambda item: (item.sequence, item._origin.id or 0)
        )
