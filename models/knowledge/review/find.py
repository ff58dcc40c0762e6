"""What an item of the watch touches: by the texts that are cited, by the topic."""

import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....engine.law import find_references, needles, touches
from ....engine.law.citation_markup import read
from ...core.row_lock import lock_rows
from ...core.window_actions import open_action, open_dialog
from .reviewable_models import SOURCES

TOUCHING = ("cancelled", "changed")
AROUND = 60  # characters of a text on each side of what it cites
ACTIVITY = "review"


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    legal_links = fields.Html(
        string="Official pages", compute="_compute_legal_links", sanitize=False
    )
    review_ids = fields.One2many("commune.review", "item_id", string="To look over")
    review_count = fields.Integer(string="Things it touches", compute="_compute_review_count")
    review_left = fields.Integer(string="Left to look over", compute="_compute_review_count")

    @api.depends("legal_text")
    def _compute_legal_links(self):
        line = Markup('<li><a href="%s" target="_blank" rel="noopener noreferrer">%s</a></li>')
        for item in self:
            links = [line % (found.link, found.label) for found in item._get_references()]
            item.legal_links = Markup("<ul>%s</ul>") % Markup().join(links) if links else False

    @api.model
    def _with_cited_texts(self, vals):
        """What the title and the summary cite is written, unless somebody wrote it already."""
        if vals.get("legal_text"):
            return vals
        words = f"{vals.get('name') or ''}\n{vals.get('summary') or ''}"
        labels = [found.label for found in find_references(words, default="")]
        return {**vals, "legal_text": "\n".join(labels) or False}

    def _get_references(self):
        """Legal references of the item, one per line of `legal_text`, in any notation."""
        self.ensure_one()
        return find_references(self.legal_text or "")

    def _compute_review_count(self):
        groups = self.env["commune.review"]._read_group(
            [("item_id", "in", self.ids)], ["item_id", "state"], ["__count"]
        )
        for item in self:
            counts = {state: count for one, state, count in groups if one == item}
            item.review_count = sum(counts.values())
            item.review_left = counts.get("to_review", 0)

    def action_find_touched(self):
        """What it touches is listed and counted; nothing is made before it is agreed."""
        self.ensure_one()
        self.check_access("write")
        if self.kind not in TOUCHING:
            raise UserError(
                self.env._("Only an act that is annulled or a text that changed touches others.")
            )
        if not (self._get_references() or self.topic_ids):
            raise UserError(
                self.env._("Say first which texts of law or which topics “%s” is about.", self.name)
            )
        wizard = self.env["commune.review.search"].create({"item_id": self.id})
        wizard._fill(self._find_touched())
        action = open_dialog(self, wizard._name, self.env._("What it touches"))
        return {**action, "res_id": wizard.id}

    def action_open_reviews(self):
        self.ensure_one()
        self.check_access("read")
        return open_action(self, "commune_review_action", [("item_id", "=", self.id)], context={})

    def action_review(self):
        """The first that is left, then one after the other."""
        self.ensure_one()
        self.check_access("read")
        left = self.review_ids.sorted(lambda one: (one.is_settled, one.res_model, one.id))
        if not left:
            raise UserError(self.env._("Find what it touches first."))
        return left[:1]._open()

    def _find_touched(self):
        """{(model, id): (match, reason)} of the things that the current user may read; two or
        three queries for each model, whatever the number of things."""
        self.ensure_one()
        keys = [found.key for found in self._get_references()]
        topics = self.env["commune.topic"].search([("id", "child_of", self.topic_ids.ids)])
        touched = {}
        for source in SOURCES:
            if not self._open_source(source).has_access("read"):
                continue
            cited = self._find_citing(source, keys) if source.texts and keys else {}
            same = self._find_on_topics(source, topics) if source.topic and topics else {}
            for thing_id in [*cited, *(one for one in same if one not in cited)]:
                match = "both" if thing_id in cited and thing_id in same else "topic"
                match = "reference" if thing_id not in same else match
                reasons = (cited.get(thing_id), same.get(thing_id))
                reason = "\n".join(filter(None, reasons))
                touched[source.model, thing_id] = (match, reason)
        return touched

    @api.model
    def _open_source(self, source):
        """The things as the current user reads them; rules taken from the law, all of them."""
        things = self.env[source.model]
        return things.sudo() if source.is_law else things

    @api.model
    def _find_citing(self, source, keys):
        """{id: the words that cite one of these texts}."""
        hints = sorted({hint for key in keys for hint in needles(key)})
        domain = Domain(list(source.domain)) & Domain.OR(
            Domain(name, "=ilike", f"%{hint}%") for name in source.texts for hint in hints
        )
        # The other texts of what is found are not read for nothing.
        hinted = re.compile("|".join(map(re.escape, hints)).replace("_", "."), re.IGNORECASE)
        found = {}
        for thing in self._open_source(source).search_fetch(domain, source.texts):
            quotes = []
            for name in source.texts:
                if hinted.search(thing[name] or ""):
                    quotes += self._quote_citing(self._get_plain(thing, name), keys)
            if quotes:
                found[thing.id] = "\n".join(dict.fromkeys(quotes))
        return found

    @api.model
    def _get_plain(self, thing, name):
        text = thing[name] or ""
        is_html = thing._fields[name].type == "html"
        return read(text) if is_html else text

    @api.model
    def _quote_citing(self, text, keys):
        """“CGCT, art. L. 5211-4-2: … as the article states …” for each citation of these texts."""
        quotes = []
        for cited in find_references(text):
            if any(touches(key, cited) for key in keys):
                end = cited.start + len(cited.quote)
                around = text[max(cited.start - AROUND, 0) : end + AROUND]
                quotes.append(
                    self.env._(
                        "%(text)s: “%(quote)s”", text=cited.label, quote=" ".join(around.split())
                    )
                )
        return quotes

    @api.model
    def _find_on_topics(self, source, topics):
        """{id: the topic that it shares}."""
        domain = Domain(list(source.domain)) & Domain(source.topic, "in", topics.ids)
        first, _dot, _rest = source.topic.partition(".")
        found = {}
        for thing in self._open_source(source).search_fetch(domain, [first]):
            shared = thing.mapped(source.topic) & topics
            found[thing.id] = self.env._("Topic: %s", ", ".join(shared.mapped("name")))
        return found

    def _make_reviews(self, touched):
        """Create the missing reviews of these records and notify their owners.

        :param touched: see `_find_touched`
        """
        self.ensure_one()
        self.check_access("write")
        lock_rows(self)
        item = self.sudo()  # anyone who writes the item may have its effects reviewed
        known = {(one.res_model, one.res_id) for one in item.review_ids}
        new = {thing: found for thing, found in touched.items() if thing not in known}
        owners = self._get_owners(new)
        reviews = item.env["commune.review"].create(
            [
                {
                    "item_id": self.id,
                    "res_model": model,
                    "res_id": thing_id,
                    "match": match,
                    "reason": reason,
                    "user_id": owners[model, thing_id].id,
                }
                for (model, thing_id), (match, reason) in new.items()
            ]
        )
        self._notify_owners(reviews.user_id)
        return reviews.sudo(False)

    @api.model
    def _get_owners(self, things):
        """{(model, id): who answers for the thing}, else who analysed the item."""
        default = self.user_id or self.env.user
        ids = {}
        for model, thing_id in things:
            ids.setdefault(model, []).append(thing_id)
        owners = {}
        for source in SOURCES:
            for thing in self.env[source.model].browse(ids.get(source.model, ())):
                owner = thing.sudo()[source.owner] if source.owner else default
                able = owner.filtered(lambda user: user.active and not user.share)
                owners[source.model, thing.id] = able or default
        return owners

    def _notify_owners(self, users):
        for user in users:
            self.sudo()._schedule_once(
                ACTIVITY,
                about=str(user.id),
                user_id=user.id,
                summary=self.env._("Look over what “%s” touches", self.name),
            )

    def _close_review_activities(self):
        """Close the activity of a colleague once nothing is left to review."""
        self = self.sudo()  # activities of a colleague
        left = self.review_ids.filtered(lambda one: not one.is_settled).user_id
        for activity in self._get_all_asked(ACTIVITY):
            if activity.user_id not in left:
                activity.action_feedback()

    def _get_all_asked(self, kind):
        asked = self.env.ref(f"commune_relations.mail_activity_type_{kind}")
        return self.activity_ids.filtered(lambda one: one.activity_type_id == asked)
