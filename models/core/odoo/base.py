"""`base`: every model, for what Odoo asks of records whatever they are.

Lists grouped by a field that one may not read: fields of ours, and accounts of communes. The name
beside the address of replies: our records. Neither is a method of a mixin that ours could inherit
alone. The day of the communes in a domain (`filtered_domain`) is in
`models/territory/reference_epci/local_time.py`, with what else depends on it.
"""

from odoo import models
from odoo.tools import formataddr

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

    def _notify_get_reply_to_formatted_email(self, record_email, author_id=False):
        """Beside the address of the replies about a record of ours, the public name of the
        organisation: not that of its robot, nor that of its company in Odoo."""
        ours = getattr(
            self[:1], "_uses_organisation_layout", lambda: self._name.startswith("commune.")
        )
        if ours():
            company = self.env.company
            known = self.env["res.partner"].browse(author_id or self.env.user.partner_id.id)
            robots = company.partner_id | self.env.ref("base.partner_root")
            if known in robots and company._is_organisation():
                return formataddr((company._get_organisation_name(), record_email))
        return super()._notify_get_reply_to_formatted_email(record_email, author_id=author_id)
