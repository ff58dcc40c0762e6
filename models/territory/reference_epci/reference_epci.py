"""The intercommunalities of France, as the bundled open data list them.

A light table of 1,266 rows so that the set-up wizard can search them like anything else; the
35,000 communes stay in their file."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.opendata import fictitious
from ....engine.opendata.reference import reference
from ..partner.res_partner import EPCI_KINDS


class CommuneReferenceEpci(models.Model):
    _name = "commune.reference.epci"
    _description = "Intercommunality in the open data"
    _order = "population desc, id"
    _rec_names_search = ["name", "siren"]

    siren = fields.Char(string="SIREN", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    full_name = fields.Char(required=True, readonly=True, help="Without abbreviation.")
    kind = fields.Selection(EPCI_KINDS, readonly=True)
    population = fields.Integer(readonly=True)
    department = fields.Char(readonly=True)
    commune_count = fields.Integer(string="Communes", readonly=True)
    _siren_uniq = models.Constraint("UNIQUE(siren)", "There is already a line for this SIREN.")

    @api.model
    def _get_reference(self):
        """The bundled reference data (engine.opendata.reference.Reference)."""
        return reference()

    @api.model
    def _load_reference(self):
        """Bring the table in step with the bundled file; run at installation and upgrade."""
        known = {epci.siren: epci for epci in self.search([])}
        missing = []
        for epci in self._get_reference().epcis():
            values = {
                "name": epci.name,
                "full_name": epci.full_name,
                "kind": epci.kind,
                "population": epci.population,
                "department": epci.department,
                "commune_count": epci.commune_count,
            }
            record = known.pop(epci.siren, None)
            if record is None:
                missing.append(dict(values, siren=epci.siren))
            elif any(record[name] != value for name, value in values.items()):
                record.write(values)
        self.create(missing)
        self.browse(record.id for record in known.values()).unlink()

    @api.depends("name", "siren", "department")
    def _compute_display_name(self):
        for epci in self:
            epci.display_name = f"{epci.name} ({epci.department}, SIREN {epci.siren})"

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Search by SIREN, by name in any spelling, or by the name of a member commune."""
        if not name or operator != "ilike":
            return super().name_search(name, domain, operator, limit)
        sirens = [epci.siren for epci in self._get_reference().search_epci(str(name), limit or 100)]
        found = self.search_fetch([("siren", "in", sirens), *(domain or [])], ["siren"])
        found = found.sorted(lambda epci: sirens.index(epci.siren))
        return [(epci.id, epci.display_name) for epci in found]

    # From an empty database to a working one, for the command line and the demonstration.

    @api.model
    def _set_up_everything(self, siren, demo=False, online=True):
        """Set up one intercommunality: language, communes, elected officials, accounts.

        Running it again changes nothing that is already there.

        :param demo: add the demonstration; it alone may bring invented persons
        :param online: try the current files of data.gouv.fr
        :return: generator of sentences that describe each step done
        """
        self = self.with_context(lang="fr_FR")
        epci = self._set_up(siren)
        yield self.env._(
            "%(name)s: %(count)s communes, %(population)s inhabitants",
            name=epci.name,
            count=epci.member_count,
            population=self.env["ir.qweb.field.integer"].value_to_html(epci.population, {}),
        )
        yield from self._describe_unchanged_settings(siren)
        yield from self._set_up_officials(epci, online, demo)
        if demo:
            yield from self.env["commune.demo"]._load(epci)

    @api.model
    def _describe_unchanged_settings(self, siren):
        """Report settings left unchanged in a shared database: the command line cannot ask."""
        reference = self.search([("siren", "=", siren.replace(" ", ""))])
        if reference._get_settings_changes():
            yield self.env._(
                "others work with this database: language, currency, time zone, digest, passwords"
                " and sign-up stay as they are. To choose: menu Configuration > Set up the"
                " territory"
            )

    @api.model
    def _set_up_officials(self, epci, online, demo):
        places = epci | epci._get_members()
        if self.env["commune.mandate"].search_count([("commune_id", "in", places.ids)], limit=1):
            yield self.env._("elected officials: already there")
            return
        if online:
            try:
                yield self._load_real_officials()
                return
            except UserError as error:
                yield self.env._("data.gouv.fr: %s", str(error).split("\n")[0])
        if demo:
            yield self._load_invented_officials(epci)
            return
        yield self.env._(
            "elected officials: later. Menu Communes > Elected officials and staff >"
            " Import elected officials"
        )

    @api.model
    def _load_real_officials(self):
        """:raise UserError: data.gouv.fr cannot be reached, or its files cannot be read"""
        Import = self.env["commune.import"]
        record = Import.load_files(Import._download())
        record.action_apply()
        return self.env._(
            "elected officials: %s mandates from the national directory", record.new_count
        )

    @api.model
    def _load_invented_officials(self, epci):
        """For the demonstration alone: nobody is invented unless it was asked for."""
        files = self._get_fictive_files(epci)
        record = self.env["commune.import"].load_files(files, source="fictive")
        record.action_apply()
        return self.env._(
            "elected officials: %s mandates of FICTITIOUS persons. To load the real ones later:"
            " menu Communes > Elected officials and staff > Import elected officials",
            record.new_count,
        )

    @api.model
    def _get_fictive_files(self, epci):
        """Files of invented persons for the communes of an intercommunality."""
        communes = [
            fictitious.FictiveCommune(commune.insee_code, commune.name, commune.population)
            for commune in epci._get_members()
        ]
        return fictitious.files(communes, epci.siren, epci.name)
