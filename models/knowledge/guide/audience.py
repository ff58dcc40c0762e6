"""Whom a guide concerns: persons by what they do, in communes by their size and law.

One mandate must fit as a whole: who is a councillor in a village and an agent in a town does not
read there what is for the agents of villages.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ...territory.mandate.mandate import PORTAL_ACCESS

# The heads of the administration of a commune.
HEADS_OF_STAFF = ("dgs", "deputy_dgs", "town_hall_secretary")
# What the rule reads and PostgreSQL must know.
READ = {
    "commune.guide": [
        "for_elected",
        "for_dgs",
        "for_staff",
        "population_min",
        "population_max",
        "local_law",
    ],
    "commune.mandate": ["function_id", "commune_id"],
    "commune.function": ["kind", "code"],
    "res.partner": ["is_commune", "population", "local_law"],
}
CONCERNED = """
    EXISTS (
        SELECT FROM commune_mandate m
          JOIN commune_function f ON f.id = m.function_id
          JOIN res_partner p ON p.id = m.commune_id
         WHERE m.id IN %(mandates)s
           AND ((commune_guide.for_elected AND f.kind = 'elected')
                OR (commune_guide.for_dgs AND f.code IN %(heads)s)
                OR (commune_guide.for_staff AND f.kind = 'staff'))
           AND (p.is_commune IS NOT TRUE
                OR (COALESCE(p.population, 0) >= COALESCE(commune_guide.population_min, 0)
                    AND (COALESCE(commune_guide.population_max, 0) = 0
                         OR COALESCE(p.population, 0) <= commune_guide.population_max)
                    AND (commune_guide.local_law IS NULL
                         OR commune_guide.local_law = p.local_law))))
"""


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    is_for_me = fields.Boolean(
        string="Concerns me",
        compute="_compute_is_for_me",
        compute_sudo=True,  # its own rule asks for it
        search="_search_is_for_me",
        help="Whether a current mandate or post of the person at hand makes it theirs.",
    )
    audience_label = fields.Char(string="For whom", compute="_compute_audience_label")

    @api.depends_context("uid")
    def _compute_is_for_me(self):
        own = self.search([("id", "in", self.ids), ("is_for_me", "=", True)])
        for guide in self:
            guide.is_for_me = guide.id in own.ids

    def _search_is_for_me(self, operator, value):
        """Guides of the current user, computed by PostgreSQL at each search: an access ends
        the day when the mandate does."""
        if operator != "in":
            return NotImplemented
        for model, names in READ.items():
            self.env[model].flush_model(names)
        person = self.env.user.partner_id
        zone = self.env.company._get_zone_name()
        mandates = self.env["commune.mandate"].sudo().with_context(tz=zone)
        held = mandates._search([*PORTAL_ACCESS, ("partner_id", "=", person.id)])
        query = self.sudo()._search(Domain.TRUE)
        query.add_where(SQL(CONCERNED, mandates=held.subselect(), heads=HEADS_OF_STAFF))
        found = Domain("id", "in", query)
        return found if True in value else ~found

    @api.depends(
        "for_elected", "for_dgs", "for_staff", "population_min", "population_max", "local_law"
    )
    @api.depends_context("lang")
    def _compute_audience_label(self):
        for guide in self:
            audiences = [
                guide._fields[name]._description_string(self.env)
                for name in ("for_elected", "for_dgs", "for_staff")
                if guide[name]
            ]
            laws = dict(guide._fields["local_law"]._description_selection(self.env))
            where = [guide._get_size_label(), laws.get(guide.local_law)]
            guide.audience_label = " · ".join(filter(None, [", ".join(audiences), *where]))

    def _get_size_label(self):
        low = formatLang(self.env, self.population_min, digits=0)
        high = formatLang(self.env, self.population_max, digits=0)
        if self.population_min and self.population_max:
            return self.env._("Communes of %(low)s to %(high)s inhabitants", low=low, high=high)
        if self.population_max:
            return self.env._("Communes of %s inhabitants at most", high)
        if self.population_min:
            return self.env._("Communes of at least %s inhabitants", low)
        return ""

    def _check_has_readers(self):
        """:raise UserError: a guide for nobody is not published"""
        for guide in self:
            if not (guide.for_elected or guide.for_dgs or guide.for_staff):
                raise UserError(
                    self.env._("“%s”: say for whom it is before you publish it.", guide.name)
                )
