"""The own rule of a committee; an advisory one gives opinions, and has quorum and proxies only by
that rule."""

from odoo import api, fields, models

from .kinds import ADVISORY


class CommuneCommittee(models.Model):
    """The conference of mayors is advisory (CGCT, L.5211-11-3): no text asks it for a quorum or
    gives it proxies. Its own rules may, and are then named here."""

    _inherit = "commune.committee"

    is_advisory = fields.Boolean(
        string="Advisory",
        compute="_compute_is_advisory",
        help="It gives opinions and decides nothing.",
    )
    own_rule = fields.Char(
        string="Own rule of quorum and proxies",
        tracking=True,
        help="Article and date of the rules of procedure on quorum and proxies, named in the"
        " notice; empty when it is not known. An advisory committee without it has neither,"
        " whatever is set here.",
    )

    @api.depends("kind")
    def _compute_is_advisory(self):
        for committee in self:
            committee.is_advisory = committee.kind in ADVISORY

    def _follows_own_rule(self):
        """Whether what is set here of quorum and proxies counts; a session that is being written
        has no committee yet."""
        return not self.is_advisory or bool((self.own_rule or "").strip())

    def _get_quorum_mode(self):
        """`none`, `majority` or `number`, as it counts."""
        return self.quorum_mode if self._follows_own_rule() else "none"

    def _allows_proxies(self):
        """Whether a member who does not come may give a proxy."""
        return self.proxy_allowed and self._follows_own_rule()

    def _get_item_kinds(self):
        """[(code, label)] of possible agenda items: no decision for an advisory committee."""
        item = self.env["commune.session.item"]
        kinds = item._fields["kind"]._description_selection(self.env)
        return [kind for kind in kinds if not (self.is_advisory and kind[0] == "decision")]
