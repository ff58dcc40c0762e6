"""Forecast against actual: alert to the referent, once a year, at 80 %."""

from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

ALERT_PERCENT = 80


def is_nearly_used(used, expected):
    """Whether 80 % is reached, in whole hundredths: 0.8 has no exact binary form."""
    return bool(expected) and round(used * 100) >= round(expected * ALERT_PERCENT)


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    used_quantity = fields.Float(
        string="Used this year", compute="_compute_used", digits=(16, 2), aggregator=None
    )
    used_ratio = fields.Float(
        string="Part of the forecast", compute="_compute_used", aggregator=None
    )
    alert_year = fields.Integer(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Year for which a notice was sent that the forecast is nearly used up.",
    )

    @api.depends(
        "usage_ids.quantity", "usage_ids.date", "forecast_quantity", "date_start", "date_end"
    )
    def _compute_used(self):
        start = self.env.company._get_today().replace(month=1, day=1)
        groups = self.env["commune.service.usage"]._read_group(
            Domain("subscription_id", "in", self.ids)
            & Domain("date", ">=", start)
            & Domain("date", "<", start.replace(year=start.year + 1)),
            ["subscription_id"],
            ["quantity:sum"],
        )
        used = {subscription.id: quantity for subscription, quantity in groups}
        for subscription in self:
            subscription.used_quantity = used.get(subscription.id, 0)
            forecast = subscription._get_expected(start.year) if subscription.date_start else 0
            ratio = subscription.used_quantity / forecast if forecast else 0
            subscription.used_ratio = round(ratio, 4)

    def _alert_changed_forecast(self, vals):
        self._alert_forecast()

    def _alert_forecast(self):
        """One activity per subscription and year, for anyone who follows the service."""
        year = self.env.company._get_today().year
        for line in self.sudo():
            if line.alert_year == year or not line.forecast_quantity:
                continue
            expected = line._get_expected(year)
            if not is_nearly_used(line.used_quantity, expected):
                continue
            line.alert_year = year
            line.activity_schedule(
                "commune_relations.mail_activity_type_service_forecast",
                user_id=line._get_follower().id,
                summary=self.env._(
                    "%(ratio)s %% of the forecast is used", ratio=round(line.used_ratio * 100)
                ),
                note=escape(
                    self.env._(
                        "%(commune)s: %(used)s used of %(forecast)s expected in %(year)s.",
                        commune=line.commune_id.name,
                        used=line._format_quantity(line.used_quantity),
                        forecast=line._format_quantity(expected),
                        year=year,
                    )
                ),
            )

    def _format_quantity(self, quantity):
        """“12”, “12,50”, “1 234 567,50”: cents only where there are some."""
        digits = 0 if round(quantity, 2).is_integer() else 2
        return formatLang(self.env, quantity, digits=digits)

    def _get_follower(self):
        """The referent of the service, else the lead of its department, else a manager."""
        self.ensure_one()
        service = self.service_id
        return (
            service.referent_id
            or service.department_id._get_lead()
            or self.env.company._get_service_manager()
        )


class CommuneServiceUsage(models.Model):
    _inherit = "commune.service.usage"

    @api.model_create_multi
    def create(self, vals_list):
        uses = super().create(vals_list)
        uses.subscription_id._alert_forecast()
        return uses

    def write(self, vals):
        result = super().write(vals)
        self.subscription_id._alert_forecast()
        return result
