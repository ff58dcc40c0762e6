"""Other half-days that would do as well: ticked by the commune, never read in what it wrote."""

from odoo import api, fields, models

from ....engine.staffing import Pattern, half_days
from ..week_grid import OTHER, OTHER_FIELDS


class CommuneReplacementRequest(models.Model):
    """The second grid: a plan may move the whole request to it, as many half-days a week at most
    as were asked. A text moves nothing: “not on Wednesdays” names a Wednesday too."""

    _inherit = "commune.replacement.request"

    other_mon_am = fields.Boolean(string="Monday morning would do")
    other_mon_pm = fields.Boolean(string="Monday afternoon would do")
    other_tue_am = fields.Boolean(string="Tuesday morning would do")
    other_tue_pm = fields.Boolean(string="Tuesday afternoon would do")
    other_wed_am = fields.Boolean(string="Wednesday morning would do")
    other_wed_pm = fields.Boolean(string="Wednesday afternoon would do")
    other_thu_am = fields.Boolean(string="Thursday morning would do")
    other_thu_pm = fields.Boolean(string="Thursday afternoon would do")
    other_fri_am = fields.Boolean(string="Friday morning would do")
    other_fri_pm = fields.Boolean(string="Friday afternoon would do")
    other_sat_am = fields.Boolean(string="Saturday morning would do")
    other_sat_pm = fields.Boolean(string="Saturday afternoon would do")
    other_week_text = fields.Char(string="Would do as well", compute="_compute_other_week_text")

    @api.depends(*OTHER_FIELDS)
    def _compute_other_week_text(self):
        for request in self:
            request.other_week_text = request._describe_week(OTHER)

    def _get_other_half_days(self):
        """Half-days of the period that may replace those requested."""
        self.ensure_one()
        week = self._get_week(OTHER)
        if not week:
            return ()
        closed = self.commune_id._get_closed_days
        return half_days(Pattern(frozenset(week)), self.date_start, self.date_end, closed)
