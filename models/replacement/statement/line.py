"""A line of a statement: one half-day, each part of its amount to the cent."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..week_grid import PERIODS
from .statement import FROZEN
from .tariff import UNITS

KINDS = [
    ("work", "Work"),
    ("cancellation", "Late cancellation"),
    ("notice", "Notice of an early end"),
    ("balance", "Balance of the day"),
]
AMOUNTS = ("work_amount", "minimum_amount", "travel_amount", "fee_amount")


class CommuneReplacementStatementLine(models.Model):
    _name = "commune.replacement.statement.line"
    _description = "Line of a statement"
    _order = "statement_id, date, half_day, id"
    _rec_name = "date"

    statement_id = fields.Many2one(
        "commune.replacement.statement", required=True, index=True, ondelete="restrict"
    )
    commune_id = fields.Many2one(related="statement_id.commune_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, default="work")
    mission_id = fields.Many2one(
        "commune.replacement.mission", required=True, index=True, ondelete="restrict"
    )
    timesheet_line_id = fields.Many2one(
        "commune.replacement.timesheet.line",
        string="Hours",
        index="btree_not_null",
        ondelete="restrict",
    )
    slot_id = fields.Many2one(
        "commune.replacement.slot",
        string="Half-day not worked",
        index="btree_not_null",
        ondelete="restrict",
    )
    tariff_id = fields.Many2one(
        "commune.replacement.tariff", required=True, index=True, ondelete="restrict"
    )
    date = fields.Date(required=True)
    half_day = fields.Selection(PERIODS, required=True)
    unit = fields.Selection(UNITS, required=True)
    quantity = fields.Float(digits=(8, 2))
    km = fields.Float(string="Kilometres", digits=(8, 1))
    currency_id = fields.Many2one(related="statement_id.currency_id")
    unit_price = fields.Monetary()
    work_amount = fields.Monetary(string="Work (€)")
    minimum_amount = fields.Monetary(string="Up to the least amount (€)")
    travel_amount = fields.Monetary(string="Travel (€)")
    fee_amount = fields.Monetary(string="Fee (€)")
    amount = fields.Monetary(string="Total (€)")
    sign = fields.Integer(
        string="Plus or minus",
        default=1,
        help="Half-days: 1, -1 in a cancelling statement, 0 for a balance.",
    )
    is_live = fields.Boolean(
        default=True,
        help="False once cancelled: the half-day may be billed again. A balance never is: the"
        " half-day that it names stays billed by its own line.",
    )

    # Two concurrent preparations of statements cannot bill the same hours: the index decides.
    _hours_uniq = models.UniqueIndex(
        "(timesheet_line_id) WHERE is_live AND timesheet_line_id IS NOT NULL",
        "These hours are already in a statement.",
    )
    _slot_uniq = models.UniqueIndex(
        "(slot_id) WHERE is_live AND slot_id IS NOT NULL",
        "This half-day is already in a statement.",
    )
    _half_day_uniq = models.UniqueIndex(
        "(mission_id, date, half_day) WHERE is_live",
        "This half-day is already in a statement, as work or as a half-day cancelled.",
    )
    _source_check = models.Constraint(
        "CHECK((timesheet_line_id IS NULL) != (slot_id IS NULL))",
        "A line comes from hours, or from a half-day that was not worked.",
    )
    _sum_check = models.Constraint(
        "CHECK(amount = work_amount + minimum_amount + travel_amount + fee_amount)",
        "The amount of a line is the sum of its parts.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.statement_id._check_not_frozen()
        return lines

    def write(self, vals):
        if set(vals) != {"is_live"} or not self.env.su:
            self.statement_id._check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        if any(line.statement_id.state in FROZEN for line in self):
            raise UserError(self.env._("The lines of a statement that is issued stay."))

    def _add_up(self, *names):
        total = sum((to_cents(line[name]) for line in self for name in names), Decimal(0))
        return float(total)

    def _copy_opposite(self, statement):
        """The same lines with the opposite sign; they are never live."""
        return self.create(
            [
                {
                    "statement_id": statement.id,
                    "kind": line.kind,
                    "mission_id": line.mission_id.id,
                    "timesheet_line_id": line.timesheet_line_id.id,
                    "slot_id": line.slot_id.id,
                    "tariff_id": line.tariff_id.id,
                    "date": line.date,
                    "half_day": line.half_day,
                    "unit": line.unit,
                    "quantity": -line.quantity,
                    "km": -line.km,
                    "unit_price": line.unit_price,
                    **{name: -line[name] for name in (*AMOUNTS, "amount")},
                    "sign": -line.sign,
                    "is_live": False,
                }
                for line in self
            ]
        )


def to_cents(amount):
    """An amount of the database as an exact decimal."""
    return Decimal(f"{amount or 0:.2f}")
