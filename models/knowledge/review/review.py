"""One thing to look over again, because of one item of the watch."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, html_sanitize, plaintext2html

from ....engine.law import touches
from ....engine.law.citation_markup import mark
from ...core.display_notification import CLOSE, display_notification
from ...core.window_actions import open_record
from .reviewable_models import SOURCES, get_word

_lt = LazyTranslate(__name__)

STATES = [
    ("to_review", "To look over"),
    ("unchanged", "Nothing to change"),
    ("changed", "Changed"),
    ("outdated", "Outdated"),
]
MATCHES = [
    ("reference", "Cites the text"),
    ("topic", "Same topic"),
    ("both", "Cites the text, same topic"),
]


class CommuneReview(models.Model):
    """Review of a record that a watch item affects.

    “Find what it touches” of an item creates it; its buttons settle it. The reviewed record is read
    with the rights of the current user: a review reveals nothing of a request that they may not
    read.
    """

    _name = "commune.review"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Record to review"
    _order = "item_id desc, is_settled, res_model, id"
    _writable_fields = frozenset({"note", "user_id"})
    _readonly_reason = _lt(
        "What is to be looked over is found by the item, and settled by buttons."
    )

    item_id = fields.Many2one(
        "commune.watch.item",
        string="Item of the watch",
        required=True,
        index=True,
        ondelete="restrict",
    )
    res_model = fields.Char(string="Model of the thing", required=True)
    res_id = fields.Many2oneReference(
        string="Thing (id)", model_field="res_model", required=True, index=True
    )
    match = fields.Selection(MATCHES, string="Found by", required=True, default="topic")
    reason = fields.Text(required=True, help="The words that cite the text, or the topic.")
    user_id = fields.Many2one(
        "res.users",
        string="To be reviewed by",
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False)]",
    )
    state = fields.Selection(STATES, required=True, default="to_review", index=True)
    is_settled = fields.Boolean(compute="_compute_is_settled", store=True)
    note = fields.Text(help="What was changed, or why nothing is.")
    date = fields.Date(string="Reviewed on")

    name = fields.Char(string="Thing", compute="_compute_thing")
    kind = fields.Char(string="What it is", compute="_compute_thing")
    text = fields.Html(string="What it says", compute="_compute_text", sanitize=False)
    item_change = fields.Text(related="item_id.change_text", string="What changes")
    progress = fields.Char(compute="_compute_progress")
    _thing_uniq = models.Constraint(
        "UNIQUE(item_id, res_model, res_id)", "This is already to be looked over for this item."
    )

    @api.depends("state")
    def _compute_is_settled(self):
        for review in self:
            review.is_settled = review.state != "to_review"

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_thing(self):
        for model, reviews in self.grouped("res_model").items():
            kind = get_word(self.env, model)
            things = {thing.id: thing.display_name for thing in reviews._get_readable()}
            for review in reviews:
                review.kind = kind
                review.name = things.get(review.res_id) or self.env._("Not for you to read")

    @api.depends_context("lang", "uid")
    def _compute_text(self):
        """The thing as it reads, what cites the texts of the item marked."""
        for review in self:
            keys = [found.key for found in review.item_id._get_references()]
            thing = review._get_readable()
            texts = [
                review._mark_citing(thing, name, keys)
                for name in review._get_source().texts
                if thing and thing._has_field_access(thing._fields[name], "read")
            ]
            review.text = Markup().join(texts) or False

    @api.model
    def _mark_citing(self, thing, name, keys):
        """One of its texts as HTML; what others wrote is cleaned, whatever its field does."""
        text = thing[name]
        if not text:
            return Markup()
        is_html = thing._fields[name].type == "html"
        clean = html_sanitize(text) if is_html else plaintext2html(text)
        marked = mark(clean, lambda cited: any(touches(key, cited) for key in keys))
        return Markup(marked)  # nosec B704: sanitized above

    @api.depends("name", "kind")
    def _compute_display_name(self):
        for review in self:
            review.display_name = f"{review.kind} – {review.name}"

    @api.depends("item_id")
    def _compute_progress(self):
        counts = dict(
            self._read_group([("item_id", "in", self.item_id.ids)], ["item_id"], ["__count"])
        )
        left = dict(
            self._read_group(
                [("item_id", "in", self.item_id.ids), ("state", "=", "to_review")],
                ["item_id"],
                ["__count"],
            )
        )
        for review in self:
            review.progress = self.env._(
                "%(left)s left of %(all)s",
                left=left.get(review.item_id, 0),
                all=counts.get(review.item_id, 0),
            )

    def _get_readable(self):
        """The things of these reviews, all of one model, that the current user may read."""
        model = self[:1].res_model
        if model not in self.env:
            return self.browse()
        return self.env[model].browse(self.mapped("res_id")).exists()._filtered_access("read")

    def _get_source(self):
        return next(source for source in SOURCES if source.model == self.res_model)

    # one after the other

    def action_open_thing(self):
        """The thing itself, to change it."""
        self.ensure_one()
        self.check_access("read")
        thing = self._get_readable()
        if not thing:
            raise UserError(self.env._("You may not read this: ask a colleague."))
        return open_record(thing)

    def action_unchanged(self):
        return self._settle("unchanged")

    def action_changed(self):
        return self._settle("changed")

    def action_outdated(self):
        return self._settle("outdated")

    def action_again(self):
        """Settled too fast: to look over again."""
        self.check_access("write")
        self._set({"state": "to_review", "date": False})
        return self._open()

    def _settle(self, state):
        self.check_access("write")
        self._set({"state": state, "date": self.env.company._get_today()})
        for item in self.item_id:
            item._close_review_activities()
        following = self[:1]._get_neighbour(1, only_left=True)
        return following._open() if following else self._describe_review_done()

    def _describe_review_done(self):
        return display_notification(
            self.env._("All that this item touches has been looked over."), following=CLOSE
        )

    def action_next(self):
        self.check_access("read")
        return (self._get_neighbour(1) or self)._open()

    def action_previous(self):
        self.check_access("read")
        return (self._get_neighbour(-1) or self)._open()

    def _get_neighbour(self, step, only_left=False):
        """Next or previous review of the item; after the last comes the first.

        :param only_left: among those that are still to be reviewed
        """
        self.ensure_one()
        every = self.search([("item_id", "=", self.item_id.id)], order="res_model, id")
        place = every.ids.index(self.id)
        turned = every[place + 1 :] + every[:place]
        if step < 0:
            turned = turned[::-1]
        if only_left:
            turned = turned.filtered(lambda one: one.state == "to_review")
        return turned[:1]

    def _open(self):
        return open_record(
            self, "commune_review_view_form_turn", target="new", name=self.env._("Look over")
        )
