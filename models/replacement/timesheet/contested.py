"""Contested hours: notified to the agent by e-mail, and shown beside every total."""

from odoo import models

from ....engine.text import after_comma


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    def _get_contested(self):
        return self.line_ids.filtered(lambda line: line.state == "contested")

    def _get_waiting_again(self):
        """Lines that the commune decides again: answered, corrected or added since it signed."""
        signed = self.filtered("sign_date")
        return signed.line_ids.filtered(lambda line: line.state == "entered")

    def _describe_contested_totals(self):
        """Text beside a total: “, dont 3 h 30 et 20 km contestés”, and what to decide again.

        Empty when the commune agreed to all, or has not answered yet."""
        self.ensure_one()
        contested, waiting = self._get_contested(), self._get_waiting_again()
        words = ""
        if sum(contested.mapped("km")):
            words = self.env._(", %s of them contested (hours and km)", contested._describe_sum())
        elif contested:
            words = self.env._(", %s of them contested", contested._describe_sum())
        if waiting:
            words += self.env._(", %s of them waiting for the commune", waiting._describe_sum())
        return words

    def _describe_total(self):
        """`10 h 30 · 48 km, dont 3 h 30 et 20 km contestés`: all that the agent wrote."""
        self.ensure_one()
        parts = [self.env["commune.letter"]._format_duration(self.hour_total)]
        if self.km_total:
            parts.append(self.env._("%s km", f"{self.km_total:g}"))
        return "\xa0· ".join(parts) + self._describe_contested_totals()

    def _notify_agent_contested(self):
        """The agent reads what the commune contests, and why; the letter about another week, of
        another commune perhaps, may still wait."""
        for sheet in self:
            agent = sheet.employee_id.with_context(contested_sheet=sheet.id)
            agent._send_letters("mail_template_replacement_contested", replaces=False)

    def _get_confirmation(self, mandate, reasons):
        """What anyone who signs confirms.

        :param reasons: {line: objection, empty when it is right}
        :return: list of (label, text)
        """
        self.ensure_one()
        week = self.env._(
            "Hours of %(agent)s, week of %(day)s",
            agent=self.employee_id.sudo().name,
            day=self.env.company._format_document_date(self.week_start),
        )
        right = self.line_ids.filtered(lambda line: reasons.get(line) == "")
        rows = [(self.env._("You sign"), week), *mandate._get_signing_rows()]
        if right:
            rows.append((self.env._("Hours that you validate"), right._describe_sum()))
        for line, reason in reasons.items():
            if reason:
                half_day = f"{line._format_half_day()} ({line._describe_times()})"
                rows.append((self.env._("You contest"), f"{half_day} – {reason}"))
        return rows


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _get_contested_sheet(self):
        """The week of the current letter, else the last one that a commune contests; letters are
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
            hours=sheet._get_contested()._describe_sum(),
            total=sheet.line_ids.filtered(lambda one: one.state != "dropped")._describe_sum(),
            day=self.env.company._format_document_date(sheet.week_start),
        )

    def _get_contested_lines(self):
        """What the letter lists: (half-day and hours, objection)."""
        lines = self._get_contested_sheet()._get_contested()
        return [
            (f"{line._format_half_day()}, {line._describe_times()}", line.contest_reason or "")
            for line in lines.sorted(lambda one: (one.date, one.half_day))
        ]

    def _get_contested_address(self):
        """Where the agent corrects the week."""
        sheet = self._get_contested_sheet()
        if not sheet:
            return self._get_hours_address()
        return f"{self._get_hours_address()}/{sheet.mission_id.id}/hours/{sheet.week_start}"
