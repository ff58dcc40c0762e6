"""Search sources of services and agreements."""

from odoo import api, models

from ..core.search import SearchSource


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "service": SearchSource(
                "commune.service",
                self.env._("Services"),
                action="commune_service_action",
                texts=("summary",),
                order="sequence asc",
                pillar="services",
            ),
            "agreement": SearchSource(
                "agreement",
                self.env._("Conventions"),
                action="commune_agreement_action",
                texts=("code",),
                commune="commune_id",
                detail="code",
                order="start_date",
                domain=(("commune_id", "!=", False),),
                pillar="services",
            ),
        }


class Agreement(models.Model):
    _inherit = "agreement"

    _found_idx = models.Index(
        "USING gin (commune_relations.fold(name) gin_trgm_ops,"
        " commune_relations.fold(code) gin_trgm_ops)"
    )
