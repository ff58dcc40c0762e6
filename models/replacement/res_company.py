"""Settings of the service, and the hours of a half-day when nothing more precise is known."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

from .mission.mission import LIVE
from .request.request import ENDED

HALVES = {"am": "morning", "pm": "afternoon"}


class ResCompany(models.Model):
    _inherit = "res.company"

    proposal_answer_hours = fields.Integer(
        string="Hours to answer a proposal",
        default=48,
        help="After that the proposal expires and the next agent can be asked.",
    )
    hours_reminder_days = fields.Integer(
        string="Days before hours are recalled",
        default=3,
        help="After the end of a week whose hours the agent has not sent: one letter. 0: none.",
    )
    replacement_account_in = fields.Char(
        string="Account of the receipts",
        default="70845",
        help="M57 account of the intercommunality, to confirm with its finance department.",
    )
    replacement_account_out = fields.Char(
        string="Account of the commune",
        default="6216",
        help="M57 account of the commune, to confirm with its accountant.",
    )

    replacement_base_id = fields.Many2one(
        "res.partner",
        string="Home base of the service",
        domain="[('is_commune', '=', True)]",
        index="btree_not_null",
        ondelete="set null",
        help="The commune from which distances are counted. Empty: the largest one.",
    )
    replacement_phone = fields.Char(
        string="Telephone for the urgent",
        help="Given to communes for today or tomorrow. Empty: the main telephone.",
    )

    # who signs: statements, then orders of mission
    ordonnateur_name = fields.Char(string="Who orders the receipts")
    ordonnateur_title = fields.Char(string="Title of who orders the receipts")
    order_signatory_name = fields.Char(string="Who signs the orders of mission")
    order_signatory_title = fields.Char(string="Title of who signs the orders of mission")
    order_by_delegation = fields.Boolean(
        string="Signs by delegation", default=True, help="Not by delegation: the authority itself."
    )
    order_delegation_ref = fields.Char(
        string="Delegation of signature", help="Number and date of the order that delegates."
    )
    order_payment_terms = fields.Text(
        string="Conditions of payment of travel",
        help="Empty: the orders say on receipts, at the rates of the decrees.",
    )

    # evaluations and difficulties
    evaluation_answer_days = fields.Integer(
        string="Days to answer an evaluation",
        default=30,
        help="After that the link opens no more, and nobody is reminded.",
    )
    _evaluation_answer_days_check = models.Constraint(
        "CHECK(evaluation_answer_days > 0)", "At least one day to answer an evaluation."
    )

    _proposal_answer_hours_check = models.Constraint(
        "CHECK(proposal_answer_hours > 0)", "At least one hour to answer a proposal."
    )
    _hours_reminder_days_check = models.Constraint(
        "CHECK(hours_reminder_days BETWEEN 0 AND 30)", "Between 0 and 30 days."
    )

    def _get_left_behind(self):
        env = self.sudo().env  # a count of everything, for every reader
        demands = env["commune.replacement.request"]
        missions = env["commune.replacement.mission"]
        return {
            **super()._get_left_behind(),
            "replacement": [
                (
                    self.env._("requests of replacement"),
                    demands.search_count([("state", "not in", ("draft", *ENDED))]),
                ),
                (
                    self.env._("missions to come or in progress"),
                    missions.search_count([("state", "in", LIVE)]),
                ),
            ],
        }

    def _get_replacement_base(self):
        """The place from which distances are counted (res.partner, as superuser): the one that was
        chosen, the intercommunality when its position is known, else its largest commune."""
        company = self.sudo()
        epci = company.epci_id
        if company.replacement_base_id or epci.partner_latitude:
            return company.replacement_base_id or epci
        members = epci._get_members() if epci else epci
        return members.sorted(lambda place: (-place.population, place.id))[:1]

    def _get_replacement_phone(self):
        return self.sudo().replacement_phone or self._get_organisation_phone()

    def _get_replacement_call(self, number=""):
        """What to do when an agent is needed today or tomorrow.

        :param number: that of the request, once there is one
        """
        phone = (self._get_replacement_phone() or "").replace(" ", "\N{NO-BREAK SPACE}")
        if phone and number:
            return self.env._(
                "Needed today or tomorrow? Call %(phone)s and give the number %(number)s.",
                phone=phone,
                number=number,
            )
        if phone:
            return self.env._("Needed today or tomorrow? Call %s as well.", phone)
        return self.env._("Needed today or tomorrow? Your message may not be read in time.")

    def _move_half_days_to_come(self):
        """Calendars show the new hours; what has been worked keeps its own, and so does a day for
        which a rule is being replaced."""
        slots = self.env["commune.replacement.slot"].sudo()
        coming = slots.search([("date", ">=", self.env.company._get_today())]).filtered(
            lambda s: self._knows_half_day_hours(s.half_day, s.date)
        )
        for name in ("start_datetime", "stop_datetime"):
            self.env.add_to_compute(slots._fields[name], coming)

    def _get_half_day_hours(self, half, day):
        """Start and end of a half-day, in hours: the rules of working time of that day."""
        rules, part = self.env["commune.work.rule"], HALVES[half]
        return [rules._get_value(self, f"{part}_{side}", day) for side in ("start", "end")]

    def _knows_half_day_hours(self, half, day):
        """Whether the hours of a half-day are known."""
        rules, part = self.env["commune.work.rule"], HALVES[half]
        return all(rules._find_value(self, f"{part}_{side}", day) for side in ("start", "end"))

    def _get_half_day_moments(self, day, half):
        """Start and end of a half-day, as naive UTC."""
        return [self._get_moment(day, hour) for hour in self._get_half_day_hours(half or "am", day)]

    def _get_moment(self, day, hour):
        """When the clock of the communes shows an hour of a day, as naive UTC."""
        midnight = datetime.combine(day, time(), self._get_zone())
        wall = midnight + timedelta(minutes=round(hour * 60))
        return wall.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _get_half_day_of(self, moment):
        """(date, half-day) of a naive UTC moment."""
        wall = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self._get_zone())
        hour = wall.hour + wall.minute / 60
        noon = self._get_half_day_hours("am", wall.date())[1]
        return wall.date(), "am" if hour < noon else "pm"
