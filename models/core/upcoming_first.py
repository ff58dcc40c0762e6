"""Lists in order of urgency: upcoming records, nearest first, then past ones."""

from datetime import datetime

from odoo import api, fields, models
from odoo.tools import SQL


class CommuneUpcomingFirstMixin(models.AbstractModel):
    """A list asks for it with `default_order="nearness"`.

    What runs today is to come; what is over follows, the latest first.
    """

    _name = "commune.upcoming.first.mixin"
    _description = "Record with a place in time"

    # (start, end): stored fields of the model, both dates or both moments.
    _nearest = ()

    nearness = fields.Integer(
        string="Days to go",
        compute="_compute_nearness",
        help="Until it starts; less than nothing when it has started.",
    )

    @api.depends(lambda self: self._nearest)
    def _compute_nearness(self):
        today = self.env.company._get_today()
        for record in self:
            start = record[self._nearest[0]] if self._nearest else False
            if isinstance(start, datetime):
                start = self.env.company._get_organisation_date(start)
            record.nearness = start and (start - today).days

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name != "nearness":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        start, end = (self._field_to_sql(alias, name, query) for name in self._nearest)
        is_day = self._fields[self._nearest[0]].type == "date"
        now = self.env.company._get_today() if is_day else fields.Datetime.now()
        return SQL(
            """%(end)s < %(now)s %(direction)s,
            CASE WHEN %(end)s < %(now)s THEN NULL ELSE %(start)s END %(direction)s,
            CASE WHEN %(end)s < %(now)s THEN %(now)s - %(start)s END %(direction)s""",
            start=start,
            end=end,
            now=now,
            direction=direction,
        )
