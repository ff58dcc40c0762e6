"""Teams: the departments that answer. A team below another is a service of that department."""

from odoo import api, fields, models, tools


class HelpdeskTicketTeam(models.Model):
    _name = "helpdesk.ticket.team"
    _inherit = ["helpdesk.ticket.team", "commune.readonly.fields.mixin"]
    _readonly_fields = frozenset()  # what is worked out apart

    department_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Directorate",
        compute="_compute_department_id",
        store=True,
        recursive=True,
        index=True,
        help="The team at the top of the hierarchy: itself when it has no parent.",
    )
    topic_ids = fields.One2many("commune.topic", "team_id", string="Topics")
    is_desk = fields.Boolean(
        string="Desk of the relations with communes",
        help="Receives what no other team is in charge of.",
    )
    serves_communes = fields.Boolean(
        string="Answers communes",
        compute="_compute_serves_communes",
        store=True,
        readonly=False,
        recursive=True,
        help="What comes to the team is a request of a commune: the charter, the steps and the"
        " letters of the service hold. The other teams work as they did before.",
    )

    _desk_uniq = models.UniqueIndex(
        "(is_desk) WHERE is_desk AND active", "There is already a desk: only one team can be it."
    )

    def _uses_organisation_layout(self):
        """The layout of replies to a request follows its team."""
        return any(team.serves_communes for team in self) or super()._uses_organisation_layout()

    @api.depends("parent_id", "parent_id.department_id")
    def _compute_department_id(self):
        for team in self:
            team.department_id = team.parent_id.department_id or team

    @api.depends("is_desk", "topic_ids", "parent_id.serves_communes")
    def _compute_serves_communes(self):
        """The desk, who is in charge of a topic, and the teams below; others when it is ticked."""
        for team in self:
            team.serves_communes = bool(
                team.serves_communes
                or team.is_desk
                or team.topic_ids
                or team.parent_id.serves_communes
            )

    def _get_applicable_stages(self):
        """Managed stages for managed teams, third-party ones for others; a team may add its own."""
        managed = bool(self.serves_communes)
        stages = super()._get_applicable_stages()
        return stages.filtered(lambda stage: stage.serves_communes == managed or stage.has_teams)

    @api.onchange("alias_name", "alias_domain_id")
    def _onchange_sender(self):
        """The letters of the organisation leave from the address of the desk, when it has one."""
        desk = self._origin
        changed = (self.alias_name, self.alias_domain_id._origin) != (
            desk.alias_name,
            desk.alias_domain_id,
        )
        if desk.is_desk and changed:
            return self.env.company._warn_sender_change()

    @api.model
    def _get_desk(self):
        """The team that receives what nobody else is in charge of."""
        teams = self.sudo()  # portal and mail look for it too
        return teams.browse(teams._get_desk_id())

    @tools.ormcache()
    def _get_desk_id(self):
        return self.search([("is_desk", "=", True)], limit=1).id

    @tools.ormcache()
    def _get_desk_alias_id(self):
        return self._get_desk().alias_id.id

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("is_desk") for vals in vals_list):
            self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"is_desk", "active", "alias_id"} & set(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        if self._get_desk() & self:
            self.env.registry.clear_cache()
        return super().unlink()
