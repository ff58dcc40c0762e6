"""Sources of the watch: the feeds of the sites that are followed."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ....engine.feed import clean_link
from ...core.window_actions import open_action
from .item import KINDS

_lt = LazyTranslate(__name__)


class CommuneWatchSource(models.Model):
    """One address polled automatically, with a summary of its last reading."""

    _name = "commune.watch.source"
    _inherit = ["mail.thread", "mail.activity.mixin", "commune.readonly.fields.mixin"]
    _description = "Source of the watch"
    _order = "sequence, name, id"
    _readonly_reason = _lt("What a reading gave is not written by hand: read the source again.")

    name = fields.Char(required=True)
    url = fields.Char(
        string="Address of the feed",
        required=True,
        tracking=True,
        help="Address of an RSS or Atom feed: sites often show it under “RSS”.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(string="Followed", default=True, help="Read every few hours.")
    kind = fields.Selection(
        KINDS, string="Its items are first", required=True, default="other", help="Before sorting."
    )
    titles_only = fields.Boolean(
        string="Titles and links only",
        help="Press: no summary is kept, the article belongs to its author.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        tracking=True,
        help="Notified when nothing can be read there for a week; empty: a manager.",
    )
    note = fields.Text()

    # what the readings gave
    last_try = fields.Datetime(string="Last reading", readonly=True, copy=False)
    last_success = fields.Datetime(string="Last success", readonly=True, copy=False)
    last_error = fields.Char(string="What went wrong", readonly=True, copy=False)
    failing_since = fields.Datetime(readonly=True, copy=False)
    cut_count = fields.Integer(
        string="Readings that stopped the server",
        readonly=True,
        copy=False,
        aggregator=None,
        help="One after the other: noted before each reading, forgotten once it is over.",
    )
    last_count = fields.Integer(
        string="News", readonly=True, copy=False, aggregator=None, help="In the last reading."
    )
    etag = fields.Char(readonly=True, copy=False)
    last_modified = fields.Char(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("new", "Never read"),
            ("fine", "Read well"),
            ("failing", "Cannot be read"),
            ("off", "Off"),
        ],
        compute="_compute_state",
    )
    item_ids = fields.Many2many(
        "commune.watch.item", "commune_watch_item_source_rel", "source_id", "item_id"
    )
    item_count = fields.Integer(string="Items", compute="_compute_item_count")
    to_sort_count = fields.Integer(string="To sort", compute="_compute_item_count")
    _url_uniq = models.UniqueIndex("(url)", "This address is already followed by another source.")

    @api.depends("active", "failing_since", "last_success")
    def _compute_state(self):
        for source in self:
            if not source.active:
                source.state = "off"
            elif source.failing_since:
                source.state = "failing"
            else:
                source.state = "fine" if source.last_success else "new"

    def _compute_item_count(self):
        Item = self.env["commune.watch.item"]
        found = Item._read_group(
            [("source_ids", "in", self.ids)], ["source_ids", "state"], ["__count"]
        )
        totals = dict.fromkeys(self.ids, 0)
        waiting = dict(totals)
        for source, state, count in found:
            if source.id in totals:
                totals[source.id] += count
                waiting[source.id] += count if state == "to_sort" else 0
        for source in self:
            source.item_count = totals.get(source.id, 0)
            source.to_sort_count = waiting.get(source.id, 0)

    @api.constrains("url")
    def _check_url(self):
        for source in self:
            if not clean_link(source.url):
                raise ValidationError(
                    self.env._(
                        "“%s” is not the address of a page of the web: it begins by https://.",
                        source.url,
                    )
                )

    def write(self, vals):
        """Another address starts anew; one that is followed no more fails no more."""
        changed = self.filtered(lambda s: "url" in vals and s.url != vals["url"])
        result = super().write(vals)
        if changed or vals.get("active") is False:
            (changed or self).sudo()._forget()
        return result

    def _forget(self):
        nothing = dict.fromkeys(("etag", "last_modified", "failing_since", "last_error"), False)
        self.write({**nothing, "cut_count": 0})
        self.activity_unlink(["commune_relations.mail_activity_type_watch_source"])

    def action_open_items(self):
        self.check_access("read")
        return open_action(
            self, "commune_watch_item_action", [("source_ids", "in", self.ids)], context={}
        )
