"""Which items a person of a commune reads: those distributed that concern one of their communes."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...territory.mandate.mandate import PORTAL_ACCESS

# What the rule reads and PostgreSQL must know.
READ = {
    "commune.watch.item": [
        "population_min",
        "population_max",
        "local_law",
        "sector_ids",
        "service_ids",
    ],
    "commune.mandate": ["commune_id"],
    "res.partner": ["is_commune", "population", "local_law", "sector_id"],
    "commune.service.subscription": ["service_id", "commune_id"],
}
# The same criteria as `_concerns`, for every commune of the person at once. Who sits in the
# intercommunality reads what concerns any of its communes.
CONCERNED = """
    EXISTS (
        SELECT FROM commune_mandate m
          JOIN res_partner p ON p.id = m.commune_id
         WHERE m.id IN %(mandates)s
           AND (p.is_commune IS NOT TRUE
                OR (COALESCE(p.population, 0) >= COALESCE(commune_watch_item.population_min, 0)
                    AND (COALESCE(commune_watch_item.population_max, 0) = 0
                         OR COALESCE(p.population, 0) <= commune_watch_item.population_max)
                    AND (commune_watch_item.local_law IS NULL
                         OR commune_watch_item.local_law = p.local_law)
                    AND (NOT EXISTS (SELECT FROM %(sectors)s s
                                      WHERE s.%(sector_item)s = commune_watch_item.id)
                         OR EXISTS (SELECT FROM %(sectors)s s
                                     WHERE s.%(sector_item)s = commune_watch_item.id
                                       AND s.%(sector)s = p.sector_id))
                    AND (NOT EXISTS (SELECT FROM %(services)s s
                                      WHERE s.%(service_item)s = commune_watch_item.id)
                         OR EXISTS (SELECT FROM %(services)s s
                                      JOIN commune_service_subscription u
                                        ON u.service_id = s.%(service)s
                                     WHERE s.%(service_item)s = commune_watch_item.id
                                       AND u.commune_id = p.id AND u.id IN %(running)s)))))
"""
# All that a portal account reads of an item, by any door.
PORTAL_FIELDS = frozenset(
    {
        "id",
        "display_name",
        "name",
        "link",
        "date",
        "summary",
        "kind",
        "state",
        "topic_ids",
        "change_text",
        "who_text",
        "date_effect",
        "action_text",
        "deadline_ids",
        "legal_text",
        "is_for_me",
        "distributed_date",
    }
)


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    is_for_me = fields.Boolean(
        compute="_compute_is_for_me",
        search="_search_is_for_me",
        help="Whether it concerns a commune where the person at hand has a mandate or a post.",
    )

    @api.depends_context("uid")
    def _compute_is_for_me(self):
        mine = self.sudo().search([("id", "in", self.ids), ("is_for_me", "=", True)])
        for item in self:
            item.is_for_me = item.id in mine.ids

    def _search_is_for_me(self, operator, value):
        """Worked out by PostgreSQL at each search: an access ends the day when the mandate does."""
        if operator != "in":
            return NotImplemented
        for model, names in READ.items():
            self.env[model].flush_model(names)
        mandates = self.env["commune.mandate"].sudo()
        person = self.env.user.partner_id
        held = mandates._search([*PORTAL_ACCESS, ("partner_id", "=", person.id)])
        running = (
            self.env["commune.service.subscription"].sudo()._search([("state", "=", "active")])
        )
        values = {"mandates": held.subselect(), "running": running.subselect()}
        query = self.sudo()._search(Domain.TRUE)
        query.add_where(SQL(CONCERNED, **values, **self._get_relations()))
        found = Domain("id", "in", query)
        return found if True in value else ~found

    def _get_relations(self):
        """Tables and columns of the sectors and services of the items."""
        sectors, services = self._fields["sector_ids"], self._fields["service_ids"]
        return {
            "sectors": SQL.identifier(sectors.relation),
            "sector_item": SQL.identifier(sectors.column1),
            "sector": SQL.identifier(sectors.column2),
            "services": SQL.identifier(services.relation),
            "service_item": SQL.identifier(services.column1),
            "service": SQL.identifier(services.column2),
        }

    def _has_field_access(self, field, operation):
        """What is analysed, by whom and what it touches stays among staff, field by field."""
        is_guest = self.env.user.share and not self.env.su
        if is_guest and field.name not in PORTAL_FIELDS:
            return False
        return super()._has_field_access(field, operation)
