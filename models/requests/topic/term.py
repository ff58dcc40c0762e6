"""Words that a topic learns from corrections, under control."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import file_path

from ....engine import orientation
from ....engine.orientation.learning import propose_terms
from ...core.display_notification import CLOSE, display_notification

BENCHMARK = "commune_relations/data/requests/benchmark_questions.csv"


class CommuneTopicTerm(models.Model):
    _name = "commune.topic.term"
    _inherit = ["commune.readonly.fields.mixin"]
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
        cleaned = [{**vals, "term": (vals.get("term") or "").strip()} for vals in vals_list]
        return super().create(cleaned)

    # Learning under control: a word is accepted only if the benchmark does not get worse.

    @api.model
    def _propose(self, question, topic):
        """Propose the words of a question that its right topic does not know yet.

        :param topic: commune.topic that a person judged right
        """
        self = self.sudo()  # agents propose, managers decide
        topics = self.env["commune.topic"].search(Domain.TRUE)
        words = propose_terms([t._get_engine_topic(()) for t in topics], question or "", topic.code)
        known = {t.term.lower() for t in self.search([("topic_id", "=", topic.id)])}
        return self.create(
            [
                {
                    "topic_id": topic.id,
                    "term": word,
                    "source": "learned",
                    "question": question[:500],
                }
                for word in words
                if word not in known
            ]
        )

    @api.model
    def _get_benchmark(self):
        return orientation.read_questions(file_path(BENCHMARK))

    def action_accept(self):
        """Replay the benchmark with each word, one after the other; keep it if no score falls."""
        self.check_access("write")
        questions = self._get_benchmark()
        topics = self.env["commune.topic"].search(Domain.TRUE)
        for term in self.filtered(lambda t: t.state != "accepted"):
            before = topics._build_index(topics)
            after = topics._build_index(topics, {term.topic_id: [(term.term, term.weight)]})
            term._decide(orientation.compare(before, after, questions))
        return self._describe_decisions()

    def _decide(self, comparison):
        self.sudo().write(
            {
                "state": "accepted" if comparison.accepted else "refused",
                "top1_before": round(100 * (comparison.before.top1 or 0), 1),
                "top1_after": round(100 * (comparison.after.top1 or 0), 1),
                "top3_before": round(100 * (comparison.before.top3 or 0), 1),
                "top3_after": round(100 * (comparison.after.top3 or 0), 1),
                "decision_user_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
            }
        )
        self.env.registry.clear_cache()

    def action_refuse(self):
        self._set(
            {
                "state": "refused",
                "decision_user_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
            }
        )
        self.env.registry.clear_cache()

    def _describe_decisions(self):
        refused = self.filtered(lambda t: t.state == "refused")
        lines = [
            self.env._(
                "“%(term)s” is refused: right at once %(before1)s %% before, %(after1)s %% after;"
                " among three %(before3)s %% before, %(after3)s %% after.",
                term=term.term,
                before1=term._format_score(term.top1_before),
                after1=term._format_score(term.top1_after),
                before3=term._format_score(term.top3_before),
                after3=term._format_score(term.top3_after),
            )
            for term in refused
        ] or [self.env._("The benchmark did not get worse: %s accepted.", len(self))]
        return display_notification("\n".join(lines), refused, following=CLOSE)

    @staticmethod
    def _format_score(score):
        return f"{score:.1f}".replace(".", ",")

    def write(self, vals):
        """A changed word has to be judged again."""
        result = super().write(vals)
        if {"term", "topic_id", "weight"} & set(vals) and "state" not in vals:
            super(CommuneTopicTerm, self.sudo()).write({"state": "proposed"})
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
