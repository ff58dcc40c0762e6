"""`base`: extensions that apply to every model.

A mixin cannot carry them, since Odoo calls these methods on any model: lists grouped by a field
that the user may not read (fields of the addon, and accounts of communes); name beside the reply
address (records of the addon). The local date in a domain (`filtered_domain`) is in
`models/territory/reference_epci/local_time.py`, with the rest of local time.
"""

from odoo import models
from odoo.tools import formataddr

MODULE = "commune_relations"


class Base(models.AbstractModel):
    _inherit = "base"

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Check the rights on multi-record fields too, when a list is grouped by them.

        Odoo skips these fields: a mayor could group by them, and so read values reserved to the
        staff. Applies to fields of the addon, and to every count by an account of a commune.
        """
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field and field.type == "many2many" and not self.env.su:
            user = self.env.user
            if MODULE in field._modules or (user.share and user.sudo()._get_commune_accounts()):
                self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _notify_get_reply_to_formatted_email(self, record_email, author_id=False):
        """Public name of the organisation beside the reply address, for records of the addon.

        Odoo would show the name of its robot or of its company.
        """
        is_managed = getattr(
            self[:1], "_uses_organisation_layout", lambda: self._name.startswith("commune.")
        )
        if is_managed():
            company = self.env.company
            known = self.env["res.partner"].browse(author_id or self.env.user.partner_id.id)
            robots = company.partner_id | self.env.ref("base.partner_root")
            if known in robots and company._is_organisation():
                return formataddr((company._get_organisation_name(), record_email))
        return super()._notify_get_reply_to_formatted_email(record_email, author_id=author_id)
