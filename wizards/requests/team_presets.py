"""Team presets: three choices, what each would change, and one button."""

from odoo import api, fields, models

from ...models.core.display_notification import display_notification
from ...models.requests.team_presets import MODELS

MOST_NAMES = 12


class CommuneTeams(models.TransientModel):
    _name = "commune.teams"
    _description = "Team presets"

    model = fields.Selection(MODELS, required=True, default=lambda self: self._default_model())
    suggested = fields.Selection(MODELS, compute="_compute_suggested")
    current = fields.Selection(MODELS, compute="_compute_suggested")
    small_count = fields.Integer(compute="_compute_suggested")
    medium_count = fields.Integer(compute="_compute_suggested")
    metropole_count = fields.Integer(compute="_compute_suggested")
    changes = fields.Text(string="What would change", compute="_compute_changes")

    @api.model
    def _default_model(self):
        self.browse().check_access("create")
        company = self.env.company
        return company.sudo().request_team_preset or company._suggest_team_model()

    @api.depends_context("uid")
    def _compute_suggested(self):
        company, teams = self.env.company, self.env["helpdesk.ticket.team"]
        for choice in self:
            choice.suggested = company._suggest_team_model()
            choice.current = company.sudo().request_team_preset
            for model, _label in MODELS:
                choice[f"{model}_count"] = teams._count_in_model(model)

    @api.depends("model")
    def _compute_changes(self):
        for choice in self:
            choice.changes = choice._describe() if choice.model else ""

    def _describe(self):
        """Sentences: the teams made, the topics moved, the teams archived, what stays."""
        teams = self.env["helpdesk.ticket.team"]
        names, unused = teams._plan_model(self.model)
        here = set(teams.search(teams._get_managed_teams_domain()).mapped("name"))
        made = sorted(set(filter(None, names.values())) - here)
        moved = [topic for topic, name in names.items() if (topic.team_id.name or "") != name]
        lines = [
            self._list_names(self.env._("Teams made (%(count)s): %(names)s"), made),
            self._list_names(
                self.env._("Teams that nobody uses, archived (%(count)s): %(names)s"),
                sorted(unused.mapped("name")),
            ),
            self.env._("Topics that change team: %s", len(moved)) if moved else "",
        ]
        return "\n".join(filter(None, lines)) or self.env._("Nothing changes.")

    def _list_names(self, sentence, names):
        shown = ", ".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")
        return sentence % {"count": len(names), "names": shown} if names else ""

    def action_pick(self):
        """Pick the card named by `team_model` in the context. Only the wizard changes."""
        self.ensure_one()
        self.check_access("write")
        if self.env.context.get("team_model") in dict(MODELS):
            self.model = self.env.context["team_model"]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_teams_action"
        )
        return {**action, "res_id": self.id}

    def action_apply(self):
        """Make the teams of the model; what somebody chose by hand stays."""
        self.ensure_one()
        self.check_access("write")
        teams = self.env["helpdesk.ticket.team"]
        teams.check_access("write")
        teams._choose_model(self.model)
        following = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_team_action"
        )
        message = self.env._("Your teams are ready: name who answers in each.")
        if self.model == "small":
            message = self.env._("Everything goes to the desk: name who answers there.")
        return display_notification(message, following={**following, "target": "main"})
