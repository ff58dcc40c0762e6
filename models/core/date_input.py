"""Dates typed in a portal form: an impossible date shows an error beside its field."""

from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import models

FIRST_DAY = date(1900, 1, 1)
MOST_YEARS = 100  # ahead, when the form sets nothing nearer


def read_day(text):
    """A day as the browser sends it (`2026-12-31`); None when it is none."""
    try:
        return date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_day_problem(self, typed, years=MOST_YEARS, today=None):
        """Why a day is refused, as a sentence; empty when it may be meant, or nothing is typed.

        :param typed: a day, or the text that was sent
        :param years: how far ahead it may be
        """
        day = typed if isinstance(typed, date) else read_day(typed)
        if not day:
            wrong = self.env._("The date is not a date: write it as 31/12/2026.")
            return wrong if str(typed or "").strip() else ""
        date_text = self._format_document_date(day)
        if day < FIRST_DAY:
            return self.env._("%s is too long ago: check the year.", date_text)
        if day > (today or self._get_today()) + relativedelta(years=years):
            return self.env._(
                "%(day)s is more than %(years)s years ahead: check the year.",
                day=date_text,
                years=years,
            )
        return ""
