"""The directory between peers: those who have the same kind of work and agree to be in it."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..audience.membership import MEMBER

PEERS = "function_sequence, commune_id, rank, id"


class ResPartner(models.Model):
    _inherit = "res.partner"

    network_directory_consent = fields.Boolean(
        string="Shown to peers",
        copy=False,
        help="The person agrees that colleagues of the other communes see name, e-mail and"
        " telephone. Given and taken back by the person on the portal.",
    )
    network_directory_date = fields.Date(string="Consent given or taken back on", copy=False)

    def _set_directory_consent(self, agrees):
        """The choice of the person, on the portal."""
        self.write(
            {
                "network_directory_consent": agrees,
                "network_directory_date": fields.Date.context_today(self),
            }
        )

    @api.model
    def _get_peers_domain(self, person):
        """Mandates and posts of the same kind (elected or staff) of those who agree."""
        own = self.env["commune.mandate"].sudo()
        own = own.search_fetch(Domain(MEMBER) & Domain("partner_id", "=", person.id), ["kind"])
        return (
            Domain(MEMBER)
            & Domain("kind", "in", own.mapped("kind"))
            & Domain("partner_id.network_directory_consent", "=", True)
        )

    @api.model
    def _get_peers(self, mandates):
        """Directory of a person: by function.

        :param mandates: those of one page, in the order of PEERS
        :return: list of dicts `function`, `people` (dicts `name`, `title`, `place`, `email`,
            `phone`)
        """
        return [
            {
                "function": function.name,
                "people": [
                    {
                        "name": held.partner_id.name,
                        "title": held.title,
                        "delegation": held.delegation or "",
                        "place": held.commune_id.brand_name or held.commune_id.name,
                        "email": held.partner_id.email or "",
                        "phone": held.partner_id.phone or "",
                    }
                    for held in found
                ],
            }
            for function, found in mandates.grouped("function_id").items()
        ]
