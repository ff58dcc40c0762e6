"""Attendance over time: by member, commune and college."""

from odoo import fields, models
from odoo.tools import SQL

from ..session.states import HELD


class CommuneAttendanceStat(models.Model):
    _name = "commune.attendance.stat"
    _description = "Attendance over time"
    _auto = False
    _order = "date desc, session_id desc, college, commune_id, id"
    _rec_name = "partner_id"

    _depends = {
        "commune.attendance": [
            "session_id",
            "member_id",
            "partner_id",
            "commune_id",
            "college",
            "role",
            "answer",
        ],
        "commune.attendance.presence": ["attendance_id", "mode"],
        "commune.session": ["state", "date", "committee_id"],
    }
    session_id = fields.Many2one("commune.session", readonly=True)
    committee_id = fields.Many2one("commune.committee", readonly=True)
    date = fields.Date(string="Day", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Name", readonly=True)
    commune_id = fields.Many2one("res.partner", readonly=True)
    college = fields.Char(readonly=True)
    role = fields.Selection(
        selection=lambda self: (
            self.env["commune.committee.member"]._fields["role"]._description_selection(self.env)
        ),
        readonly=True,
    )
    actual = fields.Selection(
        selection=lambda self: (
            self.env["commune.attendance"]._fields["actual"]._description_selection(self.env)
        ),
        string="Attendance",
        readonly=True,
    )
    called = fields.Integer(string="Sessions called to", readonly=True)
    attended = fields.Integer(string="Sessions attended", readonly=True)
    excused = fields.Integer(string="Excused or by proxy", readonly=True)
    missed = fields.Integer(string="Absent without a word", readonly=True)
    rate = fields.Float(string="Attendance (%)", readonly=True, aggregator="avg", digits=(5, 1))

    @property
    def _table_query(self):
        """One line per member and session that took place.

        Members who arrived are present, whatever they replied, as in `_compute_actual` of
        commune.attendance."""
        return SQL(
            """
            SELECT line.*,
                   1 AS called,
                   (actual IN ('present', 'remote'))::int AS attended,
                   (actual IN ('excused', 'proxy'))::int AS excused,
                   (actual = 'absent')::int AS missed,
                   CASE WHEN actual IN ('present', 'remote') THEN 100.0 ELSE 0 END AS rate
              FROM (
                SELECT attendance.id,
                       attendance.session_id,
                       session.committee_id,
                       session.date,
                       attendance.partner_id,
                       attendance.commune_id,
                       attendance.college,
                       attendance.role,
                       CASE
                         WHEN last.mode = 'remote' THEN 'remote'
                         WHEN last.mode IS NOT NULL THEN 'present'
                         WHEN attendance.answer IN ('excused', 'proxy') THEN attendance.answer
                         ELSE 'absent'
                       END AS actual
                  FROM commune_attendance attendance
                  JOIN commune_session session ON session.id = attendance.session_id
             LEFT JOIN LATERAL (
                        SELECT mode
                          FROM commune_attendance_presence presence
                         WHERE presence.attendance_id = attendance.id
                      ORDER BY arrived_at DESC, id DESC
                         LIMIT 1
                       ) last ON TRUE
                 WHERE session.state IN %s
                   AND session.active
              ) line
            """,
            HELD,
        )
