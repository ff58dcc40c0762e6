"""Half-days of a week: those an agent works, those a commune asks for or opens."""

from odoo import api, fields, models

HALF_DAYS = [("am", "Morning"), ("pm", "Afternoon")]
EVENING = "pm_evening"  # of a council: days are read in the order of these codes
PERIODS = [*HALF_DAYS, (EVENING, "Evening")]  # what hours are written for
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
GRID_FIELDS = [f"{day}_{half}" for day in WEEKDAYS for half, _label in HALF_DAYS]
OTHER = "other_"  # prefix of the second grid of a request
OTHER_FIELDS = [OTHER + name for name in GRID_FIELDS]


class CommuneWeekGrid(models.AbstractModel):
    """Twelve boxes: a table that one ticks on a phone, and that a list can search."""

    _name = "commune.week.grid"
    _description = "Half-days of a week"

    mon_am = fields.Boolean(string="Monday morning")
    mon_pm = fields.Boolean(string="Monday afternoon")
    tue_am = fields.Boolean(string="Tuesday morning")
    tue_pm = fields.Boolean(string="Tuesday afternoon")
    wed_am = fields.Boolean(string="Wednesday morning")
    wed_pm = fields.Boolean(string="Wednesday afternoon")
    thu_am = fields.Boolean(string="Thursday morning")
    thu_pm = fields.Boolean(string="Thursday afternoon")
    fri_am = fields.Boolean(string="Friday morning")
    fri_pm = fields.Boolean(string="Friday afternoon")
    sat_am = fields.Boolean(string="Saturday morning")
    sat_pm = fields.Boolean(string="Saturday afternoon")
    week_text = fields.Char(string="Week", compute="_compute_week_text")

    @api.depends(*GRID_FIELDS)
    def _compute_week_text(self):
        for record in self:
            record.week_text = record._describe_week()

    def _get_week(self, prefix=""):
        """Set of (weekday from 0 for Monday, `am` or `pm`)."""
        return {
            (number, half)
            for number, day in enumerate(WEEKDAYS)
            for half, _label in HALF_DAYS
            if self[f"{prefix}{day}_{half}"]
        }

    @api.model
    def _prepare_week(self, week, prefix=""):
        """Values of the boxes for a set of (weekday, half-day)."""
        return {
            f"{prefix}{day}_{half}": (number, half) in week
            for number, day in enumerate(WEEKDAYS)
            for half, _label in HALF_DAYS
        }

    def _describe_week(self, prefix=""):
        """`Monday, Tuesday (morning)`; `Lundi, mardi (matin)` in French."""
        first, *others = self._list_week(prefix) or [""]
        french = (self.env.lang or "").startswith("fr")
        return ", ".join([first, *(day.lower() if french else day for day in others)])

    def _list_week(self, prefix=""):
        """Whole days by their name, the others with the half."""
        week = self._get_week(prefix)
        parts = []
        for number, label in enumerate(self._get_day_names()):
            halves = [half for half in ("am", "pm") if (number, half) in week]
            if len(halves) == 2:
                parts.append(label)
            elif halves:
                half = self.env._("morning") if halves == ["am"] else self.env._("afternoon")
                parts.append(f"{label} ({half})")
        return parts

    @api.model
    def _get_day_names(self):
        return [
            self.env._("Monday"),
            self.env._("Tuesday"),
            self.env._("Wednesday"),
            self.env._("Thursday"),
            self.env._("Friday"),
            self.env._("Saturday"),
        ]
