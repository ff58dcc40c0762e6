"""Known addresses and domains of a town hall or a person, beside the e-mail of their sheet."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.mail import find_addresses, host_of, is_public


class CommunePortalColleague(models.AbstractModel):
    _inherit = "commune.portal.colleague"

    def _get_holders_of_email(self, place, email):
        """Another address that identifies a town hall or a person."""
        known = self.env["commune.known.email"].sudo().search([("value", "=", email)])
        return super()._get_holders_of_email(place, email) | (known.partner_id - place)


class CommuneKnownEmail(models.Model):
    _name = "commune.known.email"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Known address"
    _order = "partner_id, value"
    _rec_name = "value"

    partner_id = fields.Many2one(
        "res.partner", string="Town hall or person", required=True, index=True, ondelete="cascade"
    )
    value = fields.Char(
        string="Address or domain",
        required=True,
        index=True,
        help="accueil@mairie.fr, or mairie.fr for all the addresses of a domain that belongs to"
        " the town hall alone.",
    )
    is_domain = fields.Boolean(compute="_compute_is_domain", store=True, string="Domain")
    _value_uniq = models.Constraint(
        "UNIQUE(partner_id, value)", "This address is already known here."
    )

    @api.depends("value")
    def _compute_is_domain(self):
        for known in self:
            known.is_domain = "@" not in (known.value or "")

    @api.constrains("value", "partner_id")
    def _check_value(self):
        others = self._get_other_public_domains()
        for known in self:
            value = known.value
            if "@" in value and find_addresses(value) == [value]:
                continue
            if "@" in value or host_of(value) != value:
                raise ValidationError(
                    self.env._(
                        "“%s” is neither an e-mail address nor a domain: write for example"
                        " accueil@mairie.fr or mairie.fr.",
                        value,
                    )
                )
            if is_public(value, others):
                raise ValidationError(
                    self.env._(
                        "%s serves everybody: write whole addresses instead of this domain.", value
                    )
                )
            if not known.partner_id.is_commune:
                raise ValidationError(
                    self.env._("Only a commune has a domain: write a whole address for a person.")
                )

    @api.model
    def _get_other_public_domains(self):
        """Providers that this intercommunality adds to those that the addon knows."""
        name = "commune_relations.public_mail_domains"
        return self.env["ir.config_parameter"].sudo().get_param(name) or ""

    @api.model
    def _clean(self, vals):
        """`@mairie.fr` and `https://www.mairie.fr` are read as a domain."""
        if not vals.get("value"):
            return vals
        value = vals["value"].strip().lower().removeprefix("@")
        return {**vals, "value": value if "@" in value else host_of(value) or value}
