"""Words that a topic learns from corrections, under control."""

from odoo import api, fields, models


class CommuneTopicTerm(models.Model):
    _name = "commune.topic.term"
    _description = "Word learned by a topic"
    _order = "state desc, id desc"
    _rec_name = "term"

    topic_id = fields.Many2one("commune.topic", required=True, index=True, ondelete="cascade")
    term = fields.Char(string="Word or expression", required=True)
    weight = fields.Float(default=1.0, help="1 for a usual word, less for a vague one.")
    source = fields.Selection(
        [("manual", "Typed"), ("learned", "From a correction")], default="manual", required=True
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("refused", "Refused")],
        default="proposed",
        required=True,
        readonly=True,
    )
    question = fields.Char(readonly=True, help="The question that was corrected.")
    top1_before = fields.Float(string="Right at once, before (%)", readonly=True, aggregator=None)
    top1_after = fields.Float(string="Right at once, after (%)", readonly=True, aggregator=None)
    top3_before = fields.Float(string="Among three, before (%)", readonly=True, aggregator=None)
    top3_after = fields.Float(string="Among three, after (%)", readonly=True, aggregator=None)
    decision_user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decision_date = fields.Datetime(string="Decided on", readonly=True)

    _term_uniq = models.UniqueIndex(
        "(topic_id, lower(term))", "This topic already knows this word or expression."
    )
    _weight_check = models.Constraint(
        "CHECK(weight > 0 AND weight <= 3)", "The weight of a word lies between 0 and 3."
    )

    @api.model_create_multi
    def create(self, vals_list):
        cleaned = [{**vals, "term": (vals["term"] or "").strip()} for vals in vals_list]
        return super().create(cleaned)
