"""“Who can answer?”: the orientation for staff, with its reasons."""

from odoo import api, fields, models

from ...models.core.window import open_action


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
                },
            )

    def _get_similar_answers(self):
        return self.env["commune.published.answer"]._search_similar(self.question or "")

    def action_quick_entry(self):
        """Note the question as a request, without typing it again."""
        context = {"default_question": self.question, "default_commune_id": self.commune_id.id}
        return open_action(self, "commune_request_quick_action", context=context)
