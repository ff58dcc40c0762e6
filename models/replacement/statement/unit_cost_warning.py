"""Warning before issue: amounts billed beside the unit cost of a service lent to communes.

CGCT, art. D5211-16: the reimbursement is a unit cost × units, and travel is a charge within it."""

from odoo import api, fields, models

from ...services.subscription.year import UNIT_COST_BASIS
from .statement import FROZEN


class CommuneReplacementTariff(models.Model):
    _inherit = "commune.replacement.tariff"

    extra_ground = fields.Char(
        string="Ground of travel, fee and minimum",
        tracking=True,
        help="What allows to bill them beside the unit cost of a service lent under L5211-4-1."
        " Write “to be confirmed” as long as nobody has read it; it is never printed.",
    )


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    ground_warning = fields.Text(
        string="Beside the unit cost",
        compute="_compute_ground_warning",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends(
        "state",
        "kind",
        "date_end",
        "agreement_id.legal_basis_id",
        "agreement_id.offer_ids.service_id.legal_basis_id",
        "line_ids.date",
        "line_ids.travel_amount",
        "line_ids.fee_amount",
        "line_ids.minimum_amount",
        "line_ids.tariff_id.extra_ground",
    )
    @api.depends_context("lang")
    def _compute_ground_warning(self):
        """While the statement can be changed. Nothing is refused: the jurist of the organisation
        may know a ground that is not written yet."""
        open_ones = self.filtered(lambda o: o.state not in FROZEN and o.kind != "cancelling")
        known = self.env["commune.service.unit.cost"].search([("state", "!=", "draft")])
        known = {(sheet.service_id, sheet.year) for sheet in known}
        agreements = open_ones._get_agreements_by_day()
        for statement in self:
            by_day = agreements.get(statement, {})
            statement.ground_warning = "\n".join(statement._warn_missing_grounds(by_day, known))

    def _warn_missing_grounds(self, by_day, known):
        """:param by_day: {day billed: its agreement}: of two that follow one another, one alone may
        lend the service at its unit cost
        :param known: {(service, year)} whose unit cost is set
        """
        self.ensure_one()
        lending = self.env["agreement"].union(*by_day.values())
        lending = lending.filtered(lambda one: UNIT_COST_BASIS in one._get_replacement_bases())
        days = {day for day, agreement in by_day.items() if agreement in lending}
        added = self.line_ids.filtered(
            lambda o: o.date in days and (o.travel_amount or o.fee_amount or o.minimum_amount)
        )
        for tariff in added.tariff_id.filtered(lambda one: not one.extra_ground):
            yield self.env._(
                "“%s” bills travel, a fee or a minimum beside the unit cost of a service lent under"
                " L. 5211-4-1, and no ground is written: travel is within that cost (CGCT, art."
                " D. 5211-16).",
                tariff.name,
            )
        lent = lending.offer_ids.filtered("is_replacement").service_id
        for service in lent:
            if (service, self.date_end.year) not in known:
                yield self.env._(
                    "No unit cost of %(year)s is set for “%(service)s” (CGCT, art. D. 5211-16).",
                    year=self.date_end.year,
                    service=service.name,
                )
