"""What a screen shows as read-only cannot be written by any client either."""

from odoo import api, models
from odoo.exceptions import UserError


class CommuneReplacementGuarded(models.AbstractModel):
    """Steps, agents and answers change by the methods that check the rules, and only by them.

    An API client can send any context: what tells the methods apart is the superuser mode, which
    no client can ask for. They check the rights of the person, then write through `_set`.
    """

    _name = "commune.replacement.guarded"
    _description = "Record written by its own methods"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            names = {name for vals in vals_list for name, value in vals.items() if value}
            self._refuse_guarded(names - {"name"})
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._refuse_guarded(vals)
        return super().write(vals)

    def _refuse_guarded(self, names):
        for name in names:
            field = self._fields.get(name)
            if field and field.readonly and field.store and not field.compute:
                raise UserError(
                    self.env._(
                        "“%s” is not written by hand: it follows the steps of the service, which"
                        " check every rule. Use the buttons.",
                        field._description_string(self.env),
                    )
                )

    def _set(self, values):
        """Write a step that has been checked, in the name of a person who may write."""
        self.check_access("write")
        return self.sudo().write(values)
