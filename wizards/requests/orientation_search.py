"""“Who can answer?”: the orientation for staff, with its reasons."""

from odoo import api, fields, models

from ...models.core.window_actions import open_action

MOST_WRITTEN = 6


class CommuneOrientationSearch(models.TransientModel):
    _name = "commune.orientation.search"
    _description = "Who can answer?"

    question = fields.Char()
    commune_id = fields.Many2one("res.partner", domain="[('is_commune', '=', True)]")
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("question", "commune_id")
    def _compute_result(self):
        for search in self:
            cards = self.env["commune.topic"].orient(search.question, search.commune_id)
            topics = self.env["commune.topic"].browse(card["topic_id"] for card in cards)
            search.result = self.env["ir.qweb"]._render(
                "commune_relations.orientation_cards",
                {
                    "cards": cards,
                    "topics": {topic.id: topic for topic in topics},
                    "asked": bool((search.question or "").strip()),
                    "answers": search._get_similar_answers(),
                    "written": search._get_written(),
                },
            )

    def _get_similar_answers(self):
        return self.env["commune.published.answer"]._search_similar(self.question or "")

    def _get_written(self):
        """Guides, services and other results of the finder that the agent may read: list of (label,
        [result with `href`])."""
        finder = self.env["commune.finder"]
        sources = finder._get_sources()
        kinds = [kind for kind in sources if kind not in ("topic", "answer")]
        found = finder._find(self.question, kinds, MOST_WRITTEN, self.commune_id)
        for one in found:
            one["href"] = f"/odoo/{sources[one['kind']].model}/{one['id']}"
        return [
            (self.env["ir.model"]._get(sources[kind].model).name, those)
            for kind in kinds
            if (those := [one for one in found if one["kind"] == kind])
        ]

    def action_quick_entry(self):
        """Note the question as a request, without typing it again."""
        context = {"default_question": self.question, "default_commune_id": self.commune_id.id}
        return open_action(self, "commune_request_quick_action", context=context)
