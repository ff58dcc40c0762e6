"""Day of visits: communes in order, times, and talking points."""

from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ....engine.route import order
from ....engine.staffing import road_km
from ...core.window_actions import open_record

START, STAY = 9.0, 45  # hour of the departure, minutes in each town hall
SPEED, DETOUR = 40.0, 1.3  # where the organisation has no rule for its roads


class CommuneVisitTour(models.Model):
    _name = "commune.visit.tour"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Tour of visits"
    _order = "date desc, id desc"
    _rec_name = "date"
    _readonly_fields = frozenset({"state"})

    date = fields.Date(required=True, index=True, default=lambda self: self._get_next_working_day())
    start_hour = fields.Float(string="Departure", required=True, default=START)
    stay_minutes = fields.Integer(
        string="Minutes in each commune", required=True, default=STAY, aggregator=None
    )
    user_id = fields.Many2one(
        "res.users",
        string="Visitor",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("confirmed", "In the calendar")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    stop_ids = fields.One2many("commune.visit.stop", "tour_id", string="Visits", copy=True)
    total_km = fields.Float(
        string="Kilometres, return included", compute="_compute_total_km", digits=(8, 1)
    )
    active = fields.Boolean(default=True)
    _start_check = models.Constraint(
        "CHECK(start_hour >= 0 AND start_hour < 24 AND stay_minutes > 0)",
        "A tour starts at an hour of the day, and stays some time in each commune.",
    )

    @api.depends("date", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for tour in self:
            day = tour.date and f"{tour.date:%d/%m/%Y}"
            tour.display_name = " – ".join(filter(None, (day, tour.user_id.name)))

    @api.depends("stop_ids.sequence", "stop_ids.commune_id")
    def _compute_total_km(self):
        for tour in self:
            stops = tour.stop_ids.sorted()
            tour.total_km = sum(stops.mapped("km")) + (stops[-1:]._get_km_back() if stops else 0)

    @api.model
    def _get_next_working_day(self):
        company = self.env.company
        return company._get_working_days().add(company._get_today(), 1)

    @api.model
    def _open_new(self, communes):
        """A tour of these communes on the next working day, in order."""
        tour = self.create(
            {"stop_ids": [Command.create({"commune_id": one.id}) for one in communes]}
        )
        tour.action_order()
        return open_record(tour)

    def action_order(self):
        """Put the visits in the order that makes the shortest way from the seat and back."""
        for tour in self:
            tour.check_access("write")
            tour._expect_draft()
            stops = tour.stop_ids.sorted()
            table = tour._measure(stops.commune_id)
            ranks = {commune.id: rank for rank, commune in enumerate(stops.commune_id, start=1)}
            place = {rank: sequence for sequence, rank in enumerate(order(table), start=1)}
            for stop in stops:
                stop.sequence = 10 * place[ranks[stop.commune_id.id]]

    def _measure(self, communes):
        """Kilometres by road between the seat and these communes: the straight lines, times the
        detour of the organisation.

        :raise UserError: a position is not known
        """
        if lost := self._get_lost(communes):
            names = ", ".join(one.name for one in lost)
            raise UserError(self.env._("The position of these places is not known: %s.", names))
        places = [self.env.company._get_replacement_base(), *communes.sudo()]
        points = [(one.partner_latitude, one.partner_longitude) for one in places]
        detour = self._find_rule("detour") or DETOUR
        return [[road_km(one, other, detour) for other in points] for one in points]

    def _get_lost(self, communes):
        """The seat and the communes whose position is not known."""
        places = [self.env.company._get_replacement_base(), *communes.sudo()]
        return [one for one in places if not (one.partner_latitude or one.partner_longitude)]

    def _find_rule(self, code):
        company, rules = self.env.company, self.env["commune.work.rule"]
        return rules._find_value(company, code, self.date or company._get_today())

    # in the calendar

    def action_confirm(self):
        """A meeting in the calendar of the visitor for each commune; nobody is written to."""
        for tour in self:
            tour.check_access("write")
            tour._expect_draft()
            if not tour.stop_ids:
                raise UserError(self.env._("Choose the communes to visit."))
            tour._measure(tour.stop_ids.commune_id)
            for stop in tour.stop_ids.sorted():
                stop.sudo().meeting_id = tour._make_meeting(stop)
            tour._set({"state": "confirmed"})

    def action_reopen(self):
        """Back to preparation: its meetings leave the calendar."""
        self.check_access("write")
        self.sudo().stop_ids.meeting_id.with_context(no_mail_to_attendees=True).unlink()
        self._set({"state": "draft"})

    def action_print(self):
        """The sheet of the day."""
        self.check_access("read")
        return self.env.ref("commune_relations.visit_tour_report").report_action(self)

    def _make_meeting(self, stop):
        calendar = self.env["calendar.event"].sudo().with_context(no_mail_to_attendees=True)
        return calendar.create(
            {
                "name": self.env._("Visit: %s", stop.commune_id.name),
                "start": self._to_utc(stop.arrive),
                "stop": self._to_utc(stop.leave),
                "user_id": self.user_id.id,
                "partner_ids": [Command.set(self.user_id.partner_id.ids)],
                "location": stop.address.replace("\n", ", "),
            }
        )

    def _to_utc(self, hour):
        """An hour of the day of the tour, as the calendar keeps it."""
        zone = self.env.company._get_zone()
        minutes = round(hour * 60)
        moment = datetime.combine(self.date, time(minutes // 60 % 24, minutes % 60), zone)
        return moment.astimezone(UTC).replace(tzinfo=None) + timedelta(days=minutes // 1440)

    def _expect_draft(self):
        if self.state != "draft":
            raise UserError(self.env._("This tour is in the calendar: open it again first."))
