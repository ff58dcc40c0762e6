"""Rules of working time: half-days, limits, breaks, roads; dated, each with its source."""

from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...engine.staffing.hours import duration
from ...engine.staffing.limits import (
    AT_LEAST,
    AT_MOST,
    RANGES,
    UNITS,
    dated,
    is_looser,
    makes_sense,
)

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
    ("minutes", "Minutes of time"),
    ("weeks", "Weeks"),
    ("km", "Kilometres"),
    ("speed", "Kilometres per hour"),
    ("factor", "Times"),
]
SIGNS = {"minutes": "min", "km": "km", "speed": "km/h", "factor": "×"}
ORDER = [code for code, _label in CODES]
HALF_DAY_CODES = ORDER[:4]


class CommuneWorkRule(models.Model):
    """A rule without company holds for all; that of a company comes before it."""

    _name = "commune.work.rule"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Rule of working time"
    _order = "sequence, company_id, date_start desc, id"
    _readonly_fields = frozenset()  # what is worked out apart

    code = fields.Selection(CODES, string="Rule", required=True)
    name = fields.Char(
        required=True, translate=True, help="What it says, in the words of the service."
    )
    value = fields.Float(required=True, help="In the unit of the rule; 13.5 is 13:30.")
    unit = fields.Selection(UNIT_LABELS, compute="_compute_unit", store=True)
    value_text = fields.Char(string="In words", compute="_compute_value_text")
    looser_text = fields.Char(string="Looser than the decree", compute="_compute_looser_text")
    source = fields.Text(
        required=True, help="Law, decree or deliberation, with its article and its date."
    )
    date_start = fields.Date(
        string="Valid from",
        required=True,
        default=lambda self: self.env.company._get_today(),
        help="The choices of the organisation come with an old date, that of no decision: it only"
        " says that they hold for all that is kept here.",
    )
    date_end = fields.Date(string="Valid until", help="Empty: until the next one.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: all of them.")
    sequence = fields.Integer(compute="_compute_unit", store=True)
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
        for rule in self:
            rule.value_text = self._format_value(rule.unit, rule.value)

    @api.model
    def _format_value(self, unit, value):
        """A value as it is read: `10 h`, `1,3 ×` in French."""
        nbsp, number = "\N{NO-BREAK SPACE}", f"{value:g}"
        if (self.env.lang or "").startswith("fr"):
            number = number.replace(".", ",")
        if unit == "clock":
            return self.env["commune.letter"]._format_hour(value)
        if unit == "hours":
            return duration(value * 60).replace(" ", nbsp)
        if unit == "weeks":
            text = self.env._("1 week") if value == 1 else self.env._("%s weeks", number)
            return text.replace(" ", nbsp)
        return f"{number}{nbsp}{SIGNS[unit]}" if unit else ""

    @api.depends("code", "unit", "value")
    @api.depends_context("lang")
    def _compute_looser_text(self):
        """A derogation is possible (decree, art. 3, II): the value is kept, with a warning."""
        for rule in self:
            rule.looser_text = False
            if rule.value and is_looser(rule.code, rule.value):
                most = rule.code in AT_MOST
                limit = self._format_value(rule.unit, (AT_MOST if most else AT_LEAST)[rule.code])
                rule.looser_text = (
                    self.env._("Looser than decree no. 2000-815: %s at most.", limit)
                    if most
                    else self.env._("Looser than decree no. 2000-815: %s at least.", limit)
                )

    @api.constrains("code", "value", "date_start", "date_end", "company_id")
    def _check_values(self):
        self._check_range()
        self._check_half_days()

    def _check_range(self):
        """A value that makes no sense stops the engine, or refuses every agent."""
        for rule in self.filtered(lambda r: not makes_sense(r.code, r.value)):
            lowest, highest = (self._format_value(rule.unit, one) for one in RANGES[rule.code])
            values = {"rule": self._get_rule_name(rule.code), "low": lowest, "high": highest}
            if rule.unit == "weeks":
                raise ValidationError(
                    self.env._("“%(rule)s”: a whole number, from %(low)s to %(high)s.", **values)
                )
            raise ValidationError(self.env._("“%(rule)s”: from %(low)s to %(high)s.", **values))

    @api.model
    def _get_rule_name(self, code):
        return dict(self._fields["code"]._description_selection(self.env))[code]

    def _check_half_days(self):
        """The morning comes before the afternoon, on each day from which an hour changes: the
        day after the last of a rule, another one holds."""
        if not set(HALF_DAY_CODES) & set(self.mapped("code")):
            return
        self.env.registry.clear_cache()
        hours = self.sudo().search([("code", "in", HALF_DAY_CODES)])
        days = {rule.date_start for rule in hours}
        days |= {rule.date_end + timedelta(days=1) for rule in hours if rule.date_end}
        for company in hours.company_id | self.env.company:
            for day in sorted(days):
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
                            self.env["commune.letter"]._format_date(day),
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
            self.check_access("write")  # a rule is not given to a third-party company
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
        """code -> ((first day, last day or None, value), …), values of the company first."""
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
                    "The rule “%(rule)s” has no value on %(day)s: a manager adds it in the"
                    " configuration, with its source.",
                    rule=self._get_rule_name(code),
                    day=self.env["commune.letter"]._format_date(day),
                )
            )
        return value

    @api.model
    def _get_longest_average(self, company):
        """Most weeks over which hours are averaged, whatever the day."""
        periods = self._read_rules(company.id).get("average_weeks", ())
        return timedelta(weeks=max((value for _first, _last, value in periods), default=0))

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
