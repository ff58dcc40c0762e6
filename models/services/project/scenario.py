"""Price scenarios of a project: what each commune would pay."""

from odoo import api, fields, models
from odoo.tools import formatLang

from ....engine import pricing
from ...core.collation import collate_place
from ..catalogue.price import DIGITS, to_decimal


def _add_known(amounts, communes):
    return float(sum(amounts[commune.id] or 0 for commune in communes))


class CommuneServiceScenario(models.Model):
    _name = "commune.service.scenario"
    _inherit = ["commune.service.price.mixin"]
    _description = "Price scenario"
    _order = "project_id, sequence, id"

    project_id = fields.Many2one(
        "commune.service.project", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    unit_name = fields.Char(string="Unit")
    quantity = fields.Float(
        string="Units per year for 1,000 inhabitants",
        digits=DIGITS,
        help="Used to estimate the part per unit of each commune; euros of works for a"
        " percentage of works.",
    )
    band_ids = fields.One2many(
        "commune.service.price.band", "scenario_id", string="Bands", copy=True
    )
    total = fields.Float(compute="_compute_total", digits=(16, 2), string="Receipts per year")
    coverage = fields.Float(
        compute="_compute_total", string="Part of the cost covered", aggregator=None
    )
    _figures_check = models.Constraint(
        "CHECK(fixed >= 0 AND unit >= 0 AND rate >= 0 AND rate <= 100 AND quantity >= 0)",
        "The figures of a price are positive, and a rate is at most 100 %.",
    )

    @api.depends(
        "kind",
        "fixed",
        "unit",
        "rate",
        "quantity",
        "band_ids.amount",
        "band_ids.population_from",
        "project_id.interested_commune_ids",
        "project_id.yearly_cost",
    )
    def _compute_total(self):
        for scenario in self:
            project = scenario.project_id
            amounts = scenario._simulate(project._get_simulated_populations())
            scenario.total = _add_known(amounts, project._get_simulated_communes())
            cost = project.yearly_cost
            scenario.coverage = scenario.total / cost if cost else 0

    def _simulate(self, populations):
        """{commune id: euros of a full year, None without the population it depends on}.

        Nothing is saved."""
        self.ensure_one()
        year, prices = self._get_simulated_year(), self._to_engine()
        amounts = {}
        for place, population in populations.items():
            quantity = to_decimal(self.quantity) * population / 1000
            cost = pricing.forecast_cost(year, prices, None, None, population, quantity)
            amounts[place] = None if cost.unpriced_days else cost.total
        return amounts

    @api.model
    def _get_simulated_year(self):
        return self.env.company._get_today().year + 1

    def _get_unit_name(self):
        return self.unit_name


class CommuneServicePriceBand(models.Model):
    _inherit = "commune.service.price.band"

    scenario_id = fields.Many2one("commune.service.scenario", index=True, ondelete="cascade")
    _owner_check = models.Constraint(
        "CHECK((price_id IS NULL) != (scenario_id IS NULL))",
        "A band belongs to a price or to a scenario.",
    )
    _scenario_band_uniq = models.UniqueIndex(
        "(scenario_id, population_from) WHERE scenario_id IS NOT NULL",
        "Two bands start from the same population.",
    )


class CommuneServiceProject(models.Model):
    _inherit = "commune.service.project"

    simulation_table = fields.Html(
        string="What each commune would pay",
        compute="_compute_simulation_table",
        sanitize=False,
        help="Euros of a full year, by scenario; the workbook holds the same figures.",
    )

    @api.depends(
        "interested_commune_ids",
        "scenario_ids.name",
        "scenario_ids.kind",
        "scenario_ids.fixed",
        "scenario_ids.unit",
        "scenario_ids.rate",
        "scenario_ids.quantity",
        "scenario_ids.band_ids.amount",
        "scenario_ids.band_ids.population_from",
    )
    def _compute_simulation_table(self):
        for project in self:
            project.simulation_table = bool(project.scenario_ids) and self.env["ir.qweb"]._render(
                "commune_relations.service_simulation_table",
                {
                    "simulation": project.get_simulation(),
                    "figure": lambda number, digits: formatLang(self.env, number, digits=digits),
                },
            )

    def _get_simulated_communes(self):
        """The communes interested, else all those of the territory."""
        return self.interested_commune_ids._origin or self._get_members()

    def _get_simulated_populations(self):
        """{commune id: inhabitants} of the territory and of the communes interested."""
        communes = self._get_members() | self.interested_commune_ids._origin
        year = self.env["commune.service.scenario"]._get_simulated_year()
        return self.env["commune.service.population"]._get_populations(communes, year)

    @api.model
    def _get_members(self):
        return self.env.company._get_epci()._get_members().sudo(False)

    def _get_simulation_notice(self):
        """Which communes the receipts count while none has declared its interest."""
        if self.interested_commune_ids:
            return ""
        return self.env._(
            "No commune is marked as interested: the receipts and the part of the cost covered"
            " are those of all the communes."
        )

    def get_simulation(self):
        """What every commune of the territory would pay under each scenario.

        :return: dict: `notice`, `scenarios` [{id, name, label, total, interested_total (None when
            no commune is interested)}], `rows` [{id, name, population, interested, amounts: [float,
            None without the population it depends on]}]
        """
        self.ensure_one()
        self.check_access("read")
        populations, interested = self._get_simulated_populations(), self.interested_commune_ids
        found = {scenario: scenario._simulate(populations) for scenario in self.scenario_ids}
        communes = self.env["res.partner"].browse(populations)
        communes = communes.sorted(lambda commune: (collate_place(commune.name), commune.id))
        interested = interested._origin
        return {
            "notice": self._get_simulation_notice(),
            "scenarios": [
                {
                    "id": scenario.id,
                    "name": scenario.name,
                    "label": scenario.label,
                    "total": _add_known(amounts, communes),
                    "interested_total": _add_known(amounts, interested) if interested else None,
                }
                for scenario, amounts in found.items()
            ],
            "rows": [
                {
                    "id": commune.id,
                    "name": commune.name,
                    "population": populations[commune.id],
                    "interested": commune in interested,
                    "amounts": [
                        None if amounts[commune.id] is None else float(amounts[commune.id])
                        for amounts in found.values()
                    ],
                }
                for commune in communes
            ],
        }

    def action_print_simulation(self):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("commune_relations.service_simulation_xlsx_report").report_action(self)
