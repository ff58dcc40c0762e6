"""Uninstall warning: names the staff whose only work in Odoo is this addon."""

import logging

from odoo import api, fields, models
from odoo.fields import Command

MODULE = "commune_relations"
ADMIN = "base.group_system"
_logger = logging.getLogger(__name__)


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_addon_groups(self):
        """As superuser: groups and privileges are those of the administrator."""
        self = self.sudo()
        data = self.env["ir.model.data"]
        groups = data.search([("module", "=", MODULE), ("model", "=", "res.groups")])
        return self.env["res.groups"].browse(groups.mapped("res_id")).exists()

    @api.model
    def _get_left_alone(self):
        """Staff whose only groups are the addon's and the default groups of employees."""
        groups = self._get_addon_groups()
        env = groups.env
        common = env.ref("base.group_user").all_implied_ids
        if usual := env.ref("base.default_user_group", raise_if_not_found=False):
            common |= usual.all_implied_ids
        users = env[self._name].search([("share", "=", False), ("group_ids", "in", groups.ids)])
        return users.filtered(lambda user: not user.group_ids - groups - common).sorted("name")

    @api.model
    def _keep_colleagues(self):
        """Keep the login of colleagues who had only the addon's groups.

        Administrators receive the list of those who have no application left. Called by the
        uninstallation, as superuser.
        """
        groups, everybody = self._get_addon_groups(), self.env.ref("base.group_user")
        users = self.with_context(active_test=False)
        users = users.search([("share", "=", False), ("group_ids", "in", groups.ids)])
        alone = self._get_left_alone()
        for user in users:
            if everybody not in (user.group_ids - groups).all_implied_ids:
                user.group_ids = [Command.link(everybody.id)]
        if not alone:
            return
        _logger.info("Users left with the rights of any internal user: %s", alone.mapped("login"))
        administrators = self.search([("group_ids", "in", self.env.ref(ADMIN).ids)])
        self.env["mail.thread"].message_notify(
            partner_ids=administrators.partner_id.ids,
            subject=self.env._("Commune Relations was uninstalled"),
            body=self._describe_users_without_app(alone),
            force_send=False,
        )

    @api.model
    def _describe_users_without_app(self, users):
        return self.env._(
            "These persons had no other work in Odoo: they still log in, and find no application of"
            " theirs any more. Give them other rights, or archive their accounts: %s.",
            ", ".join(users.mapped("name")),
        )


class BaseModuleUninstall(models.TransientModel):
    _inherit = "base.module.uninstall"

    commune_left_text = fields.Text(compute="_compute_commune_left_text")

    @api.depends("module_ids")
    def _compute_commune_left_text(self):
        for wizard in self:
            leaving = MODULE in wizard._get_modules().mapped("name")
            alone = leaving and self.env["res.users"]._get_left_alone()
            wizard.commune_left_text = alone and self.env["res.users"]._describe_users_without_app(
                alone
            )
