"""Warning in the minutes of a council that decides without its quorum.

A warning only: perhaps the attendance was not recorded.

CGCT, L.2121-17: a council deliberates when the majority of its members in office is present, else
on a second convocation. In the communes of Moselle, Bas-Rhin and Haut-Rhin, L.2541-4 applies
instead."""

from odoo import api, fields, models

from .states import HELD


class CommuneSession(models.Model):
    _inherit = "commune.session"

    no_quorum_text = fields.Char(
        string="Want of quorum", compute="_compute_no_quorum_text", compute_sudo=True
    )

    @api.depends("lacked_quorum", "state", "attendance_ids.presence_ids")
    @api.depends_context("lang")
    def _compute_no_quorum_text(self):
        for session in self:
            unnoted = session.state == "held" and not session.attendance_ids.presence_ids
            if not (session._needs_quorum() and session.state in HELD):
                session.no_quorum_text = ""
            elif session.lacked_quorum:
                session.no_quorum_text = session._get_no_quorum_words()
            else:
                session.no_quorum_text = unnoted and session._get_unnoted_words()

    def _get_decision_words(self, decision):
        """Warning by the attendance recorded on the meeting screen.

        For a decision written elsewhere, by the current state of the session."""
        self.ensure_one()
        if not self.no_quorum_text and not (self._needs_quorum() and self.state in HELD):
            return ""
        present = self.env["commune.session.meeting"]._count_present_for(self, decision)
        if present is False:
            return self.no_quorum_text
        return self._get_no_quorum_words() if present < self.quorum_required else ""

    def _needs_quorum(self):
        """Whether the law asks it for a quorum: a council, but on a second convocation."""
        self.ensure_one()
        return self._is_council() and self.session_kind != "second" and self.quorum_required > 0

    def _get_quorum_law(self):
        """The article that asks this council for its quorum, as a sentence quotes it."""
        place = self.sudo().place_id
        if place.is_epci:
            return self.env._("CGCT, art. L. 5211-1 and L. 2121-17")
        if self._follows_local_law():
            return self.env._("CGCT, art. L. 2541-4")
        return self.env._("CGCT, art. L. 2121-17")

    def _get_no_quorum_words(self):
        return self.env._(
            "The quorum is not reached: the council cannot deliberate. Proxies do not count for"
            " it. Close the session, then “Call again”: on a second convocation, the council"
            " deliberates whatever the number of members present (%(law)s).",
            law=self._get_quorum_law(),
        )

    def _get_unnoted_words(self):
        return self.env._(
            "Nobody is noted as present: the council deliberates only when %(quorum)s of its"
            " members are there, proxies not counted (%(law)s). Note the presences on the meeting"
            " screen.",
            quorum=self.quorum_required,
            law=self._get_quorum_law(),
        )
