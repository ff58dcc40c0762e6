"""Who answers for a team: nothing is left to a team where nobody reads."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    is_staffed = fields.Boolean(
        string="Somebody answers",
        compute="_compute_is_staffed",
        compute_sudo=True,
        help="A lead or a member who logs in and has an e-mail address, here, or a lead above.",
    )
    people_note = fields.Char(
        string="Who answers", compute="_compute_is_staffed", compute_sudo=True
    )

    @api.depends(
        "user_id.active",
        "user_id.partner_id.email_normalized",
        "user_ids.active",
        "user_ids.partner_id.email_normalized",
        "parent_id",
        "is_desk",
    )
    @api.depends_context("lang")
    def _compute_is_staffed(self):
        for team in self:
            lead = team._get_own_lead()
            team.is_staffed = bool(lead)
            team.people_note = lead.name or team._get_nobody_note()

    @api.model
    def _get_nobody_note(self):
        if self._get_desk()._get_own_lead():
            return self.env._("Nobody: goes to the desk")
        return self.env._("Nobody: goes to the managers")

    def _get_own_lead(self):
        """Person in charge of a team, without asking the desk; empty when the team is not staffed.

        The lead, else the nearest lead above, else a member; only users who can be notified.
        """
        above = team = self.sudo()[:1]
        while above and not above.user_id._filter_notifiable():
            above = above.parent_id
        return above.user_id._filter_notifiable() or team.user_ids._filter_notifiable()[:1]

    def _get_lead(self):
        """Who answers for a team, else for the desk."""
        return self._get_own_lead() or self._get_desk()._get_own_lead()

    @api.model
    def _get_managers(self):
        """Users notified when even the desk is empty; the administrator last."""
        admin = self.env["ir.model.data"]._xmlid_to_res_id("base.user_admin")
        managers = self.env["res.users"]._get_organisation_managers()
        return managers.sorted(lambda user: (user.id == admin, user.id))

    def _get_shown_team(self):
        """Team displayed to a commune: never an empty one."""
        return self if self and self._get_own_lead() else self._get_desk()

    @api.model
    def get_desk_notice(self):
        """Warning at the top of the team screen, for staff; empty when the desk is staffed.

        Changes nothing.
        """
        if not self.env.user.has_groups(STAFF):
            raise AccessError(self.env._("This is for the staff of the intercommunality."))
        if self._get_desk()._get_own_lead():
            return ""
        names = ", ".join(self._get_managers().mapped("name"))
        return self.env._(
            "Nobody is at the desk: what arrives goes to %s. Give the desk a lead.", names
        )
