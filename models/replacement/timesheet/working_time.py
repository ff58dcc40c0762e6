"""What one agent may have worked: never in two places, never beyond the rules of working time."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ....engine.staffing import WEEK_RULES, Limits, Stretch, find_overlaps, find_troubles
from ...core.row_lock import lock_rows


class CommuneReplacementTimesheetLine(models.Model):
    _inherit = "commune.replacement.timesheet.line"

    has_known_overlap = fields.Boolean(
        string="In two places already before",
        readonly=True,
        help="These hours overlapped others before the rule came: they are neither checked nor"
        " billed until one of them is corrected.",
    )
    # Two persons may type at once: PostgreSQL alone sees both. Deferrable: a week whose half-days
    # all move passes through states where they overlap.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (employee_id WITH =, date WITH =,"
        " int4range(round(hour_start * 60)::int, round(hour_end * 60)::int) WITH &&)"
        " WHERE (state != 'dropped' AND has_known_overlap IS NOT TRUE) DEFERRABLE",
        "This agent already has hours at the same time, maybe in another commune: read the hours"
        " of that day again, then correct them.",
    )

    def _defer_overlap(self):
        """Defer the constraint, so that `_check_working_time` names the places first."""
        self.env.cr.execute(f"SET CONSTRAINTS {self._table}_no_overlap DEFERRED")

    def _get_stretches(self):
        """{line: its hours, as the engine reads them}"""
        return {line: line._get_stretch() for line in self if line.date}

    def _get_stretch(self):
        midnight = datetime.combine(self.date, time())
        begin, end = (
            midnight + timedelta(minutes=round(hour * 60))
            for hour in (self.hour_start, self.hour_end)
        )
        return Stretch(begin, end, self.commune_id.name or "", self.id)

    def _check_extended(self, before):
        """Judge the lines that hold more than before: a correction that only takes hours away
        makes nothing worse, even where the rest is still to be corrected.

        :param before: {line: its stretch, before what was typed}
        """
        after = self._get_stretches()
        extended = self.filtered(
            lambda line: line not in before or not before[line].holds(after[line])
        )
        extended._check_worked_days()
        extended._check_working_time()
        (self.filtered("has_known_overlap") - extended)._refresh_known_overlap()
        self.flush_model()
        self.env.cr.execute(f"SET CONSTRAINTS {self._table}_no_overlap IMMEDIATE")

    def _check_working_time(self):
        """Hours of one agent over all the missions, against the rules of working time of the day.

        :raise ValidationError: the days, the communes and the hours that do not hold
        """
        lines = self.sudo().filtered(lambda line: line.state != "dropped")
        if not lines:
            return
        lock_rows(lines.employee_id)  # hours typed at the same time elsewhere count too
        limits = self.env["commune.work.rule"]._get_limits(
            self.env.company, min(lines.mapped("date")), max(lines.mapped("date"))
        )
        around = lines._find_around().grouped("employee_id")
        problems = []
        for agent, judged in lines.grouped("employee_id").items():
            stretches = (around[agent] | judged)._get_stretches().values()
            found = find_troubles(stretches, limits, set(judged.ids))
            problems += [self._describe_trouble(agent, trouble) for trouble in found]
        if problems:
            raise ValidationError("\n".join(problems))
        lines.filtered("has_known_overlap").has_known_overlap = False

    def _find_around(self):
        """Hours of the same agents, near enough to count in the same average."""
        around = self.env["commune.work.rule"]._get_longest_average(self.env.company)
        domain = Domain("employee_id", "in", self.employee_id.ids)
        domain &= Domain("date", ">=", min(self.mapped("date")) - around)
        domain &= Domain("date", "<=", max(self.mapped("date")) + around)
        return self.search(domain & Domain("state", "!=", "dropped"))

    def _refresh_known_overlap(self):
        """A known overlap that a correction has ended is held like any other hours."""
        if not self:
            return
        lines = self.sudo()
        stretches = lines._find_around().grouped("employee_id")
        for agent, known in lines.grouped("employee_id").items():
            pairs = find_overlaps(stretches[agent]._get_stretches().values())
            still = {one.key for pair in pairs for one in pair}
            known.browse(set(known.ids) - still).has_known_overlap = False

    @api.model
    def _report_known_overlaps(self):
        """An activity on each week whose hours overlapped others before the rule came."""
        lines = self.sudo().search([("has_known_overlap", "=", True)])
        around = lines and lines._find_around().grouped("employee_id")
        for sheet, known in lines.grouped("sheet_id").items():
            user = sheet.mission_id.user_id or self.env.ref("base.user_root")
            others = around[sheet.employee_id]._get_stretches().values()
            pairs = find_troubles(others, Limits(), set(known.ids))
            letter = known.with_context(lang=user.lang)
            sheet.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=letter.env._("Hours in two places at once, to correct"),
                note=plaintext2html(
                    "\n".join(letter._describe_trouble(sheet.employee_id, one) for one in pairs)
                ),
                user_id=user.id,
            )

    @api.model
    def _describe_trouble(self, agent, trouble):
        """“Nadia FERRY, lundi 11 janvier 2027 : Aubrive de 8 h à 12 h et …. Corrigez…”"""
        day = self.env["commune.letter"]._format_date(trouble.date)
        values = {"agent": agent.name, "reason": trouble.reason, "day": day}
        if trouble.rule == "overlap":
            return self.env._(
                "%(agent)s, %(day)s: %(reason)s. Correct the hours of one of the two.", **values
            )
        if trouble.rule in WEEK_RULES:
            return self.env._(
                "%(agent)s, week of %(day)s: %(reason)s. Correct the hours; a derogation is"
                " first added to the rules of working time, with its source.",
                **values,
            )
        return self.env._(
            "%(agent)s, %(day)s: %(reason)s. Correct the hours; a derogation is first added to"
            " the rules of working time, with its source.",
            **values,
        )
