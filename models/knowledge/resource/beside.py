"""Guides beside what the communes ask: on the cards of the orientation, under an answer."""

from odoo import api, models
from odoo.fields import Domain

MOST = 3


class CommuneResource(models.Model):
    _inherit = "commune.resource"

    @api.model
    def _get_guides_of_topics(self, topics):
        """{topic id: guides}, those that the person at hand may read, in two queries; the guides
        of a family come after those of the topic itself."""
        if not (topics and self.env.company._uses("knowledge")):
            return {}
        wanted = topics | topics.parent_id
        mine = self.search([("state", "=", "published")])
        guides = self.sudo().search(
            Domain("id", "in", mine.ids) & Domain("topic_ids", "in", wanted.ids)
        )
        found = {}
        for topic in topics:
            own = guides.filtered(lambda guide, topic=topic: topic in guide.topic_ids)
            family = guides.filtered(lambda guide, topic=topic: topic.parent_id in guide.topic_ids)
            found[topic.id] = (own | family)[:MOST]
        return found


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model
    def _get_portal_cards(self, question, commune, limit=3, wanted=0):
        cards = super()._get_portal_cards(question, commune, limit, wanted)
        topics = self.sudo().browse(card["topic_id"] for card in cards)
        guides = self.env["commune.resource"]._get_guides_of_topics(topics)
        for card in cards:
            card["guides"] = guides.get(card["topic_id"], ())
        return cards


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_portal_page(self):
        values = super()._get_portal_page()
        topic = self.sudo().topic_id
        guides = self.env["commune.resource"]._get_guides_of_topics(topic)
        return {**values, "guides": guides.get(topic.id, ())}
