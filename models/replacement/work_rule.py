"""Rules of working time: half-days, limits, breaks, roads; dated, each with its source."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...engine.staffing.hours import duration
from ...engine.staffing.limits import UNITS, dated

CODES = [
    ("morning_start", "Morning starts at"),
    ("morning_end", "Morning ends at"),
    ("afternoon_start", "Afternoon starts at"),
    ("afternoon_end", "Afternoon ends at"),
    ("day_hours", "Most hours in a day"),
    ("amplitude_hours", "Longest stretch of a day"),
    ("rest_hours", "Least rest between two days"),
    ("weekly_rest_hours", "Least rest in a week"),
    ("week_hours", "Most hours in a week"),
    ("average_hours", "Most hours a week on average"),
    ("average_weeks", "Weeks of the average"),
    ("break_after_hours", "Work that calls for a break"),
    ("break_minutes", "Least break"),
    ("lunch_minutes", "Least lunch break"),
    ("speed_kmh", "Speed between two communes"),
    ("detour", "Road over straight line"),
    ("warn_km", "Way at noon worth a warning"),
    ("bus_km", "Held to be served by public transport up to"),
]
UNIT_LABELS = [
    ("clock", "Hour of the day"),
    ("hours", "Hours"),
    ("minutes", "Minutes"),
    ("weeks", "Weeks"),
    ("km", "Kilometres"),
    ("speed", "Kilometres per hour"),
    ("factor", "Times"),
]
ORDER = [code for code, _label in CODES]
HALF_DAY_CODES = ORDER[:4]


class CommuneWorkRule(models.Model):
    """A rule without company holds for all; that of a company comes before it."""

    _name = "commune.work.rule"
    _description = "Rule of working time"
    _order = "sequence, company_id, date_start desc, id"

    code = fields.Selection(CODES, string="Rule", required=True)
    name = fields.Char(
        required=True, translate=True, help="What it says, in the words of the service."
    )
    value = fields.Float(required=True, help="In the unit of the rule; 13.5 is 13:30.")
    unit = fields.Selection(UNIT_LABELS, compute="_compute_unit", store=True)
    value_text = fields.Char(string="In words", compute="_compute_value_text")
    source = fields.Text(
        required=True, help="Law, decree or deliberation, with its article and its date."
    )
    date_start = fields.Date(string="Valid from", required=True, default=fields.Date.context_today)
    date_end = fields.Date(string="Valid until", help="Empty: until the next one.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: all of them.")
    sequence = fields.Integer(compute="_compute_unit", store=True)
    _value_check = models.Constraint("CHECK(value > 0)", "The value of a rule is above zero.")
    _clock_check = models.Constraint(
        "CHECK(unit != 'clock' OR value <= 24)", "An hour of the day is at most 24."
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)", "The rule ends before it starts."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (code WITH =, coalesce(company_id, 0) WITH =,"
        " daterange(date_start, date_end, '[]') WITH &&)",
        "Another value of this rule already holds in this period: end it first.",
    )

    @api.depends("code")
    def _compute_unit(self):
        for rule in self:
            rule.unit = UNITS.get(rule.code)
            rule.sequence = ORDER.index(rule.code) if rule.code else 0

    @api.depends("unit", "value")
    @api.depends_context("lang")
    def _compute_value_text(self):
        letter, nbsp = self.env["commune.letter"], "\N{NO-BREAK SPACE}"
        signs = {"minutes": "min", "km": "km", "speed": "km/h", "factor": "×"}
        for rule in self:
            if rule.unit == "clock":
                rule.value_text = letter._format_hour(rule.value)
            elif rule.unit == "hours":
                rule.value_text = duration(rule.value * 60)
            elif rule.unit == "weeks":
                rule.value_text = self.env._("%s weeks", round(rule.value))
            else:
                rule.value_text = f"{rule.value:g}{nbsp}{signs.get(rule.unit, '')}".rstrip()

    @api.constrains("code", "value", "date_start", "date_end", "company_id")
    def _check_half_days(self):
        """The morning comes before the afternoon, on each day from which an hour changes."""
        if not set(HALF_DAY_CODES) & set(self.mapped("code")):
            return
        self.env.registry.clear_cache()
        hours = self.sudo().search([("code", "in", HALF_DAY_CODES)])
        for company in hours.company_id | self.env.company:
            for day in set(hours.mapped("date_start")):
                values = [self._find_value(company, code, day) for code in HALF_DAY_CODES]
                if None in values:
                    continue
                start, noon, again, end = values
                if not start < noon <= again < end:
                    self.env.registry.clear_cache()  # what is refused was read
                    raise ValidationError(
                        self.env._(
                            "The morning comes before the afternoon, and each starts before it"
                            " ends: on %s they do not.",
                            self.env["commune.letter"]._format_day(day),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["date_start", "date_end"])  # a rule that has just been ended
        rules = super().create(vals_list)
        rules._changed()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su:
            self.check_access("write")  # a rule is not given to a company of others
        self._changed()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_changed(self):
        self.env.registry.clear_cache()

    def _changed(self):
        """What was read is forgotten, and the calendars to come show the new hours."""
        self.env.registry.clear_cache()
        if set(self.mapped("code")) & set(HALF_DAY_CODES):
            self.env.company._move_half_days_to_come()

    # reading: by every role, through the service

    @api.model
    @tools.ormcache("company_id")
    def _read_rules(self, company_id):
        """code -> ((first day, last day or None, value), …), those of the company first."""
        found = {}
        rules = self.sudo().search([("company_id", "in", (False, company_id))])
        for rule in rules.sorted(lambda r: not r.company_id):
            found.setdefault(rule.code, []).append((rule.date_start, rule.date_end, rule.value))
        return found

    @api.model
    def _find_value(self, company, code, day):
        """The value of a rule on a day, None when nothing holds."""
        for first, last, value in self._read_rules(company.id).get(code, ()):
            if first <= day and (not last or day <= last):
                return value
        return None

    @api.model
    def _get_value(self, company, code, day):
        """:raise UserError: the rule is missing on this day"""
        value = self._find_value(company, code, day)
        if value is None:
            raise UserError(
                self.env._(
                    "No rule of working time says “%(rule)s” on %(day)s: a manager adds it in the"
                    " configuration, with its source.",
                    rule=dict(self._fields["code"]._description_selection(self.env))[code],
                    day=self.env["commune.letter"]._format_day(day),
                )
            )
        return value

    @api.model
    def _get_limits(self, company, start, end):
        """The limits that the engine is given, with each day of a period on which they change."""
        days = {start}
        for periods in self._read_rules(company.id).values():
            for first, last, _value in periods:
                days |= {first, last + timedelta(days=1)} if last else {first}
        return dated(
            (day, {code: self._get_value(company, code, day) for code in ORDER})
            for day in sorted(days)
            if start <= day <= end
        )
