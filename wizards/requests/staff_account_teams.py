"""The teams of a colleague: a referent answers the requests of their teams."""

from odoo import api, fields, models
from odoo.fields import Command


class CommuneStaffAccount(models.TransientModel):
    _inherit = "commune.staff.account"

    team_ids = fields.Many2many(
        "helpdesk.ticket.team",
        string="Teams",
        domain="[('serves_communes', '=', True)]",
        help="A referent sees the requests of these teams.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        user = self.env["res.users"].browse(values.get("user_id"))
        if user and "team_ids" in fields:
            teams = user._get_staff_teams().filtered(lambda team: user in team.user_ids)
            values["team_ids"] = [Command.set(teams.ids)]
        return values

    def _assign_staff_account(self, user):
        """Change the membership only: the lead of a team is set on the team."""
        result = super()._assign_staff_account(user)
        teams = self.env["helpdesk.ticket.team"]
        before = teams.search([("user_ids", "in", user.ids), ("serves_communes", "=", True)])
        if self.user_id:  # who is added keeps the teams that they have
            (before - self.team_ids).write({"user_ids": [Command.unlink(user.id)]})
        (self.team_ids - before).write({"user_ids": [Command.link(user.id)]})
        return result
