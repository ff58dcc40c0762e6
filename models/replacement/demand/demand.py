"""Forecast of the next quarter: yearly peaks, coming months, agents by skill."""

import math
from collections import Counter
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ....engine.demand import fixed_peaks, forecast
from ..indicator.fill import SLOT

AHEAD = 3  # months
AT_LEAST = 2  # level of a skill with which an agent works alone
KINDS = [
    ("peak", "Peak of the year"),
    ("month", "Month to come"),
    ("past", "Month past"),
    ("skill", "Skill"),
    ("job", "Job"),
    ("band", "Size of commune"),
]


class CommuneReplacementDemand(models.TransientModel):
    _name = "commune.replacement.demand"
    _description = "Demand of replacements to come"

    verdict = fields.Text(string="What this is worth", readonly=True)
    line_ids = fields.One2many("commune.replacement.demand.line", "demand_id", readonly=True)
    peak_ids = fields.One2many(
        "commune.replacement.demand.line", "demand_id", domain=[("kind", "=", "peak")]
    )
    month_ids = fields.One2many(
        "commune.replacement.demand.line", "demand_id", domain=[("kind", "=", "month")]
    )
    past_ids = fields.One2many(
        "commune.replacement.demand.line", "demand_id", domain=[("kind", "=", "past")]
    )
    skill_ids = fields.One2many(
        "commune.replacement.demand.line", "demand_id", domain=[("kind", "=", "skill")]
    )
    part_ids = fields.One2many(
        "commune.replacement.demand.line", "demand_id", domain=[("kind", "in", ("job", "band"))]
    )

    @api.depends_context("lang")
    def _compute_display_name(self):
        for screen in self:
            screen.display_name = self.env._("Demand to come")

    @api.model
    def _open(self):
        self.browse().check_access("create")
        # As superuser: the forecast is the same for everybody who may open it.
        screen = self.create(self.sudo()._prepare())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_demand_action"
        )
        return {**action, "res_id": screen.id}

    @api.model
    def _prepare(self):
        today = self.env.company._get_today()
        first = today.replace(day=1)  # the month in progress is one of those to come
        history = self._get_history(first)
        found = forecast(list(history.values()), AHEAD)
        total = sum(found.values)
        lines = [
            *self._prepare_peaks(today),
            *self._prepare_months(first, history, found),
            *self._prepare_past(first),
            *self._prepare_skills(first, total),
            *self._prepare_parts(first, total),
        ]
        for rank, line in enumerate(lines):
            line["sequence"] = rank
        return {
            "verdict": self._get_verdict(found, len(history)),
            "line_ids": [fields.Command.create(line) for line in lines],
        }

    @api.model
    def _get_asked(self, first, last=None):
        """Half-days that communes asked for, from a day until the eve of another."""
        asked = Domain("state", "!=", "cancelled")
        asked &= Domain("request_id.state", "not in", ("draft", "cancelled"))
        asked &= Domain("date", "<", last) if last else Domain.TRUE
        return asked & Domain("date", ">=", first) if first else asked

    @api.model
    def _get_history(self, until):
        """{month: half-days requested}, zeros included, up to the month before `until`."""
        asked = self._get_asked(None, until)
        groups = self.env[SLOT]._read_group(asked, ["date:month"], ["__count"])
        counts = {(month.year, month.month): count for month, count in groups}
        if not counts:
            return {}
        year, number = min(counts)
        month, found = until.replace(year=year, month=number, day=1), {}
        while month < until:
            found[month] = counts.get((month.year, month.month), 0)
            month += relativedelta(months=1)
        return found

    def _get_verdict(self, found, months):
        """Reliability of the figures, shown above them."""
        write = self.env["commune.replacement.figures"]._format_value
        errors = {
            name: write(value or 0, "half")
            for name, value in (("error", found.error), ("mean", found.mean_error))
        }
        if found.knows_better:
            return self.env._(
                "Forecast by smoothing. On the last twelve months, held back, it was wrong by"
                " %(error)s half-days a month on average; the mean of the same months, by"
                " %(mean)s.",
                **errors,
            )
        if found.error is not None:
            return self.env._(
                "We know no better than the mean of the same months. On the last twelve months,"
                " held back, it was wrong by %(mean)s half-days a month on average; the forecast"
                " that was tried, by %(error)s. The mean is shown.",
                **errors,
            )
        if found.method == "same_months":
            return self.env._(
                "%s months are known: three years are needed to try a forecast. The mean of the"
                " same months is shown; its error is not known.",
                months,
            )
        return self.env._(
            "%s months are known, less than a year: the mean of these months is shown. It says"
            " nothing of the seasons.",
            months,
        )

    # lines

    def _prepare_peaks(self, today):
        """Peaks that are not over, until the same day next year."""
        polls = [
            (election.name, election.first_round, election.last_round or election.first_round)
            for election in self.env["commune.election"].search([])
        ]
        skills = self.env["hr.skill"]._by_commune_code()
        names = self._name_peaks()
        end = today + relativedelta(years=1)
        for year in (today.year, today.year + 1):
            for peak in fixed_peaks(year, polls):
                if today <= peak.end and peak.start < end:
                    yield {
                        "kind": "peak",
                        "name": peak.name or names[peak.kind],
                        "note": self.env.company._format_document_period(peak.start, peak.end),
                        "skill_text": ", ".join(
                            skills[code].name for code in peak.skills if code in skills
                        ),
                    }

    def _name_peaks(self):
        return {
            "census": self.env._("Census of the population"),
            "accounts": self.env._("Closing of the accounts"),
            "budget": self.env._("Budget, voted by 15 April"),
            "payroll": self.env._("Payroll, end of the year"),
            "poll": self.env._("Poll"),
        }

    def _prepare_months(self, first, history, found):
        for rank, value in enumerate(found.values):
            month = first + relativedelta(months=rank)
            before = history.get(month - relativedelta(years=1))
            yield {
                "kind": "month",
                "name": self._name_month(month),
                "half_days": round(value, 1),
                "note": "" if before is None else self.env._("%s half-days a year before", before),
            }

    def _prepare_past(self, first):
        """The twelve months before, by size of commune; without those when nothing was asked."""
        start, found = first - relativedelta(years=1), {}
        groups = self.env[SLOT]._read_group(
            self._get_asked(start, first),
            ["date:month", "commune_id.population_band"],
            ["__count"],
        )
        for month, band, count in groups:
            line = found.setdefault((month.year, month.month), {"asked": 0})
            line["asked"] += count
            if band:
                line[band] = count
        months = (start + relativedelta(months=rank) for rank in range(12)) if found else ()
        for month in months:
            yield {
                "kind": "past",
                "name": self._name_month(month),
                **found.get((month.year, month.month), {}),
            }

    def _name_month(self, month):
        return format_date(self.env, month, date_format="MMMM y").capitalize()

    def _prepare_skills(self, first, total):
        """Agents needed by skill: half-days of a year that required it, over the half-days that an
        agent of the pool works in as many days."""
        asked, whole = self._count_skills(first)
        offered = self._get_capacity(first)
        agents = self.env["hr.employee"].search([("is_replacement_agent", "=", True)])
        ranks = [agent._get_skill_ranks() for agent in agents]
        for skill, count in asked.most_common():
            half_days = total * count / whole
            yield {
                "kind": "skill",
                "name": skill.name,
                "half_days": round(half_days, 1),
                "agents_needed": math.ceil(half_days / offered) if offered else 0,
                "agents_known": sum(rank.get(skill.commune_code, 0) >= AT_LEAST for rank in ranks),
            }

    def _count_skills(self, first):
        """(Counter of half-days by skill, half-days) of the twelve months before."""
        groups = self.env[SLOT]._read_group(
            self._get_asked(first - relativedelta(years=1), first), ["request_id"], ["__count"]
        )
        asked, whole = Counter(), 0
        for request, count in groups:
            whole += count
            for need in request.need_ids:
                asked[need.skill_id] += count
        return asked, whole

    def _get_capacity(self, first):
        """Half-days that an agent of the pool gives in the months to come, on average."""
        last = first + relativedelta(months=AHEAD) - timedelta(days=1)
        figures = self.env["commune.replacement.figures"]
        offered = figures._get_offered_hours(first, last)
        get_hours = figures._get_half_day_lengths()
        half_day = (get_hours("am", last) + get_hours("pm", last)) / 2
        if not offered or not half_day:
            return 0
        return float(sum(offered.values()) / len(offered) / half_day)

    def _prepare_parts(self, first, total):
        """The months to come by job and by size of commune, as in the twelve months before."""
        domain = self._get_asked(first - relativedelta(years=1), first)
        slots, labels = self.env[SLOT], {}
        figures = self.env["commune.replacement.figures"]
        labels["band"] = figures._get_labels("res.partner", "population_band")
        for kind, name in (
            ("band", "commune_id.population_band"),
            ("job", "request_id.job_family"),
        ):
            counts = dict(slots._read_group(domain, [name], ["__count"]))
            whole = sum(counts.values())
            for key, count in sorted(counts.items(), key=lambda pair: -pair[1]):
                yield {
                    "kind": kind,
                    "name": labels.get(kind, {}).get(key, key) or self.env._("Not said"),
                    "half_days": round(total * count / whole, 1),
                }


class CommuneReplacementDemandLine(models.TransientModel):
    _name = "commune.replacement.demand.line"
    _description = "Line of the demand to come"
    _order = "sequence, id"

    demand_id = fields.Many2one(
        "commune.replacement.demand", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    kind = fields.Selection(KINDS, string="By", required=True, readonly=True)
    name = fields.Char(string="What", readonly=True)
    half_days = fields.Float(string="Half-days expected", digits=(8, 1), readonly=True)
    asked = fields.Integer(string="Half-days asked", readonly=True)
    # One for each size of commune.
    under_1000 = fields.Integer(string="Under 1,000", readonly=True)
    under_3500 = fields.Integer(string="1,000 to 3,499", readonly=True)
    under_10000 = fields.Integer(string="3,500 to 9,999", readonly=True)
    over_10000 = fields.Integer(string="10,000 and more", readonly=True)
    agents_needed = fields.Integer(readonly=True)
    agents_known = fields.Integer(
        string="Agents who have it", readonly=True, help="At level 2 at least: they work alone."
    )
    skill_text = fields.Char(string="Skills asked for", readonly=True)
    note = fields.Char(string="When, compared with", readonly=True)
