"""The library as a person of a commune sees it: what concerns them, found by words."""

from odoo import api, models
from odoo.fields import Domain

from ....engine.text.initials import get_initials

NEW_DAYS = 60
AUDIENCES = ("for_elected", "for_dgs", "for_staff")
MOST_FOUND = 60


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    @api.model
    def _search_library(self, words):
        """Published guides that the current user may read, the nearest to some words first; all
        of them without words."""
        if not (words or "").strip():
            return self.search([("state", "=", "published")])
        found = self.env["commune.finder"]._find(words, ("guide",), MOST_FOUND)
        return self.browse(one["id"] for one in found)

    @api.model
    def _is_missed(self, words):
        """Whether no guide has these words; guides of the same topic are shown anyway."""
        found = self.env["commune.finder"]._find(words, ("guide",), MOST_FOUND)
        return not any(one["by_words"] for one in found)

    @api.model
    def _get_library(self, words="", topic_id=0, audience="", is_new=False):
        """What a page lists, those revised last first when they are asked by “new”.

        :param topic_id: a topic, or a family for all its topics
        :param audience: one of `AUDIENCES`
        """
        found, library = self._search_library(words), self.sudo()
        domain = Domain("id", "in", found.ids)
        if topic_id:
            topics = library.env["commune.topic"].browse(topic_id).exists()
            whole = topics | topics.child_ids | topics.parent_id
            domain &= Domain("topic_ids", "in", whole.ids)
        if audience in AUDIENCES:
            domain &= Domain(audience, "=", True)
        if is_new:
            domain &= Domain("date_revised", ">=", f"today -{NEW_DAYS}d")
        chosen = library.search(domain, order="date_revised desc, id desc" if is_new else None)
        if words and not is_new:
            chosen = chosen.browse(guide_id for guide_id in found.ids if guide_id in chosen._ids)
        return chosen

    @api.model
    def _get_library_topics(self):
        """Families and topics of the guides that the current user may read, as superuser."""
        topics = self.search([("state", "=", "published")]).sudo().topic_ids
        return (topics | topics.parent_id).sorted(lambda topic: (topic.sequence, topic.code))

    @api.model
    def _find_for_portal(self, guide_id):
        """The published guide of this id, as superuser, when the current user may read it."""
        domain = [("id", "=", guide_id), ("state", "=", "published")]
        return self.search(domain, limit=1).sudo()

    def _get_portal_page(self, commune):
        """Values of the portal page of a guide, beside its text, for a commune."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        topic = self._get_request_topic()
        return {
            "guide": self,
            "kind_label": kinds[self.kind],
            "who_rows": self._get_who_rows(commune) if self.kind == "who" else [],
            "changes": self.version_ids.filtered(lambda v: v.state == "published" and v.number > 1),
            "person": self._get_portal_contact(topic, commune),
            "topic": topic,
            "services": self._get_portal_services(commune),
        }

    def _get_request_topic(self):
        """The topic of a request that the guide leads to: the first that is not a family."""
        return self.topic_ids.filtered("parent_id").sorted(lambda t: (t.sequence, t.code))[:1]

    def _get_portal_contact(self, topic, commune):
        """Contact shown with the guide, as on the orientation card: person or desk."""
        user = self.contact_id.filtered("active")
        desk = self.env.company._get_desk_card()
        if user:
            person = self._prepare_contact(user)
        elif topic:
            found = topic._get_interlocutors(commune).get(topic.id)
            absent = topic._get_absent_holders(commune).get(topic.id)
            person = topic._get_portal_interlocutor(found, absent)
        else:
            person = desk
        phone = person["phone"] or desk["phone"]
        # As on the page of a request: a telephone, an address only where there is none.
        return {**person, "phone": phone, "email": "" if phone else desk["email"]}

    @api.model
    def _prepare_contact(self, user):
        return {
            "user_id": user.id,
            "name": user.name,
            "initials": get_initials(user.name),
            "has_photo": bool(user._find_interlocutor(user.id)) and user._has_commune_photo(),
            "function": user.partner_id.function or "",
            "phone": user.partner_id.phone or "",
        }

    def _get_portal_services(self, commune):
        """Services of the catalogue of the commune that the guide names."""
        if not (commune and self.service_ids and self.env.company._uses("services")):
            return self.service_ids.browse()
        return commune.env["commune.portal.page"]._get_portal_services(commune) & self.service_ids
