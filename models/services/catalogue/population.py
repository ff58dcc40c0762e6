"""Population of each commune by year: what the amounts of that year are computed with."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...territory.reference_epci.local_time import at_local_time


class CommuneServicePopulation(models.Model):
    _name = "commune.service.population"
    _description = "Population of a commune for the amounts of a year"
    _order = "year desc, commune_id"
    _rec_name = "commune_id"

    commune_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    year = fields.Integer(required=True, aggregator=None)
    population = fields.Integer(required=True, aggregator="sum")
    population_year = fields.Integer(
        string="Census year", aggregator=None, help="Year of the census that gives it."
    )
    _year_uniq = models.Constraint(
        "UNIQUE(commune_id, year)", "The population of this commune is already set for this year."
    )
    _population_check = models.Constraint(
        "CHECK(population >= 0)", "A population is a positive number."
    )

    @api.model
    def _freeze(self, year):
        """Keep the populations of today for the amounts of a year, once."""
        communes = self.env.company.epci_id._get_members()
        known = self.search(Domain("year", "=", year)).commune_id
        return self.create(
            [
                {
                    "commune_id": commune.id,
                    "year": year,
                    "population": commune.population,
                    "population_year": commune.population_year,
                }
                for commune in communes - known
            ]
        )

    @api.model
    @at_local_time
    def _cron_freeze(self):
        """In January: the legal populations come into force on the 1st."""
        self._freeze(self.env.company._get_today().year)

    @api.model
    def _get_lines(self, communes, year):
        """Populations recorded for a year; none before January."""
        return self.search(Domain("commune_id", "in", communes.ids) & Domain("year", "=", year))

    @api.model
    def _get_populations(self, communes, year):
        """{commune id: population of that year, else the current one}, in one query."""
        kept = self.sudo().search_fetch(
            Domain("commune_id", "in", communes.ids) & Domain("year", "=", year),
            ["commune_id", "population"],
        )
        known = {line.commune_id.id: line.population for line in kept}
        return {c.id: known.get(c.id, c.population) for c in communes}
