"""Surveys opened and answered; guides and watch distributed and read."""

from odoo import models
from odoo.fields import Domain

from ....engine.indicators import Figure
from .figures import Row
from .requests_figures import days_within, within

CAMPAIGN, TARGET = "commune.survey.campaign", "commune.survey.target"
GUIDE, ITEM, READ = "commune.guide.view", "commune.watch.item", "commune.watch.view"


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _collect(self, period, scope):
        rows = super()._collect(period, scope)
        if self._reads(CAMPAIGN) and self._reads(TARGET):
            rows += self._collect_surveys(period, scope)
        read = days_within("date", period) & scope.on()
        if self._reads(GUIDE):
            rows += self._number("guides_read", GUIDE, read)
        if self._reads(READ):
            rows += self._number("watch_read", READ, read)
        if self._reads(ITEM):
            rows += self._collect_watch(period, scope)
        return rows

    def _collect_surveys(self, period, scope):
        opened = Domain("state", "!=", "draft") & days_within("date_open", period)
        asked = Domain("campaign_id", "any", opened) & scope.on()
        targeting = opened if scope.is_all else opened & Domain("target_ids", "any", scope.on())
        return [
            *self._number("surveys_opened", CAMPAIGN, targeting),
            *self._share("surveys_answers", TARGET, Domain("state", "=", "done"), asked),
        ]

    def _collect_watch(self, period, scope):
        """A distributed item goes to the communes that it concerns, not to those of a sector."""
        if not scope.is_all:
            return [Row("watch_sent", Figure(None))]
        sent = within("distributed_date", period)
        sent &= Domain("state", "in", ("distributed", "archived"))
        return self._number("watch_sent", ITEM, sent)
