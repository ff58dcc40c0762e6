"""Who writes the figures of communes: amounts, legal delays and invoices rest on them."""

from odoo import api, models
from odoo.exceptions import AccessError

# What a place is and what is counted with it. Odoo's right on contacts is not enough for these.
FIGURES = {
    "active",
    "epci_id",
    "epci_kind",
    "good_friday_church",
    "insee_code",
    "is_commune",
    "is_company",
    "is_epci",
    "local_law",
    "member_ids",
    "membership_date_end",
    "membership_date_start",
    "parent_id",
    "population",
    "population_year",
    "reference_values",
    "reference_vintage",
    "seat_commune_id",
    "siren",
    "siret",
}


class ResPartner(models.Model):
    """Contacts that are neither a commune nor an intercommunality keep the rights of Odoo."""

    _inherit = "res.partner"

    @api.model
    def _get_figures(self):
        """Names of the fields that only the officers write on a commune or an intercommunality."""
        return FIGURES

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if not self._can_write_figures():
            partners._filter_places()._raise_protected_figures()
        return partners

    def write(self, vals):
        """A form that sends back what it was given changes nothing: values are compared."""
        names = self._get_figures() & vals.keys()
        if not names or self._can_write_figures():
            return super().write(vals)
        places = self._filter_places()
        before = places._read_figures(names)
        result = super().write(vals)
        (self._filter_places() - places)._raise_protected_figures()
        places.filtered(
            lambda p: p._read_figures(names)[p.id] != before[p.id]
        )._raise_protected_figures()
        return result

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
