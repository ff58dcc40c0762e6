"""Notice of the unit cost of the year: a tracked letter to each commune, with the sheet."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...core.attach import PDF, attach_files
from ...core.display_notification import display_notification
from ...core.row_lock import lock_rows

_lt = LazyTranslate(__name__)

STATES = [
    ("waiting", "To be notified"),
    ("left", "Notified by letter"),
    ("told", "Notified otherwise"),
]


class CommuneServiceUnitCostNotice(models.Model):
    """What a commune was notified of a unit cost, and when."""

    _name = "commune.service.unit.cost.notice"
    _inherit = ["commune.letter", "commune.readonly.fields.mixin"]
    _description = "Notice of a unit cost to a commune"
    _order = "unit_cost_id, state desc, commune_id"
    _rec_name = "commune_id"
    _readonly_reason = _lt("The steps of a unit cost follow from its buttons.")

    unit_cost_id = fields.Many2one(
        "commune.service.unit.cost",
        string="Unit cost",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(
        "res.partner", required=True, index=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True)
    date = fields.Date(string="Notified on", readonly=True)
    _commune_uniq = models.Constraint(
        "UNIQUE(unit_cost_id, commune_id)", "This commune already has its notice."
    )
    _date_check = models.Constraint(
        "CHECK((state = 'waiting') = (date IS NULL))", "What was notified has its date."
    )

    def _get_letter_person(self):
        """The mayor, else the town hall when only it has an address."""
        commune = self.commune_id
        mayor = commune.mayor_id
        return mayor if mayor.email_normalized else commune

    def _get_letter_document(self):
        return self.unit_cost_id

    def _after_letters_sent(self, letters):
        """The mail server accepted the letter: this is the date of notification."""
        waiting = self.sudo().filtered(lambda notice: notice.state == "waiting")
        waiting._mark_notified("left")

    def _mark_notified(self, state):
        self.write({"state": state, "date": self.env.company._get_today()})
        for sheet in self.unit_cost_id:
            if all(notice.state != "waiting" for notice in sheet.notice_ids):
                sheet.state = "notified"

    def action_mark_notified(self):
        """By hand: a letter on paper, a meeting, a commune without an address."""
        self.check_access("read")
        self.unit_cost_id.check_access("write")
        self.sudo().filtered(lambda notice: notice.state == "waiting")._mark_notified("told")


class CommuneServiceUnitCost(models.Model):
    _inherit = "commune.service.unit.cost"

    _sheet_kinds = ("unit_cost",)

    notified_text = fields.Char(string="Communes notified", compute="_compute_notified_text")
    document_id = fields.Many2one(
        "ir.attachment",
        string="Sheet notified to the communes",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )

    @api.depends("notice_ids.state")
    def _compute_notified_text(self):
        found = defaultdict(dict)  # counted by PostgreSQL: a list of sheets has thousands of them
        for sheet, state, count in self.env["commune.service.unit.cost.notice"]._read_group(
            [("unit_cost_id", "in", self._origin.ids)], ["unit_cost_id", "state"], ["__count"]
        ):
            found[sheet][state] = count
        for sheet in self:
            counts = found[sheet._origin]
            total = sum(counts.values())
            notified = total - counts.get("waiting", 0)
            words = self.env._("%(notified)s of %(all)s", notified=notified, all=total)
            sheet.notified_text = words if total else False

    def _get_letters_deadline(self):
        return self.budget_day

    def _get_letters_owner(self):
        return self.sudo().service_id._get_unit_cost_follower()

    def _get_beneficiaries(self):
        """The communes that have the service in the year, or will have it."""
        self.ensure_one()
        Subscription = self.env["commune.service.subscription"]
        domain = Subscription._get_year_domain(self.year)
        lines = Subscription.search(domain & Domain("service_id", "=", self.service_id.id))
        return lines.commune_id

    def action_notify(self):
        """Write to each commune that has the service and was not notified yet."""
        self.check_access("write")
        lock_rows(self)
        for sheet in self:
            if sheet.state == "draft":
                raise UserError(self.env._("Set the unit cost before the communes are informed."))
            sheet.sudo()._notify()
        left = self.notice_ids.filtered(lambda one: one.state == "waiting")
        without = left.filtered(lambda one: not one._get_letter_email())
        if without:
            names = ", ".join(without.commune_id.mapped("name"))
            return display_notification(
                self.env._("No address: tell these communes otherwise: %s.", names)
            )
        return display_notification(self.env._("The letters are on their way."))

    def _notify(self):
        known = self.notice_ids.commune_id
        communes = self._get_beneficiaries() - known
        if not communes and not known:
            raise UserError(self.env._("No commune has “%s” in that year.", self.service_id.name))
        self.env["commune.service.unit.cost.notice"].create(
            [{"unit_cost_id": self.id, "commune_id": commune.id} for commune in communes]
        )
        template = "mail_template_unit_cost"
        waiting = self.notice_ids.filtered(lambda one: one.state == "waiting")
        waiting = waiting._filter_unwritten(template)
        if waiting:
            waiting._send_letters(template, self._get_notice_file(), may_wait=True)

    def _get_notice_file(self):
        """The sheet as a PDF, made once as superuser: no other file of the sheet is sent in its
        place, and it does not change after it was sent."""
        self.ensure_one()
        if not self.document_id:
            file = (f"{self._get_document_name()}.pdf", self._make_document(), PDF)
            self.document_id = attach_files(self, [file])
        return self.document_id

    def _filter_proofs(self):
        return self.filtered(lambda sheet: sheet.document_id)

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        return Domain("document_id", "in", attachment_ids)

    def _format_amount(self):
        """`125,06 €`, for a letter or a document."""
        self.ensure_one()
        return self.env["commune.service.price"]._format_euros(self.amount)

    def _get_document_name(self):
        return self.env._(
            "Unit cost of %(year)s – %(service)s", year=self.year, service=self.service_id.name
        )

    def _make_document(self):
        lang = self.env.company._get_organisation_lang()
        report = self.env["ir.actions.report"].with_context(lang=lang)
        return report._render_qweb_pdf("commune_relations.service_unit_cost_report", self.ids)[0]


class CommuneAgreementPack(models.AbstractModel):
    _inherit = "commune.agreement.pack"

    def _make_unit_cost_documents(self, agreement):
        """[(name of the file, PDF)] of the unit costs set in the year of signature.

        They are annexed to the agreement (CGCT, art. D5211-16).

        :param agreement: as superuser
        """
        agreement.ensure_one()
        sheets = self.env["commune.service.unit.cost"].search(
            [
                ("service_id", "in", agreement.offer_ids.service_id.ids),
                ("year", "=", agreement._get_price_day().year),
                ("state", "!=", "draft"),
            ]
        )
        return [(f"{sheet._get_document_name()}.pdf", sheet._make_document()) for sheet in sheets]
