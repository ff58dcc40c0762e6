"""A commune that changes: other decisions concern it."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """A commune that grows, changes sector or joins is concerned by other decisions."""
        result = super().write(vals)
        if {"population", "sector_id", "epci_id", "membership_date_end", "is_commune"} & set(vals):
            decisions = self.env["commune.decision"].sudo()
            decisions = decisions.search([("scope", "in", ("all", "sectors", "population"))])
            self.env.add_to_compute(decisions._fields["commune_ids"], decisions)
        return result
