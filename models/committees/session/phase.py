"""Phase of a session for views and portal, from the table of states."""

from odoo import api, fields, models
from odoo.fields import Domain

from .states import DEAD, NOTING, PHASES, STATES, in_phase


class CommuneSession(models.Model):
    _inherit = "commune.session"

    phase = fields.Selection(
        PHASES,
        compute="_compute_phase",
        search="_search_phase",
        help="In preparation: the members do not know of it yet.",
    )
    is_noting = fields.Boolean(string="Notes may be taken", compute="_compute_phase")

    @api.depends("state")
    def _compute_phase(self):
        for session in self:
            session.phase = STATES[session.state or "draft"].phase
            session.is_noting = session.state in NOTING

    @api.model
    def _search_phase(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", in_phase(*value))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """The steps at the top of the form are those that a session normally goes through."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for bar in arch.iterfind(".//field[@widget='statusbar']"):
            bar.set("statusbar_visible", ",".join(key for key in STATES if key not in DEAD))
        return arch, view

    def _is_dead(self):
        """Postponed or called off."""
        self.ensure_one()
        return self.state in DEAD

    def _describe_end(self):
        """Why it will not be held: (badge, sentence) for its members."""
        state = STATES[self.state]
        return self.env._(state.badge), self.env._(state.sentence)
