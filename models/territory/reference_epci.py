"""The intercommunalities of France, as the bundled open data list them.

A light table of 1,266 rows so that the set-up wizard can search them like anything else; the
35,000 communes stay in their file.
"""

from odoo import api, fields, models

from ...engine.opendata.reference import reference
from .res_partner import EPCI_KINDS


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
