"""Lists grouped by a field that one may not read."""

from odoo import models

MODULE = "commune_relations"


class Base(models.AbstractModel):
    _inherit = "base"

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Odoo checks the rights on every field but those that hold several records: a mayor would
        count by them, and so read, what the rights on fields keep among staff. So it is for fields
        of ours, and for whatever an account of a commune counts."""
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field and field.type == "many2many" and not self.env.su:
            user = self.env.user
            if MODULE in field._modules or (user.share and user.sudo()._get_commune_accounts()):
                self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
