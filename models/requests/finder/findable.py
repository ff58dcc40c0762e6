"""What the finder reads: a change of it makes the finder read again."""

from odoo import api, models


class CommuneFindable(models.AbstractModel):
    """A model of `commune.finder._get_sources`: found as it stands, by every server at once."""

    _name = "commune.findable"
    _description = "Record found by the finder"

    @api.model_create_multi
    def create(self, vals_list):
        self._forget_library()
        return super().create(vals_list)

    def write(self, vals):
        if self._get_found_fields() & set(vals):
            self._forget_library()
        return super().write(vals)

    def unlink(self):
        self._forget_library()
        return super().unlink()

    @api.model
    def _get_found_fields(self):
        """The fields that the finder reads; a counter of readings is none of them."""
        sources = self.env["commune.finder"]._get_sources().values()
        return {
            name for source in sources if source.model == self._name for name in source.get_fields()
        }

    @api.model
    def _forget_library(self):
        self.env.registry.clear_cache()
