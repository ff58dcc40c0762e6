"""Subscriptions that an agreement opens, continues and ends."""

from dateutil.relativedelta import relativedelta
from markupsafe import escape

from odoo import models
from odoo.fields import Domain


class Agreement(models.Model):
    _inherit = "agreement"

    def _subscribe(self):
        """Subscriptions to the options; an amendment ends those that it leaves out."""
        running = self._get_subscriptions_of_period()
        if self.parent_id:
            family = self.parent_id | self.parent_id.amendment_ids
            dropped = running.filtered(
                lambda s: s.agreement_id in family and s.offer_id not in self.offer_ids
            )
            dropped._end_before(self.start_date)
        values, forecasts = [], self._get_forecasts()
        for offer in self.offer_ids:
            lines = running.filtered(lambda s, o=offer: s.offer_id == o).sorted("date_start")
            lines.agreement_id = self
            # Several may follow one another: only the last one lasts until the end.
            if lines and lines[-1].date_end != self.end_date:
                lines[-1].date_end = self.end_date
            if lines and offer in forecasts:
                lines[-1].forecast_quantity = forecasts[offer]
            if not lines or lines[0].date_start > self.start_date:
                first = self._prepare_subscription_values(offer, lines[:1])
                values.append({**first, "forecast_quantity": forecasts.get(offer, 0)})
        self.env["commune.service.subscription"].create(values)

    def _get_subscriptions_of_period(self):
        """What the commune already has between the first and the last day."""
        domain = Domain("commune_id", "=", self.commune_id.id) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", self.start_date)
        )
        if self.end_date:
            domain &= Domain("date_start", "<=", self.end_date)
        return self.env["commune.service.subscription"].search(domain)

    def _prepare_subscription_values(self, offer, following):
        """From the first day until the end, or until the eve of what was agreed for later."""
        eve = following and following.date_start - relativedelta(days=1)
        return {
            "commune_id": self.commune_id.id,
            "offer_id": offer.id,
            "agreement_id": self.id,
            "date_start": self.start_date,
            "date_end": eve or self.end_date,
        }

    def _filter_last_versions(self):
        """Of agreements and amendments in force, the last version of each agreement."""
        last = {}
        for agreement in self.sorted("version"):
            last[agreement.parent_id or agreement] = agreement
        return self.filtered(lambda a: last[a.parent_id or a] == a)

    def _notify_stopped(self, sentence):
        """Notify the officer once of why a signed agreement does not come into force."""
        self = self.sudo()  # the officer is notified of any last signature
        user = self.user_id or self.env.company._get_service_manager()
        agreement = self.with_context(lang=user.lang)
        agreement._schedule_once(
            "agreement_stopped",
            user_id=user.id,
            summary=agreement.env._("Signed, but cannot come into force"),
            note=escape(sentence),
        )


class CommuneServiceSubscription(models.Model):
    _inherit = "commune.service.subscription"

    def _end_before(self, day):
        """End on the eve of a day."""
        self._end_on(day - relativedelta(days=1))

    def _end_on(self, day):
        """End on a day, or on that of the last use, which stays due; what has not begun by then
        is withdrawn."""
        Usage = self.env["commune.service.usage"].sudo()
        groups = Usage._read_group(
            Domain("subscription_id", "in", self.ids), ["subscription_id"], ["date:max"]
        )
        last = {line.id: used for line, used in groups}
        for line in self:
            end = max(day, last.get(line.id, day))
            if line.date_start > end:
                line.active = False
            elif not line.date_end or line.date_end > end:
                line.date_end = end
