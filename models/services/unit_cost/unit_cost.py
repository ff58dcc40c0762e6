"""Unit-cost sheets: what a unit of a service lent to communes costs in a year (CGCT, D5211-16)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ....engine.pricing.unit_cost import Charge, budget_day, unit_cost
from ..catalogue.price import to_decimal
from ..subscription.year import UNIT_COST_BASIS

_lt = LazyTranslate(__name__)

STATES = [("draft", "Draft"), ("set", "Set"), ("notified", "Notified to the communes")]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class CommuneServiceUnitCost(models.Model):
    """Charges of functioning by units of functioning; what is set does not change any more."""

    _name = "commune.service.unit.cost"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.letter.document.mixin",
        "commune.readonly.fields.mixin",
        "commune.proof",
    ]
    _description = "Unit cost of a service"
    _order = "year desc, service_id, id"
    _readonly_reason = _lt("The steps of a unit cost follow from its buttons.")

    # As superuser: the sheet of a service is named even where the service is not open.
    display_name = fields.Char(compute_sudo=True)
    service_id = fields.Many2one("commune.service", required=True, index=True, ondelete="restrict")
    year = fields.Integer(
        required=True, aggregator=None, default=lambda self: self.env.company._get_today().year
    )
    accounts_year = fields.Integer(
        string="Accounts of the year",
        compute="_compute_accounts_year",
        store=True,
        readonly=False,
        aggregator=None,
        help="Year of the last administrative accounts, from which the charges are taken.",
    )
    offer_ids = fields.Many2many(
        "commune.service.offer",
        "commune_service_unit_cost_offer_rel",
        string="Offers at this price",
        compute="_compute_offer_ids",
        store=True,
        readonly=False,
        domain="[('service_id', '=', service_id)]",
        help="Once it is set, the unit cost is the price per unit of these offers for the year.",
    )
    charge_ids = fields.One2many(
        "commune.service.unit.cost.charge", "unit_cost_id", string="Charges", copy=True
    )
    unit_name = fields.Char(
        string="Unit of functioning", compute="_compute_unit_name", store=True, readonly=False
    )
    units = fields.Float(
        string="Units in a year",
        digits=(16, 2),
        aggregator=None,
        help="Units of functioning of the whole service over a year, those of the"
        " intercommunality included.",
    )
    units_source = fields.Char(
        string="Where the units come from",
        help="Observed in a year, or foreseen: register of the interventions, forecasts of use.",
    )
    accounts_vote_date = fields.Date(
        string="Accounts voted on", help="Vote of the accounts from which the charges are taken."
    )
    posts = fields.Float(
        string="Posts (full-time equivalents)", compute="_compute_amounts", store=True
    )
    observed_total = fields.Float(
        string="Charges of the accounts", compute="_compute_amounts", store=True, digits=(16, 2)
    )
    charge_total = fields.Float(
        string="Charges kept", compute="_compute_amounts", store=True, digits=(16, 2)
    )
    amount = fields.Float(
        string="Unit cost (€)",
        compute="_compute_amounts",
        store=True,
        digits=(16, 2),
        aggregator=None,
        help="Charges kept by units, to the cent, half a cent up.",
    )
    method = fields.Text(
        string="How it is worked out", help="What the convention says of the method."
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    set_date = fields.Date(string="Set on", readonly=True, copy=False)
    set_user_id = fields.Many2one("res.users", string="Set by", readonly=True, copy=False)
    budget_day = fields.Date(
        string="To be notified before",
        compute="_compute_budget_day",
        help="Day by which the budget is adopted (CGCT, L1612-2): 15 April, 30 April in a year"
        " when the councils are renewed.",
    )
    notice_ids = fields.One2many(
        "commune.service.unit.cost.notice", "unit_cost_id", string="Communes", copy=False
    )
    _year_uniq = models.Constraint(
        "UNIQUE(service_id, year)", "This service already has its unit cost for this year."
    )
    _figures_check = models.Constraint(
        f"CHECK(units >= 0 AND year BETWEEN {FIRST_YEAR} AND {LAST_YEAR})",
        "The units are a positive number, and the year is written with four digits.",
    )
    _set_check = models.Constraint(
        "CHECK(state = 'draft' OR (units > 0 AND set_date IS NOT NULL))",
        "A unit cost that is set has its units and its date.",
    )

    @api.depends("service_id.name", "year")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = f"{sheet.service_id.name or ''} – {sheet.year}"

    @api.depends("year")
    def _compute_accounts_year(self):
        for sheet in self:
            sheet.accounts_year = (sheet.year or 0) - 1

    @api.depends("year")
    def _compute_budget_day(self):
        for sheet in self:
            known = FIRST_YEAR <= (sheet.year or 0) <= LAST_YEAR
            sheet.budget_day = budget_day(sheet.year) if known else False

    @api.depends("service_id")
    def _compute_offer_ids(self):
        for sheet in self:
            sheet.offer_ids = sheet.service_id.offer_ids.filtered(
                lambda offer: "unit" in offer.price_ids.mapped("kind")
            )

    @api.depends("offer_ids")
    def _compute_unit_name(self):
        for sheet in self:
            sheet.unit_name = sheet.unit_name or sheet.offer_ids[:1].unit_name

    @api.depends("units", "charge_ids.observed", "charge_ids.change", "charge_ids.posts")
    def _compute_amounts(self):
        for sheet in self:
            charges = [
                Charge(line.nature, to_decimal(line.observed), to_decimal(line.change))
                for line in sheet.charge_ids
                if line.nature
            ]
            sheet.posts = sum(sheet.charge_ids.mapped("posts"))
            sheet.observed_total = float(sum(charge.observed for charge in charges))
            sheet.charge_total = float(sum(charge.kept for charge in charges))
            sheet.amount = float(unit_cost(charges, to_decimal(sheet.units)) or 0)

    @api.constrains("offer_ids", "service_id")
    def _check_offers(self):
        for sheet in self:
            if sheet.offer_ids.service_id - sheet.service_id:
                raise UserError(self.env._("An offer of another service has its own unit cost."))

    def _check_record_state(self, vals):
        """A unit cost that was notified to the communes is read-only."""
        if vals and any(sheet.state != "draft" for sheet in self):
            raise UserError(self.env._("This unit cost is set: put it back to draft to change it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_set(self):
        if any(sheet.state != "draft" for sheet in self):
            raise UserError(self.env._("A unit cost that is set is not deleted."))

    def action_set(self):
        """The unit cost of the year is decided: it becomes the price per unit of its offers."""
        self.check_access("write")
        for sheet in self.filtered(lambda one: one.state == "draft"):
            sheet._check_complete()
            sheet._set(
                {
                    "state": "set",
                    "set_date": self.env.company._get_today(),
                    "set_user_id": self.env.uid,
                }
            )
            sheet.sudo()._feed_prices()

    def action_back_to_draft(self):
        """Correct a unit cost that no commune has been notified of."""
        self.check_access("write")
        for sheet in self:
            if sheet.notice_ids:
                raise UserError(
                    self.env._(
                        "The communes have been informed of this unit cost: it does not change any"
                        " more in the year."
                    )
                )
        self._set({"state": "draft", "set_date": False, "set_user_id": False})

    def _check_complete(self):
        """:raise UserError: what is missing, or a service to which the article does not apply"""
        self.ensure_one()
        basis = self.service_id.legal_basis_id
        if basis and basis.code != UNIT_COST_BASIS:
            raise UserError(
                self.env._(
                    "“%(service)s” rests on %(basis)s: the unit cost of CGCT, art. D. 5211-16 is"
                    " that of services lent under L. 5211-4-1.",
                    service=self.service_id.name,
                    basis=basis.code,
                )
            )
        if not self.charge_ids or self.units <= 0 or self.amount <= 0:
            raise UserError(
                self.env._(
                    "Write the charges and the number of units of “%s”: the unit cost is the first"
                    " by the second.",
                    self.display_name,
                )
            )

    def action_print(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.service_unit_cost_report").report_action(self)
