"""Guides beside what the communes ask: on the cards of the orientation, under an answer."""

from odoo import api, fields, models
from odoo.fields import Domain

MOST = 3


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    @api.model
    def _get_guides_of_topics(self, topics, nearest=()):
        """{topic id: guides}, those that the current user may read, in two queries; the guides
        of a family come after the guides of the topic itself.

        :param nearest: ids of the guides nearest to what was asked, which come before the others
        """
        # Pages that were checked already ask as superuser: the rights are the user's.
        person = self.sudo(False)
        if not (topics and person.has_access("read") and self.env.company._uses("knowledge")):
            return {}
        wanted = topics | topics.parent_id
        readable = person.search([("state", "=", "published")])
        guides = self.sudo().search(
            Domain("id", "in", readable.ids) & Domain("topic_ids", "in", wanted.ids)
        )
        ranks = {guide_id: rank for rank, guide_id in enumerate(nearest)}
        found = {}
        for topic in topics:
            own = guides.filtered(lambda guide, topic=topic: topic in guide.topic_ids)
            family = guides.filtered(lambda guide, topic=topic: topic.parent_id in guide.topic_ids)
            ranked = (own | family).sorted(lambda guide: ranks.get(guide.id, len(ranks)))
            found[topic.id] = ranked[:MOST]
        return found


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model
    def _get_portal_cards(self, question, commune, limit=3, wanted=0):
        cards = super()._get_portal_cards(question, commune, limit, wanted)
        topics = self.sudo().browse(card["topic_id"] for card in cards)
        near = self.env["commune.finder"]._find(question, ("guide",), commune=commune)
        nearest = [one["id"] for one in near if one["by_words"]]
        guides = self.env["commune.guide"]._get_guides_of_topics(topics, nearest)
        for card in cards:
            card["guides"] = guides.get(card["topic_id"], ())
        return cards


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    guide_ids = fields.Many2many(
        "commune.guide",
        string="Guides read under the answer",
        compute="_compute_guide_ids",
        help="Published on the topic of the request: the commune finds those that concern it under"
        " the answer.",
    )

    @api.depends("topic_id")
    def _compute_guide_ids(self):
        guides = self.env["commune.guide"]._get_guides_of_topics(self.topic_id)
        for ticket in self:
            ticket.guide_ids = guides.get(ticket.topic_id.id)


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    def _get_portal_page(self, ticket):
        values = super()._get_portal_page(ticket)
        topic = ticket.sudo().topic_id
        guides = self.env["commune.guide"]._get_guides_of_topics(topic)
        return {**values, "guides": guides.get(topic.id, ())}
