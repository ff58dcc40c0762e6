"""What the one search finds of the committees, their sessions and decisions."""

from odoo import api, models

from ..core.search import SearchSource


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "decision": SearchSource(
                "commune.decision",
                self.env._("Decisions"),
                action="commune_decision_action",
                title="text",
                texts=("number",),
                detail="number",
                order="session_date",
                pillar="committees",
            ),
            "session": SearchSource(
                "commune.session",
                self.env._("Sessions"),
                action="commune_session_action",
                texts=("committee_id.name",),
                detail="date",
                order="date_begin",
                pillar="committees",
            ),
            "committee": SearchSource(
                "commune.committee",
                self.env._("Committees"),
                action="commune_committee_action",
                texts=("short_name",),
                order="sequence asc",
                pillar="committees",
            ),
        }


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    _found_idx = models.Index(
        "USING gin (commune_relations.fold(text) gin_trgm_ops,"
        " commune_relations.fold(number) gin_trgm_ops)"
    )
