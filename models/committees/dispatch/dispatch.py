"""Dispatch to all municipal councillors of what a session produced (CGCT, L.5211-40-2)."""

from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

DISPATCH_KINDS = [
    ("notice", "Notice and explanatory note"),
    ("deliberations", "List of deliberations"),
    ("minutes", "Minutes"),
    ("opinion", "Opinion of the conference of mayors"),
    ("budget", "Report on the budget guidelines"),
    ("activity", "Activity report of the intercommunality"),
]
# What left: it does not change any more.
LEFT = {"session_id", "kind", "document_ids", "note"}


class CommuneDispatch(models.Model):
    _name = "commune.dispatch"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
        "commune.letter.document.mixin",
    ]
    _description = "Dispatch to municipal councillors"
    _order = "sent_at desc, id desc"
    _readonly_reason = _lt("What was sent to the councillors does not change any more.")
    _readonly_fields = frozenset(
        {"sent_at", "sent_by_id", "state", "sent_count", "missing_count", "bounced_count"}
    )

    session_id = fields.Many2one("commune.session", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(DISPATCH_KINDS, required=True, default="minutes")
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_dispatch_document_rel",
        string="Documents",
        bypass_search_access=True,
    )
    note = fields.Html(string="Text of the letter")
    sent_at = fields.Datetime(string="Sent on", readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", readonly=True, copy=False, ondelete="restrict"
    )
    line_ids = fields.One2many("commune.dispatch.line", "dispatch_id", readonly=True)
    state = fields.Selection(
        [("draft", "To send"), ("leaving", "Being sent"), ("sent", "Sent")],
        compute="_compute_figures",
        store=True,
    )
    sent_count = fields.Integer(string="Letters sent", compute="_compute_figures", store=True)
    missing_count = fields.Integer(string="No address", compute="_compute_figures", store=True)
    bounced_count = fields.Integer(
        string="Addresses that refused", compute="_compute_figures", store=True
    )
    deadline = fields.Date(string="Last day", compute="_compute_deadline", store=True)
    _kind_uniq = models.Constraint(
        "UNIQUE(session_id, kind)", "This document of the session already has its dispatch."
    )

    @api.depends("sent_at", "line_ids.state")
    def _compute_figures(self):
        for dispatch in self:
            counts = Counter(dispatch.line_ids.mapped("state"))
            dispatch.state = "draft"
            if dispatch.sent_at:
                dispatch.state = "leaving" if counts["queued"] or counts["unsent"] else "sent"
            dispatch.sent_count = counts["sent"]
            dispatch.missing_count = counts["missing"]
            dispatch.bounced_count = counts["bounced"]

    @api.depends(
        "kind",
        "session_id.date",
        "session_id.notice_deadline",
        "session_id.minutes_approved_date",
        "session_id.committee_id.dispatch_days",
    )
    def _compute_deadline(self):
        for dispatch in self:
            session = dispatch.session_id
            dispatch.deadline = session and session._get_dispatch_deadline(dispatch.kind)

    @api.depends("session_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for dispatch in self:
            dispatch.display_name = (
                f"{dispatch._get_kind_label()} – {dispatch.session_id.display_name}"
            )

    def _get_kind_label(self):
        self.ensure_one()
        if self.kind == "minutes":
            return self.session_id._get_minutes_name()
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _check_record_state(self, vals):
        if LEFT & set(vals) and self.filtered("sent_at"):
            self._raise_user_write()

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        return Domain("sent_at", "!=", False) & Domain("document_ids", "in", attachment_ids)


class CommuneDispatchLine(models.Model):
    _name = "commune.dispatch.line"
    _inherit = ["mail.thread", "commune.letter"]
    _description = "Councillor of a dispatch"
    _order = "dispatch_id, commune_id, id"

    # As superuser: who reads a list of councillors may not open each person.
    display_name = fields.Char(compute_sudo=True)
    dispatch_id = fields.Many2one("commune.dispatch", required=True, index=True, ondelete="cascade")
    session_id = fields.Many2one(related="dispatch_id.session_id", store=True, index=True)
    mandate_id = fields.Many2one("commune.mandate", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(
        related="mandate_id.partner_id", string="Name", store=True, index=True
    )
    commune_id = fields.Many2one(
        related="mandate_id.commune_id", string="Commune", store=True, index=True
    )
    title = fields.Char(related="mandate_id.title", string="Function")
    email = fields.Char(readonly=True, string="Sent to", help="Address on the day of sending.")
    sent_at = fields.Datetime(string="Sent", readonly=True)
    bounced_at = fields.Datetime(string="Returned", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("queued", "Being sent"),
            ("sent", "Sent"),
            ("unsent", "Not left"),
            ("missing", "To be handed over by the town hall"),
            ("bounced", "Returned"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    _person_uniq = models.Constraint(
        "UNIQUE(dispatch_id, mandate_id)", "This councillor is already in this dispatch."
    )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.partner_id.name or ""

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_document(self):
        return self.dispatch_id
