"""Extension of default values: those of a person give no value to a read-only field of the addon.

Models without the mixins of the addon get Odoo's defaults.
"""

from odoo import api, models


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        """The defaults of a person give no step, no proof and nothing of a log: actions create
        as superuser in the name of that person."""
        values = super()._get_model_defaults(model_name, condition)
        model = self.env[model_name] if values and model_name in self.env else None
        if isinstance(model, self.env.registry["commune.append.only"]):
            return {}
        if isinstance(model, self.env.registry["commune.readonly.fields.mixin"]):
            return {
                name: value
                for name, value in values.items()
                if not model._is_readonly_at_creation(name) or model._can_start_with(name, value)
            }
        return values
