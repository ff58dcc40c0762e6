"""Sorting: one item after the other, in seconds; what was done can be undone."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...core.window_actions import open_action

# Nobody has looked at it yet.
QUEUE = Domain("state", "=", "to_sort")
AT_ONCE = 20
ACTIONS = ("keep", "put_away")


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    @api.model
    def get_sorting(self, seen=()):
        """What the screen of sorting shows: the next items, the newest first.

        :param seen: items that it has already
        :return: dict: `items` (see `_get_card`), `count` left in all, `kinds` [(code, label)],
            `topics` [{id, name}], `can_sort`
        """
        self.check_access("read")
        items = self.search(QUEUE & Domain("id", "not in", list(seen)), limit=AT_ONCE)
        proposed = items._propose_topics()
        topics = self.env["commune.topic"].search([("parent_id", "!=", False)], order="name")
        return {
            "items": [item._get_card(proposed[item]) for item in items],
            "count": self.search_count(QUEUE),
            "kinds": self._fields["kind"]._description_selection(self.env),
            "topics": [{"id": topic.id, "name": topic.name} for topic in topics],
            "can_sort": self.has_access("write"),
        }

    def _get_card(self, proposed):
        return {
            "id": self.id,
            "name": self.name,
            "link": self.link or "",
            "date": format_date(self.env, self.date),
            "summary": self.summary or "",
            "sources": ", ".join(self.source_ids.mapped("name")),
            "kind": self.kind,
            "topics": [{"id": topic.id, "name": topic.name} for topic in self.topic_ids],
            "proposed": [{"id": topic_id, "name": name} for topic_id, name in proposed],
        }

    def sort(self, action, kind, topics):
        """Keep an item, for oneself to analyse, or put it away.

        :param action: keep or put_away
        :param kind: code of a kind
        :param topics: list of ids
        :return: dict: `count` left, `refusal` (a sentence, when a colleague was faster)
        """
        self.ensure_one()
        self.check_access("write")
        if action not in ACTIONS:
            raise UserError(self.env._("This action is not known."))
        if not self.filtered_domain(QUEUE):
            who = self.user_id.sudo().name or ""
            refusal = self.env._("%s has already sorted this item.", who)
            return {"count": self.search_count(QUEUE), "refusal": refusal}
        known = self.env["commune.topic"].browse(topics).exists()
        self.write({"kind": kind, "topic_ids": [fields.Command.set(known.ids)]})
        self.action_put_away() if action == "put_away" else self.action_keep()
        return {"count": self.search_count(QUEUE), "refusal": ""}

    def unsort(self):
        """Undo the last triage of an item, unless it has moved on since."""
        self.ensure_one()
        self.check_access("write")
        sorted_only = self.state in ("kept", "archived") and not self.validated_by_id
        if self.user_id != self.env.user or not sorted_only:
            refusal = self.env._("This item has changed since: open it.")
            return {"count": self.search_count(QUEUE), "refusal": refusal}
        self._set({"state": "to_sort", "user_id": False, "sorted_date": False})
        return {"count": self.search_count(QUEUE), "refusal": ""}

    def action_open_sorting(self):
        """The screen on which all that is to be sorted is, one after the other."""
        self.check_access("read")
        return open_action(self, "commune_watch_triage_action")

    @api.model
    def get_form(self, link, title):
        """Form for a page shared from the browser.

        The item of that page, else an unsaved one with its title and link.

        :return: an action
        """
        self.check_access("create")
        known = self._find_page(link)
        values = self._prepare_text({"name": title, "link": link})
        return open_action(
            self,
            "commune_watch_item_action",
            context={"default_name": values["name"], "default_link": values["link"]},
            res_id=known.id,
            views=[(False, "form")],
            target="main",
        )

    @api.model
    def get_share(self):
        """Header of the screen of sources.

        Whether the current user may note a page, and the address to which messages are forwarded.
        """
        if not self.has_access("create"):
            return {"shown": False, "address": ""}
        address = self._get_alias().alias_full_name or ""
        return {"shown": True, "address": address if "@" in address else ""}
