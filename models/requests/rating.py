"""The secret of an opinion: who holds it gives the opinion of the commune."""

from odoo import models


class RatingRating(models.Model):
    _inherit = "rating.rating"

    def _has_field_access(self, field, operation):
        """Odoo itself reads it as superuser only; every employee could."""
        if field.name == "access_token" and operation == "read" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)
