"""The service charter and the calendar behind the promised dates."""

from collections import Counter

from odoo import fields, models
from odoo.tools import email_normalize, formataddr

from ...engine.calendar import WorkingDays, public_holidays
from ...engine.mail import is_real


class ResCompany(models.Model):
    _inherit = "res.company"

    request_direction_ids = fields.Many2many(
        "res.users",
        "commune_request_direction_rel",
        string="Management of the relations with communes",
        domain="[('share', '=', False)]",
        help="They validate the answers to sensitive requests and receive the weekly digest.",
    )
    request_transfer_limit = fields.Integer(
        string="Hand-overs promised at most",
        default=2,
        help="The promise made to communes: beyond that number, a hand-over needs the reason of"
        " a manager and is shown in the digest.",
    )
    request_reopening_days = fields.Integer(
        string="Delay after a reopening",
        default=5,
        help="Working days in which a reopened request is answered again.",
    )
    _request_transfer_limit_check = models.Constraint(
        "CHECK(request_transfer_limit >= 0)", "The number of hand-overs cannot be negative."
    )
    request_reopening_window = fields.Integer(
        string="Days in which a closed request reopens",
        default=30,
        help="A reply to a closed request reopens it during that number of days; later it makes"
        " a new request, linked to the former one.",
    )
    request_waiting_limit = fields.Integer(
        string="Working days of a long wait",
        default=10,
        help="Requests that have waited for the commune longer than that stand in the digest.",
    )
    request_relay = fields.Char(
        string="Trusted mail relay",
        help="The name under which your mail relay writes its results (Authentication-Results,"
        " RFC 8601). A message that it does not confirm waits among the senders to attach. Empty:"
        " nothing is checked.",
    )
    _request_mail_delays_check = models.Constraint(
        "CHECK(request_reopening_window >= 0 AND request_waiting_limit >= 0)",
        "A number of days cannot be negative.",
    )

    def _get_department_code(self, commune=None):
        """Code of the department whose public holidays the staff have: that of most member
        communes; without any, that of the commune at hand."""
        self.ensure_one()
        members = self.sudo().epci_id._get_members() if self.epci_id else self.env["res.partner"]
        codes = Counter(_department(code) for code in members.mapped("insee_code") if code)
        if codes:
            return min(codes, key=lambda code: (-codes[code], code))
        return _department(commune.insee_code or "") if commune else ""

    def _get_working_days(self, calendar=None, commune=None):
        """The days on which a team works: its calendar, its closures, the public holidays.

        :param calendar: resource.calendar of the team; empty: that of the company, and Monday
            to Friday when there is none
        :return: engine.calendar.WorkingDays
        """
        self.ensure_one()
        calendar = (calendar or self.resource_calendar_id).sudo()
        department = self._get_department_code(commune)
        good_friday = bool(self.sudo().epci_id.good_friday_holiday)
        return WorkingDays(
            weekdays=frozenset(
                int(line.dayofweek)
                for line in calendar.attendance_ids
                if line.display_type != "line_section"
            ),
            closed=frozenset(calendar._get_closed_days()) if calendar else frozenset(),
            holidays=lambda year: public_holidays(department, [year], good_friday),
        )

    # The house behind the letters: its public name, its addresses, its delays.

    def _get_house_name(self):
        """The public name of the intercommunality."""
        company = self.sudo()
        return company.epci_id.brand_name or company.epci_id.name or company.name

    def _get_house_phone(self):
        company = self.sudo()
        return company.phone or company.epci_id.phone or ""

    def _get_house_contact(self):
        """(telephone, e-mail) to say on a page; either may be empty, never that of the robot."""
        company = self.sudo()
        email = company._get_house_email()
        robot = self.env.ref("base.user_root").sudo().email
        return company._get_house_phone(), "" if email == email_normalize(robot) else email

    def _get_house_foot(self, ticket=None):
        """Lines at the foot of a letter, in the language at hand.

        :param ticket: the request of the letter, if any
        """
        lines = []
        if self._get_house_phone():
            lines.append(self.env._("Telephone: %s", self._get_house_phone()))
        if ticket:
            lines.append(
                self.env._(
                    "Request %s: keep the number in the subject when you reply.", ticket.number
                )
            )
        return lines

    def _get_house_email(self, team=None):
        """Where to write to us, never empty: the alias of the team, of the desk, or else the
        e-mail of the house."""
        company = self.sudo()
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        candidates = [
            team and team.sudo().alias_email,
            desk.alias_email,
            company.catchall_email,
            company.email,
            company.epci_id.email,
            self.env.ref("base.user_root").sudo().email,
        ]
        address = next(filter(None, candidates), "")
        return email_normalize(address) or address

    def _get_public_email(self):
        """Where a person may write to us: the desk or the house, empty when neither is real."""
        company = self.sudo()
        desk = self.env["helpdesk.ticket.team"]._get_desk().sudo()
        candidates = [desk.alias_email, company.email, company.epci_id.email]
        addresses = (email_normalize(email or "") for email in candidates)
        return next((email for email in addresses if email and is_real(email)), "")

    def _get_house_sender(self, team=None):
        return formataddr((self._get_house_name(), self._get_house_email(team)))


def _department(code):
    return code[:3] if code.startswith(("97", "98")) else code[:2]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    request_reopening_window = fields.Integer(
        related="company_id.request_reopening_window", readonly=False
    )
    request_waiting_limit = fields.Integer(
        related="company_id.request_waiting_limit", readonly=False
    )
    request_relay = fields.Char(related="company_id.request_relay", readonly=False)

    # Settings of the requests: what is promised to communes, who validates.
    request_direction_ids = fields.Many2many(
        related="company_id.request_direction_ids", readonly=False
    )
    request_transfer_limit = fields.Integer(
        related="company_id.request_transfer_limit", readonly=False
    )
    request_reopening_days = fields.Integer(
        related="company_id.request_reopening_days", readonly=False
    )
