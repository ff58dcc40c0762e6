"""What the one search finds of the requests and their topics."""

from itertools import pairwise

from odoo import api, fields, models

from ...engine.text.fold import words
from ..core.search import SearchSource


class CommuneSearch(models.AbstractModel):
    _inherit = "commune.search"

    @api.model
    def _get_search_sources(self):
        return super()._get_search_sources() | {
            "request": SearchSource(
                "helpdesk.ticket",
                self.env._("Requests"),
                action="commune_request_action",
                commune="commune_id",
                detail="number",
                domain=(("is_commune_request", "=", True),),
                number="number",
                order="create_date",
                pillar="requests",
            ),
            "topic": SearchSource(
                "commune.topic",
                self.env._("Topics"),
                action="commune_topic_action",
                texts=("folded_keywords",),
                folded=("folded_keywords",),
                order="sequence asc",
                pillar="requests",
            ),
        }


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    # Thousands of signs, folded once: to fold them took half of the time of a question.
    folded_keywords = fields.Text(compute="_compute_folded_keywords", store=True)

    @api.depends("keywords")
    def _compute_folded_keywords(self):
        for topic in self:
            known = sorted(set(words(topic.keywords or "")))
            # Words match by prefix: a word that begins the next one is redundant.
            pairs = pairwise([*known, ""])
            topic.folded_keywords = " ".join(w for w, after in pairs if not after.startswith(w))
