"""What the one search finds of the territory: communes, and persons by name or function."""

from odoo import api, models

from ..core.search import MOST_OF_A_KIND, SearchSource
from .mandate.mandate import CURRENT

# Short forms of functions searched beside their codes (“dgs”).
SHORT = {"town_hall_secretary": "SGM", "deputy_dgs": "DGA"}


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "commune": SearchSource(
                "res.partner",
                self.env._("Communes"),
                action="commune_action_to_confirm",
                texts=("insee_code", "zip"),
                order="population",
                domain=(("is_commune", "=", True),),
            ),
            "person": SearchSource(
                "commune.mandate",
                self.env._("Elected officials and staff"),
                title="partner_id.name",
                shown="partner_id",
                commune="commune_id",
                detail="title",
                functions="function_id",
                order="function_sequence asc",
                domain=(("partner_id.active", "=", True), *CURRENT),
            ),
        }

    @api.model
    def _find_places(self, places):
        communes = self.env["res.partner"].browse(sorted(places)[:MOST_OF_A_KIND])
        return self._show("commune", self._get_search_sources()["commune"], communes, [], True)

    @api.model
    def _get_place_names(self):
        places = self.env["res.partner"]
        communes = places.search_fetch([("is_commune", "=", True)], ["name"], order="id")
        return {commune.id: (commune.name or "",) for commune in communes}

    @api.model
    def _get_function_names(self):
        functions = self.env["commune.function"].with_context(lang="fr_FR")
        return {
            one.id: tuple(
                filter(None, (one.name, one.name_feminine, one.code, SHORT.get(one.code)))
            )
            for one in functions.search_fetch([], ["name", "name_feminine", "code"])
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    _found_idx = models.Index("USING gin (commune_relations.fold(name) gin_trgm_ops)")
    # A commune is found by its codes too, and by what is alike: one index for the three.
    _found_commune_idx = models.Index(
        "USING gin (commune_relations.fold(name) gin_trgm_ops, "
        "commune_relations.fold(insee_code) gin_trgm_ops,"
        " commune_relations.fold(zip) gin_trgm_ops) WHERE is_commune IS TRUE"
    )
