"""Who follows services and conventions when nobody is named."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_service_manager(self):
        """The last manager named, else the administrator."""
        group = self.env.ref("commune_relations.group_manager").sudo()
        managers = group.all_user_ids.filtered("active") - self.env.ref("base.user_root").sudo()
        return managers.sorted("id", reverse=True)[:1] or self.env.ref("base.user_admin")
