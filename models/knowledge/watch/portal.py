"""The watch as a person of a commune reads it: what was distributed and concerns them."""

from odoo import api, models
from odoo.fields import Domain

DISTRIBUTED = Domain("state", "=", "distributed") & Domain("is_for_me", "=", True)
MOST = 100


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    @api.model
    def _get_portal_items(self, topic_id=0, is_due=False, words=""):
        """Items of a page, as superuser: newest first, closest to some words first, or to do,
        nearest day first.

        :param topic_id: a topic, or a family for all its topics
        :param is_due: those alone that have a day to come
        """
        # The rights are the user's; topics and days are read as superuser.
        domain = Domain("id", "in", self._search(DISTRIBUTED))
        if is_due:
            today = self._get_today()
            domain &= Domain("date_effect", ">=", today) | Domain("deadline_ids.date", ">=", today)
        if topic_id:
            domain &= Domain("topic_ids", "child_of", topic_id)
        items = self.sudo()
        if words.strip():
            found = [one["id"] for one in self.env["commune.finder"]._find(words, ("watch",), MOST)]
            kept = items.search(domain & Domain("id", "in", found))
            items = kept.sorted(lambda item: found.index(item.id))
        else:
            shown = ["name", "date_effect", "action_text", "change_text"]
            items = items.search_fetch(domain, shown, order="date desc, id desc", limit=MOST)
        if not is_due:
            return items
        return items.filtered("next_date").sorted(lambda item: (item.next_date, item.id))

    @api.model
    def _get_portal_topics(self):
        """Families and topics of the items that the current user may read, as superuser."""
        topics = self.search(DISTRIBUTED, limit=MOST).sudo().topic_ids
        return (topics | topics.parent_id).sorted(lambda topic: (topic.sequence, topic.code))

    @api.model
    def _find_for_portal(self, item_id):
        """The item of this id, as superuser, when the current user may read it."""
        return self.search(DISTRIBUTED & Domain("id", "=", item_id), limit=1).sudo()

    def _get_portal_page(self):
        """Values of the portal page of an item."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        deadlines = self.deadline_ids.filtered(lambda one: one.date >= self._get_today())
        guides = self.env["commune.guide"]._get_guides_of_topics(self.topic_ids)
        return {
            "item": self,
            "kind_label": kinds[self.kind],
            "references": self._get_references(),
            "deadlines": deadlines,
            "guides": self.env["commune.guide"].union(*guides.values()),
        }

    def _get_today(self):
        return self.env.company._get_today()
