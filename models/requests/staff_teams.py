"""The teams of a colleague, in the list of the manager; anyone who leaves the organisation leaves
them."""

from odoo import fields, models
from odoo.fields import Command

from ..territory.staff_account.staff_account import MANAGER


class ResUsers(models.Model):
    _inherit = "res.users"

    staff_teams = fields.Char(string="Teams", compute="_compute_staff_teams", groups=MANAGER)

    def _get_staff_teams(self):
        """Managed teams that these colleagues belong to or lead."""
        domain = ["|", ("user_ids", "in", self.ids), ("user_id", "in", self.ids)]
        domain = [("serves_communes", "=", True), *domain]
        return self.env["helpdesk.ticket.team"].search(domain)

    def _compute_staff_teams(self):
        teams = self._get_staff_teams()
        for user in self:
            own = teams.filtered(lambda team, u=user: u in team.user_ids | team.user_id)
            user.staff_teams = ", ".join(own.mapped("name"))

    def _leave_service(self):
        """A request must not wait for somebody who cannot open it any more."""
        result = super()._leave_service()
        teams = self._get_staff_teams().sudo()  # who ends an account may set up no team
        for team in teams:
            team.user_ids -= self
            if team.user_id in self:
                team.user_id = False
        links = [Command.unlink(user.id) for user in self]
        teams.env.company.request_direction_ids = links
        referents = teams.env["commune.topic.referent"]
        referents.search([("user_id", "in", self.ids)]).active = False
        return result
