"""Who presides: the chair or, when the chair does not come, the first vice-chair who does."""

from odoo import models

from .minutes_text import ATTENDED

AWAY = ("excused", "proxy", "represented")


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_vice_chairs(self):
        """Lines of the vice-chairs, in the order of their mandates (CGCT, L.2122-17)."""
        lines = self.sudo().attendance_ids.filtered(lambda line: line.role == "vice_chair")
        return lines.sorted(lambda line: (line.member_id.mandate_id.rank or 99, line.id))

    def _get_chair_line(self):
        """The line of the chair; empty when the chair of this session has no seat."""
        self.ensure_one()
        lines = self.sudo().attendance_ids
        return lines.filtered(lambda line: line.partner_id == self.sudo().chair_id)[:1]

    def _get_presiding(self):
        """Who presides (res.partner), as superuser: by the presences once somebody came, by the
        answers before. The chair as long as nothing says otherwise; nobody when the chair is away
        and no vice-chair comes: the members say it then."""
        self.ensure_one()
        chair, line = self.sudo().chair_id, self._get_chair_line()
        came = self.sudo().attendance_ids.filtered(lambda one: one.actual in ATTENDED)
        if not line or (line in came if came else line.answer not in AWAY):
            return chair
        vices = self._get_vice_chairs()
        there = vices & came if came else vices.filtered(lambda one: one.answer not in AWAY)
        return there.sorted(lambda one: vices.ids.index(one.id))[:1].partner_id
