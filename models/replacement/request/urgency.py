"""When somebody must have found an agent: the order of the list, and days that are over."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

TO_FILL = ("submitted", "qualified", "searching", "proposed", "partially_filled")
AT_ONCE = ("same_day", "next_day")
ALERTS = [
    ("now", "Today"),
    ("soon", "Next working day"),
    ("later", "Later"),
    ("over", "The days are over"),
]


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    next_date = fields.Date(
        string="Next half-day to fill", compute="_compute_next_date", compute_sudo=True
    )
    alert = fields.Selection(ALERTS, compute="_compute_alert")
    alert_text = fields.Char(string="An agent is missing", compute="_compute_alert")

    @api.model
    def _get_today(self):
        """The day it is on the clock of the communes."""
        return self.env.company._get_today()

    @api.depends("slot_ids.state", "slot_ids.date")
    def _compute_next_date(self):
        slots = self.env["commune.replacement.slot"]
        domain = [
            ("request_id", "in", self.ids),
            ("state", "=", "open"),
            ("date", ">=", self._get_today()),
        ]
        nearest = dict(slots._read_group(domain, ["request_id"], ["date:min"]))
        for request in self:
            request.next_date = nearest.get(request._origin)

    @api.depends("next_date", "state")
    @api.depends_context("lang")
    def _compute_alert(self):
        today = self._get_today()
        soon = self._get_working_days().add(today, 1)
        for request in self:
            day = request.next_date
            request.alert = request.alert_text = False
            if request.state not in TO_FILL:
                continue
            if not day:
                is_over = any(slot.state == "open" for slot in request.slot_ids)
                request.alert = "over" if is_over else False
                request.alert_text = self.env._("Days over: to close") if is_over else False
            elif day == today:
                request.alert, request.alert_text = "now", self.env._("Today")
            else:
                request.alert = "soon" if day <= soon else "later"
                is_tomorrow = day == today + timedelta(days=1)
                request.alert_text = (
                    self.env._("Tomorrow")
                    if is_tomorrow
                    else self.env.company._format_short_date(day, "EEE d MMM")
                )

    def _get_working_days(self):
        return self.env.company._get_working_days()

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """The nearest half-day without agent first; what has none comes last."""
        if field_name != "next_date":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        self.env["commune.replacement.slot"].flush_model(["request_id", "state", "date"])
        return SQL(
            "(SELECT MIN(slot.date) FROM commune_replacement_slot slot"
            " WHERE slot.request_id = %s AND slot.state = 'open' AND slot.date >= %s) %s %s",
            SQL.identifier(alias, "id"),
            self._get_today(),
            direction,
            nulls,
        )

    # An agent is not asked for yesterday.

    def _check_days_to_come(self):
        """:raise UserError: some of the half-days asked for are over"""
        today, letter = self._get_today(), self.env["commune.letter"]
        for request in self:
            past = request.slot_ids.filtered(lambda s: s.state == "open" and s.date < today)
            if past:
                raise UserError(
                    self.env._(
                        "%(name)s asks for days that are over (%(day)s): an agent is asked for"
                        " from today on. Change the dates.",
                        name=request.name,
                        day=letter._format_date(min(past.mapped("date"))),
                    )
                )

    def _check_new_start(self, vals):
        """:raise UserError: a request that was submitted is put off to a day that is over"""
        start = fields.Date.to_date(vals.get("date_start"))
        if self.env.su or not start or start >= self._get_today():
            return
        if self.filtered(lambda r: r.state != "draft" and start < r.date_start):
            raise UserError(self._get_past_sentence(start))

    @api.model
    def _get_past_sentence(self, day):
        return self.env._(
            "%s is over: an agent is asked for from today on.",
            self.env["commune.letter"]._format_date(day).capitalize(),
        )
