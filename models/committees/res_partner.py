"""A commune that changes: other decisions concern it."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _recompute_concerned_communes(self, vals):
        """A commune that grows, changes sector or joins is concerned by other decisions."""
        decisions = self.env["commune.decision"].sudo()
        decisions = decisions.search([("scope", "in", ("all", "sectors", "population"))])
        self.env.add_to_compute(decisions._fields["commune_ids"], decisions)
