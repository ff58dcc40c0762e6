"""The secret of an opinion: who holds it gives the opinion of the commune."""

from odoo import models


class RatingRating(models.Model):
    _inherit = "rating.rating"

    def _has_field_access(self, field, operation):
        """Odoo itself reads it as superuser only; every employee could. Nobody searches by it
        either: what is found tells what it is."""
        if field.name == "access_token" and operation == "read" and not self.env.su:
            if not self or self._filter_ours():
                return False
        return super()._has_field_access(field, operation)

    def _filter_ours(self):
        """The opinions on requests of communes."""
        asked = self.sudo().filtered(lambda rating: rating.res_model == "helpdesk.ticket")
        requests = self.env["helpdesk.ticket"].browse(set(asked.mapped("res_id"))).exists()
        ours = set(requests._filter_ours().ids)
        return asked.filtered(lambda rating: rating.res_id in ours).with_env(self.env)
