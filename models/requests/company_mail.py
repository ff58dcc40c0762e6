"""The house behind the letters: its public name, its addresses, its delays."""

from odoo import fields, models
from odoo.tools import email_normalize, formataddr

from ...engine.mail import is_real


class ResCompany(models.Model):
    _inherit = "res.company"

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


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    request_reopening_window = fields.Integer(
        related="company_id.request_reopening_window", readonly=False
    )
    request_waiting_limit = fields.Integer(
        related="company_id.request_waiting_limit", readonly=False
    )
    request_relay = fields.Char(related="company_id.request_relay", readonly=False)
