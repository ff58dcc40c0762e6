"""The year by month, reason, job and size of commune: the tables and charts of the report."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...core.collation import collate, collate_place
from ..indicator.fill import REQUEST, SLOT

MOST_JOBS = 12


class CommuneReplacementFigures(models.AbstractModel):
    _inherit = "commune.replacement.figures"

    @api.model
    def _get_breakdowns(self, start, end):
        """Tables of a period; each adds up to the indicator of the same name.

        :return: {`months`, `reasons`, `jobs`, `bands`: [[label, requests, half-days asked, filled]]
            } and `repeated`: [[commune, job, requests]], `skills`: [[skill, levels gained]],
            `communes`: [[commune, half-days asked, filled]], `map`: [[INSEE code, has an agreement
            on the last day, half-days filled]]
        """
        self = self.sudo()  # figures count what their reader may not open
        period = self._get_period(start, end)
        asked, requests = self._get_asked_domain(period), self._get_request_domain(period)
        return {
            "months": self._break_down_months(period, asked, requests),
            "reasons": self._break_down(asked, requests, "reason"),
            "jobs": self._break_down_jobs(asked, requests),
            "bands": self._break_down(asked, requests, "commune_id.population_band"),
            "communes": self._break_down_communes(asked),
            "map": self._list_map(period, asked),
            "repeated": self._list_repeated(end),
            "skills": self._list_skills(period),
        }

    def _count_by(self, asked, requests, name):
        """{value: [requests, half-days asked, filled]}"""
        found = {}
        groups = self.env[REQUEST]._read_group(requests, [name], ["__count"])
        for value, count in groups:
            found.setdefault(value, [0, 0, 0])[0] = count
        slots = self.env[SLOT]
        groups = slots._read_group(asked, [f"request_id.{name}", "state"], ["__count"])
        for value, state, count in groups:
            row = found.setdefault(value, [0, 0, 0])
            row[1] += count
            row[2] += count if state == "filled" else 0
        return found

    def _break_down(self, asked, requests, name):
        counts = self._count_by(asked, requests, name)
        model = "res.partner" if "." in name else REQUEST
        labels = self._get_labels(model, name.rpartition(".")[2])
        return [[label, *counts[key]] for key, label in labels.items() if key in counts]

    def _break_down_jobs(self, asked, requests):
        """The most frequent ones; the others in one line."""
        counts = self._count_by(asked, requests, "job_family")
        rows = [[job or self.env._("Not said"), *numbers] for job, numbers in counts.items()]
        rows.sort(key=lambda row: (-row[2], -row[1], row[0]))
        others = rows[MOST_JOBS:]
        if others:
            sums = [sum(column) for column in list(zip(*others, strict=True))[1:]]
            rows[MOST_JOBS:] = [[self.env._("Other jobs"), *sums]]
        return rows

    def _break_down_months(self, period, asked, requests):
        zoned = self.env[REQUEST].with_context(tz=self.env.company._get_zone_name())
        answered = {
            moment.strftime("%Y-%m"): count
            for moment, count in zoned._read_group(requests, ["received_date:month"], ["__count"])
        }
        days = {}
        groups = self.env[SLOT]._read_group(asked, ["date:month", "state"], ["__count"])
        for first, state, count in groups:
            row = days.setdefault(first.strftime("%Y-%m"), [0, 0])
            row[0] += count
            row[1] += count if state == "filled" else 0
        rows, month = [], period.start.replace(day=1)
        while month <= period.end:
            key = month.strftime("%Y-%m")
            label = format_date(self.env, month, date_format="MMM yy")
            rows.append([label, answered.get(key, 0), *days.get(key, [0, 0])])
            month += relativedelta(months=1)
        return rows

    def _break_down_communes(self, asked):
        found = {}
        groups = self.env[SLOT]._read_group(asked, ["commune_id", "state"], ["__count"])
        for commune, state, count in groups:
            row = found.setdefault(commune, [0, 0])
            row[0] += count
            row[1] += count if state == "filled" else 0
        order = sorted(found, key=lambda place: (-found[place][0], collate_place(place.name)))
        return [[place.name, *found[place]] for place in order]

    def _list_map(self, period, asked):
        """Members of the intercommunality with an INSEE code, which the map requires."""
        members = self.env.company._get_epci()._get_members().filtered("insee_code")
        covered = members._get_replacement_agreements(period.end).commune_id
        taken = asked & Domain("state", "=", "filled")
        filled = dict(self.env[SLOT]._read_group(taken, ["commune_id"], ["__count"]))
        return [[one.insee_code, one in covered, filled.get(one, 0)] for one in members]

    def _list_repeated(self, end):
        """Needs that last: what could become a shared post."""
        start = end - relativedelta(years=1) + relativedelta(days=1)
        domain = self._get_request_domain(self._get_period(start, end))
        jobs = self._group_by_job(domain)
        rows = [[c.name, job, len(i)] for (c, job), i in jobs.items() if len(i) > 1]
        return sorted(rows, key=lambda row: (-row[2], collate_place(row[0]), collate(row[1])))

    def _list_skills(self, period):
        """Levels that agents of the pool reached in the period, by skill."""
        found = self.env["hr.employee.skill"]._read_group(
            Domain("employee_id.is_replacement_agent", "=", True)
            & Domain("skill_id.commune_code", "!=", False)
            & Domain("valid_from", ">=", period.start)
            & Domain("valid_from", "<=", period.end),
            ["skill_id"],
            ["__count"],
        )
        rows = [[skill.name, count] for skill, count in found]
        return sorted(rows, key=lambda row: collate(row[0]))
