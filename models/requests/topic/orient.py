"""Orientation: from a question in the words of a commune to the right interlocutor."""

from dataclasses import replace
from functools import lru_cache

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....engine import orientation

# Many changes in Odoo (a parameter, an access right) forget what `ormcache` keeps: the words of the
# topics stay, and are not read again.
make_index = lru_cache(maxsize=2)(orientation.Index)
# A referent named for the commune or its sector makes a topic a little more likely.
NAMED_BONUS = 1.1


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model
    def orient(self, question, commune=None, limit=3):
        """Topics that a question is probably about, the best first.

        :param question: text as typed by the commune
        :param commune: res.partner or its id, to choose its own referent
        :param limit: how many topics
        :return: list of dicts, none when the question is about none of them: `topic_id`, `code`,
            `name`, `score`, `referent` (see `_get_interlocutors`, False when there is nobody),
            `reasons` (French sentences), `repairs` (words typed wrong, those meant), `clear` (the
            first topic may be chosen without asking), `level` (who is in charge in the commune) and
            `level_label`, `team_id`
        :raise AccessError: for a portal account whose mandates have all ended, or that names
            another commune: its cards name the staff who answer it
        """
        commune = self._get_commune(commune)
        self._check_can_orient(commune)
        topics = self.sudo()
        index, ids = topics._get_index()
        found = index.answer(question, limit=limit + 2)
        topics = topics.browse(ids[card.code] for card in found)
        people = topics._get_interlocutors(commune)
        found = self._favour_named(found, ids, people)
        clear = orientation.is_clear(found)
        topics = topics.browse(ids[card.code] for card in found[:limit])
        cards = [
            topic._prepare_card(card, people.get(topic.id), commune)
            for topic, card in zip(topics, found, strict=False)
        ]
        for rank, card in enumerate(cards):
            card["clear"] = clear and rank == 0
        return cards

    @api.model
    def _check_can_orient(self, commune):
        """The cards name agents and how to reach them: communes and staff only."""
        if not self.env.user.share or self.env.su:
            return
        places = self.env["res.partner"]._get_portal_places()
        if not places:
            raise AccessError(self.env._("No commune is linked to your account any more."))
        if commune - places:
            raise AccessError(
                self.env._("No mandate or post of yours lets you do this for this commune.")
            )

    @api.model
    def _get_commune(self, commune):
        if isinstance(commune, int):
            commune = self.env["res.partner"].sudo().browse(commune).exists()
        return commune or self.env["res.partner"]

    def _favour_named(self, found, ids, people):
        """Reorder when a referent is in charge of this very commune."""
        favoured = []
        for card in found:
            named = people.get(ids[card.code], {}).get("reach", 0) >= 2
            favoured.append(replace(card, score=card.score * NAMED_BONUS) if named else card)
        return sorted(favoured, key=lambda card: -card.score)

    def _prepare_card(self, card, person, commune):
        level = self._get_level(commune)
        return {
            "topic_id": self.id,
            "code": card.code,
            "name": self.name,
            "score": round(card.score, 3),
            "referent": person or False,
            "reasons": list(card.reasons),
            "repairs": list(card.repairs),
            "level": level,
            "level_label": self._get_level_label(level),
            "team_id": person["team_id"] if person else self._get_team().id,
        }

    # the index in memory

    @tools.ormcache()
    def _get_index(self):
        """The words of all topics, ready to be searched, and the id of each code."""
        topics = self.search(Domain.TRUE)
        return self._build_index(topics), {topic.code: topic.id for topic in topics}

    @api.model
    def _build_index(self, topics, extra=None):
        """Index of topics with their accepted words.

        :param extra: {topic: [(term, weight)]} to try words that are not accepted yet
        """
        accepted = self.env["commune.topic.term"].search_fetch(
            [("state", "=", "accepted"), ("topic_id", "in", topics.ids)],
            ["topic_id", "term", "weight"],
        )
        learned = {
            topic: [(t.term, t.weight) for t in terms]
            for topic, terms in accepted.grouped("topic_id").items()
        }
        for topic, terms in (extra or {}).items():
            learned[topic] = learned.get(topic, []) + terms
        return make_index(
            tuple(topic._get_engine_topic(learned.get(topic, ())) for topic in topics)
        )

    def _get_engine_topic(self, learned):
        self.ensure_one()
        keywords = [k.strip() for k in (self.keywords or "").split(",") if k.strip()]
        return orientation.Topic(
            code=self.code,
            label=self.with_context(lang="fr_FR").name,
            parent=self.parent_id.code or "",
            level=self.level,
            examples=orientation.examples().get(self.code, ()),
            terms=tuple(orientation.Term(text) for text in keywords)
            + tuple(orientation.Term(text, weight) for text, weight in learned),
        )

    def _forget_index(self, vals):
        """Whatever changes the words makes the index anew."""
        self.env.registry.clear_cache()
