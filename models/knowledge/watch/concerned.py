"""Which communes an item concerns: population, local law, sector, service subscribed."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    commune_ids = fields.Many2many(
        "res.partner",
        string="Communes concerned",
        compute="_compute_commune_ids",
        help="Those of the territory that meet every criterion today.",
    )
    commune_count = fields.Integer(string="Communes", compute="_compute_commune_count")
    population_label = fields.Char(string="Population", compute="_compute_population_label")

    @api.depends("population_min", "population_max")
    @api.depends_context("lang")
    def _compute_population_label(self):
        for item in self:
            item.population_label = item._describe_band()

    def _describe_band(self):
        """The inhabitants of the communes concerned, in words."""
        low, high = (
            formatLang(self.env, number, digits=0)
            for number in (self.population_min, self.population_max)
        )
        if self.population_min and self.population_max:
            return self.env._("from %(low)s to %(high)s inhabitants", low=low, high=high)
        if self.population_max:
            return self.env._("%s inhabitants at most", high)
        if self.population_min:
            return self.env._("%s inhabitants or more", low)
        return self.env._("all, whatever their population")

    @api.depends("population_min", "population_max", "local_law", "sector_ids", "service_ids")
    def _compute_commune_ids(self):
        for item, communes in self._get_concerned().items():
            item.commune_ids = communes

    @api.depends("population_min", "population_max", "local_law", "sector_ids", "service_ids")
    def _compute_commune_count(self):
        """Separate from the communes: a list shows their number and names none."""
        for item, communes in self._get_concerned().items():
            item.commune_count = len(communes)

    def _get_concerned_communes(self):
        """The communes (res.partner) that one of these items concerns."""
        found = self._get_concerned().values()
        return self.env["res.partner"].union(*found)

    def _get_concerned(self):
        """{item: communes of the territory that meet each of its criteria}; many items have the
        same criteria, which are looked at once."""
        # Read as superuser: what a list looks at for each commune is no secret, and quick.
        communes = self._get_territory().sudo()
        subscribed = self._get_subscribed(self.service_ids._origin)
        found = {}
        for criteria, items in self.grouped(lambda item: item._get_criteria()).items():
            met = communes.browse(self._find_concerned(communes, subscribed, *criteria))
            met = met.with_env(self.env)
            found.update(dict.fromkeys(items, met))
        return {item: found[item] for item in self}

    @api.model
    def _get_domain_concerning(self, communes):
        """The same criteria, as a domain: the items that concern one of these communes."""
        subscribed = self._get_subscribed(self.env["commune.service"], communes)
        domains = []
        for commune in communes:
            people, services = (
                commune.population,
                [s for s in subscribed if commune.id in subscribed[s]],
            )
            domains.append(
                Domain("population_min", "<=", people)
                & (Domain("population_max", "=", 0) | Domain("population_max", ">=", people))
                & Domain("local_law", "in", [False, commune.local_law])
                & Domain("sector_ids", "in", [False, *commune.sector_id.ids])
                & Domain("service_ids", "in", [False, *services])
            )
        return Domain.OR(domains)

    @api.model
    def _get_territory(self):
        communes = self.env.company._get_epci()._get_members().with_env(self.env)
        communes.fetch(["population", "local_law", "sector_id"])
        return communes

    def _get_criteria(self):
        bounds = (self.population_min, self.population_max, self.local_law)
        return (*bounds, self.sector_ids._origin._ids, self.service_ids._origin._ids)

    @api.model
    def _find_concerned(self, communes, subscribed, least, most, law, sectors, services):
        """Ids of those that meet these criteria (see `_get_criteria`).

        :param subscribed: {service id: ids of the communes that have it}
        """
        having = set().union(*(subscribed[one] for one in services))
        return [
            one.id
            for one in communes
            if least <= one.population
            and not 0 < most < one.population
            and (not law or one.local_law == law)
            and (not sectors or one.sector_id.id in sectors)
            and (not services or one.id in having)
        ]

    @api.model
    def _get_subscribed(self, services, communes=None):
        """{service id: ids of the communes that have it today}.

        :param services: those alone; without communes, none of them is nothing to look for
        :param communes: those alone that these communes have
        """
        found = {service.id: set() for service in services}
        if not (services or communes):
            return found
        running = Domain("state", "=", "active")
        running &= (
            Domain("service_id", "in", services.ids)
            if services
            else Domain("commune_id", "in", communes.ids)
        )
        Subscription = self.env["commune.service.subscription"].sudo()
        for service, commune in Subscription._read_group(running, ["service_id", "commune_id"]):
            found.setdefault(service.id, set()).add(commune.id)
        return found
