"""The intercommunality behind the company, and its branding on documents."""

from odoo import api, fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    epci_id = fields.Many2one(
        "res.partner",
        string="Intercommunality",
        domain="[('is_epci', '=', True)]",
        index="btree_not_null",
        help="The intercommunality (EPCI) that this company is or works for.",
    )
    last_renewal_date = fields.Date(
        string="Last renewal of the councils",
        default="2026-03-15",
        help="First round of the last general renewal of the municipal councils (15 March"
        " 2026). A mayor whose mandate began before is shown as belonging to a former term.",
    )

    def _get_epci(self):
        """The intercommunality, as superuser: its name, kind and communes are public, also for
        a user who may not open its contact."""
        return self.sudo().epci_id

    def _is_organisation(self):
        """Whether this company is the organisation.

        Another company of the same Odoo has its own customers and mail. Until the territory is set
        up, any company may be the organisation.
        """
        return bool(self._get_epci()) or not self._get_organisation_ids()

    @api.model
    @tools.ormcache()
    def _get_organisation_ids(self):
        """The companies whose territory is set up: every mail asks, no matter who writes it."""
        return tuple(self.sudo().search([("epci_id", "!=", False)]).ids)

    @api.model
    def _get_organisation_contact_ids(self):
        """Contacts of these companies, for record rules."""
        return self.sudo().browse(self._get_organisation_ids()).partner_id.ids

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"epci_id"}
