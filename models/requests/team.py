"""Teams: the departments that answer. A team below another is a service of that department."""

from odoo import api, fields, models, tools


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

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

    _desk_uniq = models.UniqueIndex(
        "(is_desk) WHERE is_desk AND active", "There is already a desk: only one team can be it."
    )

    @api.depends("parent_id", "parent_id.department_id")
    def _compute_department_id(self):
        for team in self:
            team.department_id = team.parent_id.department_id or team

    @api.onchange("alias_name", "alias_domain_id")
    def _onchange_sender(self):
        """The letters of the house leave from the address of the desk, when it has one."""
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
        return self.sudo().browse(self._get_desk_id())

    @tools.ormcache()
    def _get_desk_id(self):
        return self.sudo().search([("is_desk", "=", True)], limit=1).id

    @api.model_create_multi
    def create(self, vals_list):
        """The charter applies to every team: helpdesk_mgmt_sla asks for it team by team."""
        self.env.registry.clear_cache()
        return super().create([{"use_sla": True, **vals} for vals in vals_list])

    def write(self, vals):
        if {"is_desk", "active"} & set(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
