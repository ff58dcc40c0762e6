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
class ResultKind:
    """Kind of result of the search box.

    :param label: the kind, in the words of a commune
    :param url: address of a result, with “%s” for its id
    :param own: records of the person, compared as they are; None: results of `_get_sources`
    :param title: field of the title of `own`
    :param known: ids that a page of the portal shows this person; None: what the rights allow
    """

    label: str
    url: str
    own: Any = None
    title: str = "name"
    known: frozenset | None = None


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_result_kinds(self, place):
        """{kind: ResultKind} in the order of the page; each pillar adds its own.

        :param place: the commune that the page is about
        """
        demands = self.env["helpdesk.ticket"].search(
            [("commune_id", "=", place.id)], order="create_date desc", limit=MOST_OWN
        )
        return {"request": ResultKind(self.env._("My requests"), "/my/requests/%s", demands)}

    @api.model
    def _find_for_portal(self, question, place, cards=()):
        """Results of a question for the current user, by kind, the best first.

        :param question: text as typed, typos included
        :param cards: topic cards on the same page: what they show is not repeated
        :return: list of (label, [dict `title`, `url`, `reasons`]); empty kinds are omitted
        """
        shows = self.env.company._shows_page
        result_kinds = {
            kind: result_kind
            for kind, result_kind in self._get_result_kinds(place).items()
            if shows(result_kind.url.partition("#")[0].removesuffix("/%s"))
        }
        read = self._find_read(question, result_kinds, place)
        if cards:
            # Who answers is known: what is only written in words like those asked leads elsewhere.
            read = {kind: [one for one in those if one["is_near"]] for kind, those in read.items()}
        found = self._find_own(question, result_kinds) | read
        displayed = self._get_shown_results(cards)
        shown = {
            kind: [one for one in those if (kind, one["id"]) not in displayed][:MOST_SHOWN]
            for kind, those in found.items()
        }
        return [
            (
                result_kind.label,
                [{**one, "url": result_kind.url % one["id"]} for one in shown[kind]],
            )
            for kind, result_kind in result_kinds.items()
            if shown.get(kind)
        ]

    @api.model
    def _get_shown_results(self, cards):
        """{(kind, id)} of what the cards show beside a topic; each pillar adds its own."""
        return set()

    @api.model
    def _find_own(self, question, result_kinds):
        documents = [
            Document(kind, record.id, record[result_kind.title] or "")
            for kind, result_kind in result_kinds.items()
            for record in result_kind.own or ()
        ]
        matches = Library(documents).find(question, len(documents)) if documents else []
        found = {}
        for one in matches:
            value = {"id": one.id, "title": one.title, "reasons": one.reasons}
            found.setdefault(one.kind, []).append(value)
        return found

    @api.model
    def _find_read(self, question, result_kinds, place):
        kinds = [kind for kind, result_kind in result_kinds.items() if result_kind.own is None]
        found = {}
        for one in self._find(question, kinds, len(kinds) * 5 * MOST_SHOWN, place):
            known = result_kinds[one["kind"]].known
            if one["by_words"] and (known is None or one["id"] in known):
                found.setdefault(one["kind"], []).append(one)
        return found
