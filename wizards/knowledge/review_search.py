"""What an item of the watch touches, listed and counted before anything is made."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.core.display_notification import display_notification
from ...models.knowledge.review.review import MATCHES
from ...models.knowledge.review.reviewable_models import get_word


class CommuneReviewSearch(models.TransientModel):
    _name = "commune.review.search"
    _description = "What an item touches"

    item_id = fields.Many2one("commune.watch.item", required=True, readonly=True)
    line_ids = fields.One2many("commune.review.search.line", "search_id", string="Things")
    summary = fields.Text(string="Found", compute="_compute_summary")

    @api.depends("line_ids.is_kept")
    @api.depends_context("lang")
    def _compute_summary(self):
        for search in self:
            lines = search.line_ids
            counts = Counter(line.kind for line in lines if not line.is_known)
            texts = [f"{kind}: {count}" for kind, count in counts.items()]
            known = len(lines.filtered("is_known"))
            if known:
                texts.append(self.env._("Already to be looked over: %s", known))
            search.summary = "\n".join(texts) or self.env._("Nothing cites it.")

    def _fill(self, touched):
        """:param touched: see `commune.watch.item._find_touched`"""
        self.ensure_one()
        known = {(one.res_model, one.res_id) for one in self.item_id.sudo().review_ids}
        names, kinds = {}, {}
        for model in dict.fromkeys(model for model, _id in touched):
            ids = [thing_id for one, thing_id in touched if one == model]
            kinds[model] = get_word(self.env, model)
            # Found by those who may read them; rules of the law by everybody.
            things = self.env[model].sudo().browse(ids)
            names.update(((model, thing.id), thing.display_name) for thing in things)
        self.env["commune.review.search.line"].create(
            [
                {
                    "search_id": self.id,
                    "res_model": model,
                    "res_id": thing_id,
                    "kind": kinds[model],
                    "name": names[model, thing_id],
                    "match": match,
                    "reason": reason,
                    "is_known": (model, thing_id) in known,
                }
                for (model, thing_id), (match, reason) in touched.items()
            ]
        )

    def action_make(self):
        """What is ticked is to be reviewed; it is found again, so that a form makes nothing
        that the item does not touch."""
        self.ensure_one()
        kept = {(line.res_model, line.res_id) for line in self.line_ids if line.is_kept}
        touched = self.item_id._find_touched()
        chosen = {thing: found for thing, found in touched.items() if thing in kept}
        if not chosen:
            raise UserError(self.env._("Nothing is ticked."))
        reviews = self.item_id._make_reviews(chosen)
        return display_notification(self.env._("%s thing(s) to look over.", len(reviews)))


class CommuneReviewSearchLine(models.TransientModel):
    _name = "commune.review.search.line"
    _description = "Thing that an item touches"
    _order = "kind, name, id"

    search_id = fields.Many2one(
        "commune.review.search", string="Search window", required=True, ondelete="cascade"
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True, string="Thing (id)")
    kind = fields.Char(string="What it is", readonly=True)
    name = fields.Char(string="Thing", readonly=True)
    match = fields.Selection(MATCHES, string="Found by", readonly=True)
    reason = fields.Text(readonly=True)
    is_known = fields.Boolean(string="Already there", readonly=True)
    is_kept = fields.Boolean(string="To look over", default=True)
