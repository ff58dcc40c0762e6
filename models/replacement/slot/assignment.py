"""Assign and release half-days; a unique index prevents double booking."""

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tools import SQL, mute_logger

from .slot import LIVE

TAKEN = """
    SELECT slot.date, slot.half_day, commune.name, author.name
    FROM commune_replacement_slot slot
    JOIN res_partner commune ON commune.id = slot.commune_id
    LEFT JOIN res_users u ON u.id = slot.taken_by_id
    LEFT JOIN res_partner author ON author.id = u.partner_id
    WHERE slot.employee_id = %s AND slot.state IN ('held', 'filled')
      AND (slot.date, slot.half_day) IN %s
      AND slot.id NOT IN %s
    ORDER BY slot.date, slot.half_day
    LIMIT 1
"""


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _give_to(self, agent, proposal=None):
        """Hold the half-days for an agent; the caller applies the business rules.

        :raise UserError: a sentence that names who took the agent, and where
        """
        if not self:
            return
        self._check_free()
        values = {
            "employee_id": agent.id,
            "proposal_id": proposal.id if proposal else False,
            "state": "held",
            "taken_by_id": self.env.uid,
            "taken_date": fields.Datetime.now(),
        }
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self.sudo().write(values)
                self.flush_recordset()
        except UniqueViolation:
            self.invalidate_recordset()
            raise UserError(self._describe_conflict(agent)) from None

    def _check_free(self):
        taken = self.filtered(lambda s: s.state in LIVE)
        if taken:
            slot = taken[0]
            raise UserError(
                self.env._(
                    "%(slot)s was given to %(agent)s by %(author)s.",
                    slot=slot.display_name,
                    agent=slot.employee_id.name,
                    author=slot.taken_by_id.name or "?",
                )
            )
        gone = self.filtered(lambda s: s.state == "cancelled")
        if gone:
            raise UserError(
                self.env._("%s was cancelled: nobody can be sent.", gone[0].display_name)
            )

    def _describe_conflict(self, agent):
        """Describe who took the agent.

        The current transaction may not see one that has just ended: a new cursor reads it."""
        keys = tuple((slot.date, slot.half_day) for slot in self)
        query = SQL(TAKEN, agent.id, keys, tuple(self.ids))
        self.env.cr.execute(query)
        row = self.env.cr.fetchone()
        if not row:
            with db_connect(self.env.cr.dbname).cursor() as cr:
                cr.execute(query)
                row = cr.fetchone()
        if not row:
            return self.env._("%s has just been taken by somebody else: try again.", agent.name)
        day, half, commune, author = row
        when = self.new({"date": day, "half_day": half})._format_slot()
        return self.env._(
            "%(agent)s is already in the commune %(commune)s on %(when)s: %(author)s has just"
            " given this half-day. Choose another agent or another half-day.",
            agent=agent.name,
            commune=self.env["res.partner"].new({"name": commune})._of_place(),
            when=when,
            author=author or "?",
        )

    def _release(self):
        """Give the half-days back: they are to be filled again."""
        self.sudo().filtered(lambda s: s.state in LIVE).write(
            {
                "state": "open",
                "employee_id": False,
                "proposal_id": False,
                "mission_id": False,
                "taken_by_id": False,
                "taken_date": False,
            }
        )

    def _cancel(self, by):
        """Keep who was to come: a late cancellation may be billed."""
        self.sudo().filtered(lambda s: s.state != "cancelled").write(
            {
                "state": "cancelled",
                "cancelled_date": fields.Datetime.now(),
                "cancelled_by": by,
            }
        )
