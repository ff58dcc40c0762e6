"""From the departments suggested by the reference to teams."""

from odoo import models
from odoo.exceptions import UserError


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    def action_create_teams(self):
        """Make the suggested departments into teams and give them the topics that have none.

        A family's department becomes the parent of the services of its topics. A team of the
        same name is used, never made twice.
        """
        self.check_access("write")
        topics = self.filtered(lambda t: t.suggested_department and not t.team_id)
        topics |= topics.parent_id.filtered(lambda t: t.suggested_department and not t.team_id)
        if not topics:
            raise UserError(
                self.env._("These topics already have a team, or no department is suggested.")
            )
        teams = {team.name: team for team in self.env["helpdesk.ticket.team"].search([])}
        for families in (True, False):
            for topic in topics.filtered(lambda t, f=families: bool(t.parent_id) != f):
                topic.team_id = topic._get_or_create_team(teams)

    def _get_or_create_team(self, teams):
        name = self.suggested_department
        if name not in teams:
            parent = self.parent_id.team_id
            teams[name] = self.env["helpdesk.ticket.team"].create(
                {"name": name, "parent_id": parent.id if parent.name != name else False}
            )
        return teams[name]
