"""What the search box of the portal finds beside the persons in charge."""

from dataclasses import dataclass
from typing import Any

from odoo import api, models

from ....engine.finder import Document, Library

# So many of a kind are shown.
MOST_SHOWN = 4
# So many of what is the person's own are compared with the question, the latest: titles alone.
MOST_OWN = 150


@dataclass(frozen=True)
class Corner:
    """A kind of things that the search box finds.

    :param label: the kind, in the words of a commune
    :param url: address of one, with “%s” for its id
    :param own: records of the person, compared as they stand; None: those of `_get_sources`
    :param title: field of the title of `own`
    :param known: ids that a page of the portal shows this person; None: what the rights say
    """

    label: str
    url: str
    own: Any = None
    title: str = "name"
    known: frozenset | None = None


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_corners(self, place):
        """{kind: Corner} in the order of the page; each pillar adds its own.

        :param place: the commune that the page is about
        """
        demands = self.env["helpdesk.ticket"].search(
            [("commune_id", "=", place.id)], order="create_date desc", limit=MOST_OWN
        )
        return {"request": Corner(self.env._("My requests"), "/my/requests/%s", demands)}

    @api.model
    def _find_for_portal(self, question, place, cards=()):
        """What a question finds for the person at hand, kind by kind, the best first.

        :param question: text as typed, typos included
        :param cards: those of the topics, on the same page: what they show is not said again
        :return: list of (label, [dict `title`, `url`, `reasons`]); kinds without any are left out
        """
        shows = self.env.company._shows_page
        corners = {
            kind: corner
            for kind, corner in self._get_corners(place).items()
            if shows(corner.url.partition("#")[0].removesuffix("/%s"))
        }
        read = self._find_read(question, corners, place)
        if cards:
            # Who answers is known: what is only written in words like those asked leads elsewhere.
            read = {kind: [one for one in those if one["is_near"]] for kind, those in read.items()}
        found = self._find_own(question, corners) | read
        told = self._get_told(cards)
        shown = {
            kind: [one for one in those if (kind, one["id"]) not in told][:MOST_SHOWN]
            for kind, those in found.items()
        }
        return [
            (corner.label, [{**one, "url": corner.url % one["id"]} for one in shown[kind]])
            for kind, corner in corners.items()
            if shown.get(kind)
        ]

    @api.model
    def _get_told(self, cards):
        """{(kind, id)} of what the cards show beside a topic; each pillar adds its own."""
        return set()

    @api.model
    def _find_own(self, question, corners):
        documents = [
            Document(kind, record.id, record[corner.title] or "")
            for kind, corner in corners.items()
            for record in corner.own or ()
        ]
        matches = Library(documents).find(question, len(documents)) if documents else []
        found = {}
        for one in matches:
            value = {"id": one.id, "title": one.title, "reasons": one.reasons}
            found.setdefault(one.kind, []).append(value)
        return found

    @api.model
    def _find_read(self, question, corners, place):
        kinds = [kind for kind, corner in corners.items() if corner.own is None]
        found = {}
        for one in self._find(question, kinds, len(kinds) * 5 * MOST_SHOWN, place):
            known = corners[one["kind"]].known
            if one["by_words"] and (known is None or one["id"] in known):
                found.setdefault(one["kind"], []).append(one)
        return found
