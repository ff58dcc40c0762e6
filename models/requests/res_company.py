"""The service charter and the calendar behind the promised dates."""

from collections import Counter
from datetime import UTC

from odoo import fields, models

from ...engine.calendar import WorkingDays, public_holidays
from ...engine.text.initials import get_initials
from ..territory.onboarding.step import Step
from .stage import OPEN_KINDS


class ResCompany(models.Model):
    _inherit = "res.company"

    request_direction_ids = fields.Many2many(
        "res.users",
        "commune_request_direction_rel",
        string="Management of the relations with communes",
        domain="[('share', '=', False)]",
        help="They validate the answers to sensitive requests and receive the weekly digest.",
    )
    request_digest_date = fields.Date(string="Last weekly digest", readonly=True, copy=False)
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
        help="Requests that have waited for the commune longer than that are in the digest.",
    )
    request_relay = fields.Char(
        string="Trusted mail relay",
        # Who knows the name may write its results.
        groups="base.group_system,commune_relations.group_manager",
        help="The name under which your mail relay writes its results (Authentication-Results,"
        " RFC 8601). A message that it does not confirm waits among the senders to attach. Empty:"
        " nothing is checked.",
    )
    _request_mail_delays_check = models.Constraint(
        "CHECK(request_reopening_window >= 0 AND request_waiting_limit >= 0)",
        "A number of days cannot be negative.",
    )

    def _collect_onboarding_steps(self):
        steps = super()._collect_onboarding_steps()
        return [*steps, self._get_desk_step()] if self._uses("requests") else steps

    def _get_desk_step(self):
        """The screen that chooses a model of teams, where there is one; else the list of teams."""
        screen = "commune_teams_action"
        if not self.env.ref(f"commune_relations.{screen}", raise_if_not_found=False):
            screen = "commune_team_action"
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        named = (desk.user_id | desk.user_ids).filtered("active")
        people = named._filter_notifiable()
        progress_text = self.env._("Nobody receives the requests yet")
        if named and not people:
            progress_text = self.env._(
                "Without e-mail address: %s", ", ".join(named.mapped("name"))
            )
        return Step(
            code="desk",
            rank=60,
            name=self.env._("The desk and the teams"),
            why=self.env._("A request that nobody receives is a promise that nobody keeps."),
            minutes=5,
            button=self.env._("Choose our teams"),
            screen=screen,
            done=bool(people),
            progress_text=", ".join(people.mapped("name")) or progress_text,
        )

    def _get_left_behind(self):
        env = self.sudo().env  # a count of everything, for any caller
        tickets, answers = env["helpdesk.ticket"], env["commune.published.answer"]
        opened = tickets.search_count(
            [("is_commune_request", "=", True), ("stage_kind", "in", OPEN_KINDS)]
        )
        published = answers.search_count([("state", "=", "published")])
        return {
            **super()._get_left_behind(),
            "requests": [(self.env._("requests without final answer"), opened)],
            "knowledge": [(self.env._("answers published"), published)],
        }

    def _get_department_code(self, commune=None):
        """Code of the department whose public holidays the staff have: that of most member
        communes; without any, that of the current commune."""
        self.ensure_one()
        codes = Counter()
        if epci := self._get_epci():
            members = epci._read_group(epci._get_members_domain(), ["insee_code"], ["__count"])
            for code, count in members:
                codes[_department(code or "")] += count
            del codes[""]
        if codes:
            return min(codes, key=lambda code: (-codes[code], code))
        return _department(commune.insee_code or "") if commune else ""

    def _get_working_days(self, calendar=None, commune=None, careful=False):
        """Working days of a team: its calendar, its closures, the public holidays.

        :param calendar: resource.calendar of the team; empty: that of the company, and Monday to
            Friday when there is none
        :param careful: Good Friday counts as a holiday while the commune's practice is unknown
        :return: engine.calendar.WorkingDays
        """
        self.ensure_one()
        calendar = (calendar or self.resource_calendar_id).sudo()
        department = self._get_department_code(commune)
        place = commune if careful and commune else self._get_epci()
        good_friday = place._has_good_friday_off(careful) if place else careful
        return WorkingDays(
            weekdays=frozenset(
                int(line.dayofweek)
                for line in calendar.attendance_ids
                if line.display_type != "line_section"
            ),
            closed=frozenset(calendar._get_closed_days()) if calendar else frozenset(),
            holidays=lambda year: public_holidays(department, [year], good_friday),
        )

    def _get_day_of_answers(self):
        """Next day on which staff answer.

        Today on a working day until the last hour of the calendar (18 h by default), otherwise the
        next working day.
        """
        self.ensure_one()
        now = fields.Datetime.now().replace(tzinfo=UTC).astimezone(self._get_zone())
        today, working = now.date(), self._get_working_days()
        lines = self.resource_calendar_id.attendance_ids
        ends = [line.hour_to for line in lines if line.dayofweek == str(today.weekday())]
        if working.is_working(today) and now.hour + now.minute / 60 < max(ends, default=18.0):
            return today
        return working.add(today, 1)

    # The organisation's letters are sent from the desk and quote the number of the request.

    def _get_organisation_footer(self, record=None):
        lines = super()._get_organisation_footer(record)
        if record and record._name == "helpdesk.ticket" and record.is_commune_request:
            lines.append(
                self.env._(
                    "Request %s: keep the number in the subject when you reply.", record.number
                )
            )
        return lines

    def _shows_letter_button(self, record):
        return super()._shows_letter_button(record) or record._name == "helpdesk.ticket"

    def _get_desk_card(self):
        """Contact card shown to a commune when no person is in charge: the desk."""
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        name = desk.name or self._get_organisation_name()
        return {
            "user_id": False,
            "name": name,
            "initials": get_initials(name),
            "has_photo": False,
            "function": "",
            "phone": self._get_organisation_phone(),
            "email": self._get_public_email(),
            "team": "",
        }

    def _get_desk_addresses(self, team=None):
        """The alias of the team, then that of the desk of the requests; called as superuser."""
        first = [team and team.alias_email, self._get_desk_alias()]
        return [*first, *super()._get_desk_addresses(team)]

    def _get_desk_alias(self):
        """The address of the desk, or nothing: every page of the portal asks, and reads no team."""
        teams = self.env["helpdesk.ticket.team"]
        alias = self.env["mail.alias"].browse(teams._get_desk_alias_id())
        return alias.alias_name and alias.alias_domain_id and alias.alias_full_name


def _department(code):
    return code[:3] if code.startswith(("97", "98")) else code[:2]


class CommuneOrganisationSettingsMixin(models.AbstractModel):
    _inherit = "commune.organisation.settings.mixin"

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
