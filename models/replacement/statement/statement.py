"""Statement of what a commune owes (état liquidatif): issued once, then frozen."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...core.display_notification import display_notification
from ...core.row_lock import lock_rows

_lt = LazyTranslate(__name__)

STATES = [
    ("draft", "Draft"),
    ("checked", "Checked"),
    ("issued", "Issued"),
    ("paid", "Paid"),
]
FROZEN = ("issued", "paid")
# What may still be added to a statement that was issued: how it was paid.
AFTER_ISSUE = {"state", "paid_date", "receivable_ref"}


class CommuneReplacementStatement(models.Model):
    _name = "commune.replacement.statement"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
    ]
    _description = "Statement of a commune"
    _order = "date_end desc, id desc"
    _readonly_reason = _lt("A statement changes step by its buttons only.")
    _readonly_fields = frozenset(
        {
            "name",
            "state",
            "kind",
            "cancels_id",
            "document_id",
            "document_sha256",
            "issued_date",
            "issued_by_id",
            "paid_date",
            "issuer_siret",
            "payer_siret",
            "ordonnateur",
        }
    )

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    kind = fields.Selection(
        [("statement", "Statement"), ("cancelling", "Cancelling statement")],
        required=True,
        default="statement",
        readonly=True,
    )
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
    )
    agreement_id = fields.Many2one(
        "agreement", string="Convention", ondelete="restrict", index="btree_not_null"
    )
    date_start = fields.Date(string="Period from", required=True)
    date_end = fields.Date(string="Period until", required=True, index=True)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, tracking=True, copy=False, index=True
    )
    line_ids = fields.One2many("commune.replacement.statement.line", "statement_id")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company._get_euro(), required=True
    )
    amount_total = fields.Monetary(string="Total", compute="_compute_totals", store=True)
    work_total = fields.Monetary(string="Work", compute="_compute_totals", store=True)
    travel_total = fields.Monetary(string="Travel", compute="_compute_totals", store=True)
    fee_total = fields.Monetary(string="Fee", compute="_compute_totals", store=True)
    half_day_total = fields.Integer(string="Half-days", compute="_compute_totals", store=True)
    note = fields.Text(help="Printed under the lines.")

    # cancelling
    cancels_id = fields.Many2one(
        "commune.replacement.statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    cancelled_by_ids = fields.One2many(
        "commune.replacement.statement", "cancels_id", string="Cancelled by"
    )

    # issue and payment
    issued_date = fields.Datetime(string="Issued on", readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", string="Issued by", readonly=True, copy=False)
    document_id = fields.Many2one(
        "ir.attachment",
        string="PDF issued",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )
    document_sha256 = fields.Char(string="Fingerprint of the PDF", readonly=True, copy=False)
    receivable_ref = fields.Char(
        string="Receivable order", copy=False, help="Number of the titre de recettes."
    )
    paid_date = fields.Date(string="Paid on", readonly=True, copy=False)
    _period_check = models.Constraint(
        "CHECK(date_end >= date_start)", "The period ends before it starts."
    )

    # The yearly statement of uses (CGCT D5211-16) is then the sum of whole statements.
    _year_check = models.Constraint(
        "CHECK(extract(year from date_start) = extract(year from date_end))",
        "A statement stays within one calendar year: make one for each year.",
    )
    _number_uniq = models.UniqueIndex(
        "(name) WHERE name != '/'", "This number of statement is already taken."
    )
    _cancels_uniq = models.UniqueIndex(
        "(cancels_id) WHERE cancels_id IS NOT NULL", "This statement is already being cancelled."
    )
    _issued_check = models.Constraint(
        "CHECK(state NOT IN ('issued', 'paid') OR (name != '/' AND document_sha256 IS NOT NULL))",
        "A statement that is issued has its number and its PDF.",
    )

    @api.depends(
        "line_ids.amount", "line_ids.work_amount", "line_ids.minimum_amount", "line_ids.quantity"
    )
    def _compute_totals(self):
        """Sums of decimals: adding binary floats could be a cent out."""
        for statement in self:
            lines = statement.line_ids
            statement.amount_total = lines._add_up("amount")
            statement.work_total = lines._add_up("work_amount", "minimum_amount")
            statement.travel_total = lines._add_up("travel_amount")
            statement.fee_total = lines._add_up("fee_amount")
            statement.half_day_total = sum(lines.mapped("sign"))

    @api.depends("name", "commune_id", "date_start", "date_end")
    def _compute_display_name(self):
        for statement in self:
            parts = (statement._get_number_text(), statement.commune_id.name)
            statement.display_name = " – ".join(filter(None, parts))

    def _get_number_text(self):
        return self.env._("Draft") if self.name == "/" else self.name

    def write(self, vals):
        if set(vals) - AFTER_ISSUE - self._get_message_fields():
            self._check_not_frozen()
        elif vals.get("state", "paid") not in FROZEN:
            self._check_not_frozen()
        return super().write(vals)

    @api.model
    def _get_message_fields(self):
        return {name for name in self._fields if name.startswith(("message_", "activity_"))}

    def _check_not_frozen(self):
        for statement in self:
            if statement.state in FROZEN:
                raise UserError(
                    self.env._(
                        "Statement %s is issued: it does not change any more. To correct it, issue"
                        " a cancelling statement, then a new one.",
                        statement.name,
                    )
                )

    def unlink(self):
        self._check_not_frozen()
        self.sudo().line_ids.unlink()
        return super().unlink()

    # steps

    def _expect(self, *states):
        for statement in self:
            if statement.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(name)s is at the step “%(state)s”: this cannot be done now.",
                        name=statement.display_name,
                        state=labels[statement.state],
                    )
                )

    def action_check(self):
        self.check_access("write")
        self._expect("draft")
        self._check_other_side()
        for statement in self:
            if not statement.line_ids:
                raise UserError(
                    self.env._("%s has no line: there is nothing to bill.", statement.display_name)
                )
        self.sudo().state = "checked"

    def action_draft(self):
        self.check_access("write")
        self._expect("checked")
        self.sudo().state = "draft"

    def action_issue(self):
        """Freeze: number, PDF, fingerprint. A statement whose prices changed is rebuilt, and must
        be checked again."""
        self.check_access("write")
        changed = []
        statements = self.sudo()
        self._check_other_side()
        for statement in statements:
            statement._lock()
            statement._expect("checked")
            statement._check_working_time()
            if statement._is_outdated():
                changed.append(statement._return_to_draft())
            else:
                statement._issue()
        statements.line_ids.timesheet_line_id.sheet_id._refresh_billed()
        return display_notification("\n".join(changed), warning=True) if changed else None

    def _check_other_side(self):
        """The commune pays what it signed: anyone who signed for it does not bill it."""
        self.sudo().line_ids.timesheet_line_id.sheet_id._check_not_signed_by_me(
            self.env._(
                "You signed hours of this statement for the commune: another coordinator checks it"
                " and issues it."
            )
        )

    def _lock(self):
        """Two persons at once: the second waits, then reads that it is issued."""
        lock_rows(self)

    def _check_working_time(self):
        """Hours checked before a rule came, or before others were typed, are not billed against
        it; what a cancelling statement takes back never is refused."""
        if self.kind == "statement":
            self.line_ids.timesheet_line_id._check_working_time()

    def _issue(self):
        self.ensure_one()
        self._check_parties()
        if self.kind == "cancelling":
            (self.cancels_id.line_ids | self.line_ids).write({"is_live": False})
            self.cancels_id.line_ids.timesheet_line_id.sheet_id._refresh_billed()
        number = self.env["ir.sequence"]._next_of_year("commune.replacement.statement")
        moment = fields.Datetime.now()
        issued = {"name": number, "issued_date": moment, "issued_by_id": self.env.uid}
        self.write({**issued, **self._get_parties()})
        self._freeze_document()
        self.state = "issued"
        self.message_post(
            body=self.env._(
                "Issued by %(author)s. Fingerprint of the PDF: %(hash)s",
                author=self.env.user.name,
                hash=self.document_sha256,
            )
        )

    def action_pay(self):
        self.check_access("write")
        self._expect("issued")
        self.sudo().write({"state": "paid", "paid_date": self.env.company._get_today()})

    def action_cancel_statement(self):
        """A statement of the opposite amounts, to check and issue like any other."""
        self.ensure_one()
        self.check_access("write")
        self._expect("issued", "paid")
        if self.kind == "cancelling":
            raise UserError(self.env._("A cancelling statement is not cancelled: bill again."))
        opposite = self.sudo()._create_opposite()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": opposite.id,
            "view_mode": "form",
        }

    def _create_opposite(self):
        opposite = self.create(
            {
                "kind": "cancelling",
                "cancels_id": self.id,
                "commune_id": self.commune_id.id,
                "agreement_id": self.agreement_id.id,
                "date_start": self.date_start,
                "date_end": self.date_end,
                "currency_id": self.currency_id.id,
                "service_code": self.service_code,
                "engagement_number": self.engagement_number,
            }
        )
        self.line_ids._copy_opposite(opposite)
        return opposite
