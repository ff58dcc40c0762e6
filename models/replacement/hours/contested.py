"""Hours that a commune contests: told to the agent by mail, and said beside every total."""

from odoo import api, fields, models

from ....engine.text import after_comma


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    contested_hours = fields.Float(
        string="Hours contested", compute="_compute_contested_hours", digits=(8, 2)
    )

    @api.depends("line_ids.hours", "line_ids.state")
    def _compute_contested_hours(self):
        for sheet in self:
            contested = sheet.line_ids.filtered(lambda line: line.state == "contested")
            sheet.contested_hours = sum(contested.mapped("hours"))

    def _format_hours(self):
        """`10 h 30`: all that the agent wrote, contested or not."""
        return self.env["commune.letter"]._format_duration(self.hour_total)

    def _say_contested(self):
        """What stands beside a total: “, dont 3 h 30 contestées”; empty when nothing is."""
        self.ensure_one()
        if not self.contested_hours:
            return ""
        hours = self.env["commune.letter"]._format_duration(self.contested_hours)
        return self.env._(", %s of them contested", hours)

    def _describe_total(self):
        """`10 h 30, dont 3 h 30 contestées · 48 km`: all that the agent wrote."""
        self.ensure_one()
        parts = [self._format_hours() + self._say_contested()]
        if self.km_total:
            parts.append(self.env._("%s km", f"{self.km_total:g}"))
        return " · ".join(parts)

    def _tell_agent_contested(self):
        """The agent reads what the commune contests, and why."""
        for sheet in self:
            agent = sheet.employee_id.sudo().with_context(contested_sheet=sheet.id)
            agent._send_letters("mail_template_replacement_contested")

    def _get_confirmation(self, mandate, reasons):
        """What whoever signs confirms.

        :param reasons: {line: objection, empty when it is right}
        :return: list of (label, text)
        """
        self.ensure_one()
        letter = self.env["commune.letter"]
        week = self.env._(
            "Hours of %(agent)s, week of %(day)s",
            agent=self.employee_id.sudo().name,
            day=self.env.company._format_document_date(self.week_start),
        )
        right = [line for line, reason in reasons.items() if not reason]
        rows = [(self.env._("You sign"), week), *mandate._get_signing_rows()]
        if right:
            hours = letter._format_duration(sum(line.hours for line in right))
            rows.append((self.env._("Hours that you validate"), hours))
        for line, reason in reasons.items():
            if reason:
                half_day = f"{line._format_half_day()} ({line._format_times()})"
                rows.append((self.env._("You contest"), f"{half_day} – {reason}"))
        return rows


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_contested_sheet(self):
        """The week of the letter at hand, else the last one that a commune contests; letters are
        made as superuser, anybody else reads what the rules of access show."""
        self.ensure_one()
        sheets = self.env["commune.replacement.timesheet"]
        if number := self.env.context.get("contested_sheet"):
            return sheets.browse(number).filtered(lambda sheet: sheet.employee_id == self)
        domain = [("employee_id", "=", self.id), ("state", "=", "contested")]
        return sheets.search(domain, limit=1)

    def _describe_contested(self):
        """“La commune d’Aubrive conteste 3 h 30 de la semaine du 11 janvier 2027.”"""
        sheet = self._get_contested_sheet()
        if not sheet:
            return ""
        return self.env._(
            "The %(commune)s contests %(hours)s, out of %(total)s, in the week of %(day)s.",
            commune=after_comma(sheet.commune_id._get_commune_title()),
            hours=self.env["commune.letter"]._format_duration(sheet.contested_hours),
            total=self.env["commune.letter"]._format_duration(sheet.hour_total),
            day=self.env.company._format_document_date(sheet.week_start),
        )

    def _get_contested_lines(self):
        """What the letter lists: (half-day and hours, objection)."""
        lines = self._get_contested_sheet().line_ids.filtered(lambda one: one.state == "contested")
        return [
            (f"{line._format_half_day()}, {line._format_times()}", line.contest_reason or "")
            for line in lines.sorted(lambda one: (one.date, one.half_day))
        ]

    def _get_contested_address(self):
        """Where the agent corrects the week."""
        sheet = self._get_contested_sheet()
        if not sheet:
            return self._get_hours_address()
        return f"{self._get_hours_address()}/{sheet.mission_id.id}/hours/{sheet.week_start}"
