"""Attendance, half-day by half-day."""

from odoo import api, fields, models

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


class CommuneEventHalfDay(models.Model):
    _inherit = "commune.event.half.day"

    attendance_ids = fields.One2many("commune.event.attendance", "half_day_id")


class EventRegistration(models.Model):
    _inherit = "event.registration"

    attendance_ids = fields.One2many("commune.event.attendance", "registration_id")
    attended_hours = fields.Float(compute="_compute_attended", store=True)
    attended_half_days = fields.Integer(compute="_compute_attended", store=True)

    @api.depends("attendance_ids.state", "attendance_ids.half_day_id.hours")
    def _compute_attended(self):
        for registration in self:
            slots = registration.attendance_ids.filtered(
                lambda attendance: attendance.state == "present"
            ).half_day_id
            registration.attended_hours = sum(slots.mapped("hours"))
            registration.attended_half_days = len(slots)

    def _note_attendance(self, half_day, state):
        """Note, or change, what these persons did on a half-day; empty takes the note back.

        Present on one half-day, one has attended: Odoo's own state follows.
        """
        noted = self.env["commune.event.attendance"].search(
            [("registration_id", "in", self.ids), ("half_day_id", "=", half_day.id)]
        )
        if not state:
            noted.unlink()
        else:
            noted.state = state
            self.env["commune.event.attendance"].create(
                [
                    {"registration_id": r.id, "half_day_id": half_day.id, "state": state}
                    for r in self - noted.registration_id
                ]
            )
        held = self.filtered(lambda r: r.state in ("open", "done"))
        present = held.filtered("attended_half_days")
        present.filtered(lambda r: r.state == "open").state = "done"
        (held - present).filtered(lambda r: r.state == "done").state = "open"
