"""Parties of a statement: what Chorus Pro and accountants require between public bodies.

SIRET of both, service code and engagement number of the commune (from its Chorus Pro sheet), the
authorising officer. They are stored with the statement when it is issued: the document and the file
of the finance software never change."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .statement import FROZEN


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    issuer_siret = fields.Char(string="SIRET of the intercommunality", readonly=True, copy=False)
    payer_siret = fields.Char(string="SIRET of the commune", readonly=True, copy=False)
    ordonnateur = fields.Char(string="Who orders the receipt", readonly=True, copy=False)
    service_code = fields.Char(
        string="Service code (Chorus Pro)",
        compute="_compute_service_code",
        store=True,
        readonly=False,
        help="Of the service of the commune that pays, when its Chorus Pro sheet has one.",
    )
    engagement_number = fields.Char(
        string="Engagement number (Chorus Pro)",
        copy=False,
        help="Number of the order of the commune, when its Chorus Pro sheet asks for it.",
    )

    @api.depends("commune_id")
    def _compute_service_code(self):
        for statement in self:
            old = statement.state in FROZEN
            commune = statement.commune_id
            statement.service_code = not old and commune.chorus_service_code

    def _get_parties(self):
        """{issuer_siret, payer_siret, ordonnateur}: kept once issued, of today before."""
        self.ensure_one()
        company = self.env.company
        return {
            "issuer_siret": self.issuer_siret or company._get_epci().siret or "",
            "payer_siret": self.payer_siret or self.commune_id.sudo().siret or "",
            "ordonnateur": self.ordonnateur or company._get_ordonnateur(),
        }

    def _check_parties(self):
        """:raise UserError: what a receipt between public bodies cannot do without, by its name"""
        self.ensure_one()
        parties, commune = self._get_parties(), self.commune_id
        service = self.service_code or not commune.chorus_needs_service
        engagement = self.engagement_number or not commune.chorus_needs_engagement
        issuer, payer, ordonnateur = parties.values()
        wanted = {
            self.env._("the SIRET of the intercommunality"): issuer,
            self.env._("the SIRET of the commune, on its sheet"): payer,
            self.env._("who orders the receipts, name and title, in the settings"): ordonnateur,
            self.env._("the service code that the commune asks for in Chorus Pro"): service,
            self.env._("the engagement number that the commune asks for in Chorus Pro"): engagement,
        }
        gaps = [sentence for sentence, value in wanted.items() if not value]
        if gaps:
            raise UserError(
                self.env._(
                    "The statement of %(commune)s cannot be issued without:\n%(gaps)s",
                    commune=commune.name,
                    gaps="\n".join(f"– {gap}" for gap in gaps),
                )
            )
