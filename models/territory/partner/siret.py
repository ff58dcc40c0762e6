"""The SIRET of a commune or of an intercommunality: whom an invoice between public bodies names."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.opendata.codes import bare, siret


class ResPartner(models.Model):
    _inherit = "res.partner"

    siret = fields.Char(
        string="SIRET",
        copy=False,
        help="Fourteen digits, the SIREN first: the establishment that is billed, or that bills.",
    )

    @api.model
    def _with_bare_siret(self, vals):
        """Typed with spaces, kept without."""
        if vals.get("siret"):
            return {**vals, "siret": bare(vals["siret"])}
        return vals

    @api.constrains("siret", "siren", "is_commune", "is_epci")
    def _check_place_siret(self):
        for place in self:
            if not place.siret or not (place.is_commune or place.is_epci):
                continue
            if not siret(place.siret):
                raise ValidationError(
                    self.env._(
                        "%s is not a SIRET: fourteen digits, of which the last one is a key that"
                        " does not fit. Read it again on the notice of INSEE.",
                        place.siret,
                    )
                )
            if place.siren and place.siret[:9] != place.siren:
                raise ValidationError(
                    self.env._(
                        "The SIRET %(siret)s does not begin with the SIREN %(siren)s of %(place)s.",
                        siret=place.siret,
                        siren=place.siren,
                        place=place.name,
                    )
                )
