"""Half-days of an event: what is signed, attended and counted."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

HALF_DAY = 0.5
STATES = [("present", "Present"), ("absent", "Absent"), ("excused", "Excused")]


class CommuneEventAttendance(models.Model):
    _name = "commune.event.attendance"
    _description = "Attendance of a half-day"
    _order = "registration_id, half_day_id"

    registration_id = fields.Many2one(
        "event.registration", required=True, index=True, ondelete="cascade"
    )
    half_day_id = fields.Many2one(
        "commune.event.half.day", required=True, index=True, ondelete="restrict"
    )
    event_id = fields.Many2one(related="half_day_id.event_id", store=True, index=True)
    state = fields.Selection(STATES, required=True, default="present")
    _half_day_uniq = models.Constraint(
        "UNIQUE(registration_id, half_day_id)", "The attendance of this half-day is already noted."
    )

    @api.constrains("half_day_id", "state")
    def _check_day_has_come(self):
        """Refuse an attendance before the event has taken place."""
        for slot in self.half_day_id:
            problem = slot._get_too_early()
            if problem:
                raise ValidationError(problem)


class EventEvent(models.Model):
    _inherit = "event.event"

    def _check_begun(self):
        """Attendance and certificates wait for the first day, where the event takes place."""
        for event in self:
            first = event._get_local_days()[0]
            if first > event._get_local_today():
                raise ValidationError(
                    self.env._(
                        "“%(event)s” begins on %(day)s: nobody has attended it yet.",
                        event=event.name,
                        day=self.env["commune.letter"]._format_date(first),
                    )
                )


class EventRegistration(models.Model):
    _inherit = "event.registration"

    attendance_ids = fields.One2many("commune.event.attendance", "registration_id")
    attended_hours = fields.Float(compute="_compute_attended", store=True)
    attended_half_days = fields.Integer(compute="_compute_attended", store=True)

    @api.constrains("state")
    def _check_attended_day(self):
        """Refuse attendance before the event begins, for Odoo's own button too."""
        for event in self.filtered(lambda r: r.state == "done").event_id.filtered("kind"):
            event._check_begun()

    @api.depends("attendance_ids.state", "attendance_ids.half_day_id.hours")
    def _compute_attended(self):
        for registration in self:
            slots = registration.attendance_ids.filtered(
                lambda attendance: attendance.state == "present"
            ).half_day_id
            registration.attended_hours = sum(slots.mapped("hours"))
            registration.attended_half_days = len(slots)

    def _mark_attendance(self, half_day, state):
        """Note, or change, what these persons did on a half-day; empty takes the note back.

        Present on one half-day, one has attended: Odoo's own state follows. Hours of training rest
        on it: nobody writes it otherwise.
        """
        self.check_access("write")
        Attendance = self.env["commune.event.attendance"].sudo()
        noted = Attendance.search(
            [("registration_id", "in", self.ids), ("half_day_id", "=", half_day.id)]
        )
        if not state:
            noted.unlink()
        else:
            noted.state = state
            Attendance.create(
                [
                    {"registration_id": r.id, "half_day_id": half_day.id, "state": state}
                    for r in self - noted.registration_id
                ]
            )
        held = self.filtered(lambda r: r.state in ("open", "done"))
        present = held.filtered("attended_half_days")
        present.filtered(lambda r: r.state == "open").state = "done"
        (held - present).filtered(lambda r: r.state == "done").state = "open"
