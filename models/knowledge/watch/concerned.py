"""Which communes an item concerns: population, local law, sector, service subscribed."""

from odoo import api, fields, models
from odoo.fields import Domain


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    commune_ids = fields.Many2many(
        "res.partner",
        string="Communes concerned",
        compute="_compute_commune_ids",
        help="Those of the territory that meet every criterion today.",
    )
    commune_count = fields.Integer(string="Communes", compute="_compute_commune_ids")

    @api.depends("population_min", "population_max", "local_law", "sector_ids", "service_ids")
    def _compute_commune_ids(self):
        for item, communes in self._get_concerned().items():
            item.commune_ids = communes
            item.commune_count = len(communes)

    def _get_concerned_communes(self):
        """The communes (res.partner) that one of these items concerns."""
        found = self._get_concerned().values()
        return self.env["res.partner"].union(*found)

    def _get_concerned(self):
        """{item: communes of the territory that meet each of its criteria}."""
        communes = self.env.company.sudo().epci_id._get_members().sudo(self.env.su)
        communes.fetch(["population", "local_law", "sector_id"])
        subscribed = self._get_subscribed(self.service_ids._origin)
        return {
            item: communes.filtered(lambda commune, item=item: item._concerns(commune, subscribed))
            for item in self
        }

    def _concerns(self, commune, subscribed):
        """:param subscribed: {service id: ids of the communes that have it}"""
        population = commune.population
        if population < self.population_min or 0 < self.population_max < population:
            return False
        if self.local_law and commune.local_law != self.local_law:
            return False
        if self.sector_ids and commune.sector_id not in self.sector_ids._origin:
            return False
        services = self.service_ids._origin.ids
        return not services or any(commune.id in subscribed[one] for one in services)

    @api.model
    def _get_subscribed(self, services):
        """{service id: ids of the communes that have it today}."""
        found = {service.id: set() for service in services}
        running = Domain("service_id", "in", services.ids) & Domain("state", "=", "active")
        Subscription = self.env["commune.service.subscription"].sudo()
        for service, commune in (
            Subscription._read_group(running, ["service_id", "commune_id"]) if found else ()
        ):
            found[service.id].add(commune.id)
        return found
