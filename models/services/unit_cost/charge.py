"""Charges of a unit cost: functioning charges only, by nature."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.pricing.unit_cost import NATURES


class CommuneServiceUnitCostCharge(models.Model):
    """A charge of functioning, from the accounts to what the budget foresees (euros)."""

    _name = "commune.service.unit.cost.charge"
    _description = "Charge of a unit cost"
    _order = "unit_cost_id, nature desc, id"

    unit_cost_id = fields.Many2one(
        "commune.service.unit.cost",
        string="Unit cost",
        required=True,
        index=True,
        ondelete="cascade",
    )
    nature = fields.Selection(list(NATURES.items()), required=True, default="personnel")
    name = fields.Char(string="Charge", required=True)
    posts = fields.Float(
        digits=(16, 2),
        help="Full-time equivalents that this charge pays, for the staff.",
    )
    observed = fields.Float(string="Last accounts (€)", digits=(16, 2))
    change = fields.Float(
        string="Foreseen change (€)",
        digits=(16, 2),
        help="What the initial budget of the year adds, or takes off with a minus sign.",
    )
    kept = fields.Float(string="Kept (€)", compute="_compute_kept", digits=(16, 2))
    reason = fields.Char(string="Why it changes")
    _figures_check = models.Constraint(
        "CHECK(observed >= 0 AND observed + change >= 0 AND posts >= 0)",
        "A charge is a positive number, before and after the foreseen change.",
    )

    @api.depends("observed", "change")
    def _compute_kept(self):
        for charge in self:
            charge.kept = charge.observed + charge.change

    @api.model_create_multi
    def create(self, vals_list):
        charges = super().create(vals_list)
        charges._check_open()
        return charges

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_set(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: the unit cost is set"""
        if any(sheet.state != "draft" for sheet in self.unit_cost_id):
            raise UserError(self.env._("This unit cost is set: put it back to draft to change it."))
