"""Reminder before the budget vote: unit costs that the communes do not know yet.

It goes to the officer in charge of the service."""

from datetime import timedelta

from markupsafe import escape

from odoo import api, models
from odoo.fields import Domain

from ....engine.pricing.unit_cost import budget_day
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time
from ..subscription.year import UNIT_COST_BASIS

REMINDER_DAYS = 45  # before the day of the budget: time to work it out and to write


class CommuneService(models.Model):
    _inherit = "commune.service"

    @api.model
    @when_used("services")
    @at_local_time
    def _cron_remind_unit_costs(self):
        """From 45 days before the day of the budget on: once a year for each service."""
        today = self.env.company._get_today()
        day = budget_day(today.year)
        if day - timedelta(days=REMINDER_DAYS) <= today < day:
            self._find_unnotified(today.year)._remind_unit_cost(today.year, day)

    @api.model
    def _find_unnotified(self, year):
        """Services lent under L5211-4-1 that communes have, whose unit cost they do not know."""
        Subscription = self.env["commune.service.subscription"]
        basis = Domain("service_id.legal_basis_id.code", "=", UNIT_COST_BASIS)
        lent = Subscription.search(Subscription._get_year_domain(year) & basis).service_id
        notified = self.env["commune.service.unit.cost"]
        notified = notified.search([("year", "=", year), ("state", "=", "notified")])
        return lent - notified.service_id

    def _remind_unit_cost(self, year, day):
        for service in self:
            service._schedule_once(
                "unit_cost_notice",
                about=str(year),
                user_id=service._get_unit_cost_follower().id,
                date_deadline=day - timedelta(days=1),
                summary=self.env._("Unit cost of %s: the communes are not informed", year),
                note=escape(
                    self.env._(
                        "The communes hear of the unit cost before %s, the day by which the budget"
                        " is adopted (CGCT, art. D. 5211-16 and L. 1612-2).",
                        self.env.company._format_document_date(day),
                    )
                ),
            )

    def _get_unit_cost_follower(self):
        """The referent of the service, else the lead of its department, else a manager."""
        self.ensure_one()
        lead = self.department_id._get_lead()
        return self.referent_id or lead or self.env.company._get_service_manager()
