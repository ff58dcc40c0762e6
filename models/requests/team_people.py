"""Who answers for a team: nothing is left to a team where nobody reads."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    is_peopled = fields.Boolean(
        string="Somebody answers",
        compute="_compute_is_peopled",
        compute_sudo=True,
        help="A lead or a member who can log in, here, or a lead above.",
    )
    people_note = fields.Char(
        string="Who answers", compute="_compute_is_peopled", compute_sudo=True
    )

    @api.depends("user_id.active", "user_ids.active", "parent_id", "is_desk")
    @api.depends_context("lang")
    def _compute_is_peopled(self):
        for team in self:
            lead = team._get_own_lead()
            team.is_peopled = bool(lead)
            team.people_note = lead.name or team._get_nobody_note()

    @api.model
    def _get_nobody_note(self):
        if self._get_desk()._get_own_lead():
            return self.env._("Nobody: goes to the desk")
        return self.env._("Nobody: goes to the managers")

    def _get_own_lead(self):
        """Who answers for a team without asking elsewhere: its lead, else the nearest lead above,
        else one of its members. Only who can log in; empty when the team is not peopled."""
        above = team = self.sudo()[:1]
        while above and not _able(above.user_id):
            above = above.parent_id
        return _able(above.user_id) or _able(team.user_ids)[:1]

    def _get_lead(self):
        """Who answers for a team, else for the desk."""
        return self._get_own_lead() or self._get_desk()._get_own_lead()

    @api.model
    def _get_managers(self):
        """Who is told when even the desk is empty; the administrator last."""
        # Not `env.ref`, which asks PostgreSQL each time whether the record still exists.
        known = self.env["ir.model.data"]._xmlid_to_res_id
        group = self.env["res.groups"].sudo().browse(known("commune_relations.group_manager"))
        admin = known("base.user_admin")
        return _able(group.all_user_ids).sorted(lambda user: (user.id == admin, user.id))

    def _get_shown_team(self):
        """The team that a commune is told: never an empty one."""
        return self if self and self._get_own_lead() else self._get_desk()

    @api.model
    def get_desk_notice(self):
        """What the head of the screen of teams says, for our staff; empty when the desk is
        peopled. Changes nothing."""
        if not self.env.user.has_groups(STAFF):
            raise AccessError(self.env._("This is for the staff of the intercommunality."))
        if self._get_desk()._get_own_lead():
            return ""
        names = ", ".join(self._get_managers().mapped("name"))
        return self.env._(
            "Nobody is at the desk: what arrives goes to %s. Give the desk a lead.", names
        )


def _able(users):
    """Those who can log in as staff."""
    return users.filtered(lambda user: user.active and not user.share)
