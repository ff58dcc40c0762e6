"""From an empty database to a working one, for the command line and the demonstration."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.opendata import fictive


class CommuneReferenceEpci(models.Model):
    _inherit = "commune.reference.epci"

    @api.model
    def _set_up_everything(self, siren, demo=False, online=True):
        """Set up one intercommunality: language, communes, elected officials, accounts.

        Running it again changes nothing that is already there.

        :param online: try the current files of data.gouv.fr before inventing persons
        :return: generator of sentences that say what was done
        """
        self._switch_to_french()
        self = self.with_context(lang="fr_FR")
        epci = self._set_up(siren)
        yield self.env._(
            "%(name)s: %(count)s communes, %(population)s inhabitants",
            name=epci.name,
            count=epci.member_count,
            population=self.env["ir.qweb.field.integer"].value_to_html(epci.population, {}),
        )
        yield from self._set_up_officials(epci, online)
        if demo:
            yield from self.env["commune.demo"]._load(epci)

    @api.model
    def _switch_to_french(self):
        """French first: for the users, the visitors, the company and the persons to come."""
        self.env["res.lang"]._activate_lang("fr_FR")
        partners = (
            self.env.ref("base.user_admin").partner_id
            | self.env.ref("base.public_user").partner_id
            | self.env.company.partner_id
        )
        partners.write({"lang": "fr_FR", "tz": "Europe/Paris"})
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env.company.currency_id = euro
        self.env["ir.default"].set("res.partner", "lang", "fr_FR")
        self.env["ir.default"].set("res.partner", "tz", "Europe/Paris")

    @api.model
    def _set_up_officials(self, epci, online):
        places = epci | epci._get_members()
        if self.env["commune.mandate"].search_count([("commune_id", "in", places.ids)], limit=1):
            yield self.env._("elected officials: already there")
            return
        Import = self.env["commune.import"]
        if online:
            try:
                record = Import.load(Import._download())
                record.action_apply()
                yield self.env._(
                    "elected officials: %s mandates from the national directory",
                    record.new_count,
                )
                return
            except UserError as error:
                yield self.env._("data.gouv.fr: %s", str(error).split("\n")[0])
        record = Import.load(self._get_fictive_files(epci), source="fictive")
        record.action_apply()
        yield self.env._(
            "elected officials: %s mandates of FICTITIOUS persons. To load the real ones later:"
            " menu Communes > Territory > Import elected officials",
            record.new_count,
        )

    @api.model
    def _get_fictive_files(self, epci):
        """Files of invented persons for the communes of an intercommunality."""
        communes = [
            fictive.FictiveCommune(commune.insee_code, commune.name, commune.population)
            for commune in epci._get_members()
        ]
        return fictive.files(communes, epci.siren, epci.name)
