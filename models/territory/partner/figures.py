"""Who writes the figures of communes: amounts, legal delays and invoices rest on them."""

from odoo import api, models
from odoo.exceptions import AccessError

from ...core.odoo.res_partner import FIGURES


class ResPartner(models.Model):
    """Contacts that are neither a commune nor an intercommunality keep the rights of Odoo."""

    _inherit = "res.partner"

    def _check_new_figures(self, vals_list):
        if not self._can_write_figures():
            self._filter_places()._raise_protected_figures()

    def _check_figures(self, vals):
        """A form that sends back unchanged values is no write: values are compared."""
        if self._can_write_figures():
            return
        names = FIGURES & vals.keys()
        places = self._filter_places()
        before = places._read_figures(names)
        yield
        (self._filter_places() - places)._raise_protected_figures()
        places.filtered(
            lambda p: p._read_figures(names)[p.id] != before[p.id]
        )._raise_protected_figures()

    @api.model
    def _can_write_figures(self):
        return self.env.su or self.env.user.has_group("commune_relations.group_officer")

    def _filter_places(self):
        ids = self.sudo().filtered(lambda p: p.is_commune or p.is_epci).ids
        return self.browse(ids)

    def _read_figures(self, names):
        """{id: values of these fields}, as they are kept."""
        places = self.sudo()
        return {place.id: [place[name] for name in sorted(names)] for place in places}

    def _raise_protected_figures(self):
        """:raise AccessError: when there is one of these places"""
        if self:
            raise AccessError(
                self.env._(
                    "“%s”: what identifies a commune or an intercommunality, and the figures that"
                    " amounts and delays rest on, are written by the officers of the service alone."
                    " Ask one of them.",
                    self[0].sudo().name,
                )
            )
