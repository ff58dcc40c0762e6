"""A visit of a tour: when, where, whom to meet, what to talk about."""

from odoo import api, fields, models

from ....engine.route import timetable
from ....engine.text import after_comma
from ...core.window_actions import open_dialog
from .visit_tour import SPEED

MET = ("mayor", "president", "dgs", "town_hall_secretary")  # whom one asks to meet


class CommuneVisitStop(models.Model):
    _name = "commune.visit.stop"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Visit of a tour"
    _order = "tour_id, sequence, id"
    _rec_name = "commune_id"
    # A user who could write it could read any meeting, and delete it with the tour.
    _readonly_fields = frozenset({"meeting_id"})

    tour_id = fields.Many2one("commune.visit.tour", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
    )
    km = fields.Float(string="Kilometres", compute="_compute_times", digits=(8, 1))
    arrive = fields.Float(string="Arrival", compute="_compute_times")
    leave = fields.Float(string="Departure", compute="_compute_times")
    address = fields.Text(compute="_compute_address", string="Town hall")
    persons = fields.Text(string="Persons to meet", compute="_compute_persons")
    points = fields.Text(string="To talk about", compute="_compute_points")
    meeting_id = fields.Many2one(
        "calendar.event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    _commune_uniq = models.Constraint(
        "UNIQUE(tour_id, commune_id)", "This commune is already visited on this tour."
    )

    @api.depends("sequence", "commune_id", "tour_id.start_hour", "tour_id.stay_minutes")
    def _compute_times(self):
        """Compute the times of the whole tour, in the order of the visits."""
        self.km = self.arrive = self.leave = 0
        for tour in self.tour_id:
            stops = tour.stop_ids.filtered("commune_id")
            stops = stops.sorted(lambda stop: (stop.sequence, stop._origin.id or 0))
            if tour._get_lost(stops.commune_id):
                continue
            rows = timetable(
                list(range(1, len(stops) + 1)),
                tour._measure(stops.commune_id),
                round(tour.start_hour * 60),
                tour.stay_minutes,
                tour._find_rule("speed_kmh") or SPEED,
            )
            for stop, row in zip(stops, rows, strict=True):
                stop.km, stop.arrive, stop.leave = row.km, row.arrive / 60, row.leave / 60

    def _get_km_back(self):
        if self.tour_id._get_lost(self.commune_id):
            return 0
        return self.tour_id._measure(self.commune_id)[0][1]

    @api.depends("commune_id")
    def _compute_address(self):
        for stop in self:
            place = stop.commune_id
            town = " ".join(filter(None, (place.zip, place.city or place.name)))
            stop.address = "\n".join(filter(None, (place.street, place.street2, town)))

    @api.depends("commune_id")
    def _compute_persons(self):
        mandates = self.commune_id._get_current_mandates([("function_id.code", "in", MET)])
        lines = {}
        for one in mandates:
            title = after_comma(one.title)
            line = ", ".join(filter(None, (one.partner_id.name, title, one.partner_phone)))
            lines.setdefault(one.commune_id, []).append(line)
        for stop in self:
            stop.persons = "\n".join(lines.get(stop.commune_id, ()))

    @api.depends("commune_id")
    @api.depends_context("lang", "uid")
    def _compute_points(self):
        """Under the rights of the user who reads the tour."""
        points = self.env["commune.card"]._get_talks(self.commune_id)
        for stop in self:
            stop.points = points.get(stop.commune_id.id, "")

    def action_log_visit(self):
        """Record the notes of the visit."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self,
            "commune.contact",
            self.env._("Note a contact"),
            default_commune_id=self.commune_id.id,
            default_kind="visit",
        )
