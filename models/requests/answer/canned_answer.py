"""Canned answers: texts that agents insert, with the words of the request put in."""

import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

VARIABLE = re.compile(r"\{([^{}]*)\}")
VARIABLES = (
    "commune",
    "demandeur",
    "civilite",
    "fonction",
    "numero",
    "objet",
    "interlocuteur",
    "telephone",
    "equipe",
    "date_promise",
    "intercommunalite",
)
# What is written in place of a value that the request does not have; an answer that still holds
# one is not sent.
BLANK = re.compile(r"\[[^\[\]]*à compléter\]", re.IGNORECASE)


class CommuneCannedAnswer(models.Model):
    _name = "commune.canned.answer"
    _description = "Canned answer"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    topic_ids = fields.Many2many(
        "commune.topic",
        string="Topics",
        help="Empty: for all topics. A family: for all its topics.",
    )
    body = fields.Html(
        string="Text",
        required=True,
        help="Words between braces are replaced by those of the request.",
    )
    use_count = fields.Integer(
        string="Uses", compute="_compute_use_count", help="Requests whose answer began with it."
    )
    variables = fields.Char(compute="_compute_variables", string="Words that are replaced")

    def _compute_use_count(self):
        Ticket = self.env["helpdesk.ticket"].sudo()
        counts = dict(
            Ticket.with_context(active_test=False)._read_group(
                [("canned_answer_ids", "in", self.ids)], ["canned_answer_ids"], ["__count"]
            )
        )
        for answer in self:
            answer.use_count = counts.get(answer, 0)

    def _compute_variables(self):
        self.variables = " ".join(f"{{{name}}}" for name in VARIABLES)

    @api.constrains("body")
    def _check_variables(self):
        for answer in self:
            unknown = [
                name for name in VARIABLE.findall(answer.body or "") if name not in VARIABLES
            ]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: the word {%(word)s} is not known. Those that are replaced:"
                        " %(known)s.",
                        name=answer.name,
                        word=unknown[0],
                        known=", ".join(f"{{{name}}}" for name in VARIABLES),
                    )
                )

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """In the order of the current request: its topic, its family, then all the others."""
        topic = self.env["commune.topic"].browse(self.env.context.get("request_topic_id") or [])
        if not topic:
            return super().name_search(name, domain, operator, limit)
        found = self.search(Domain("display_name", operator, name or "") & Domain(domain or []))
        ranked = found.sorted(lambda answer: answer._get_distance(topic))[:limit]
        return [(answer.id, answer.display_name) for answer in ranked]

    def _get_distance(self, topic):
        """0 for the topic, 1 for its family, 2 for all topics, 3 for another topic."""
        if topic in self.topic_ids:
            return 0
        if topic.parent_id in self.topic_ids:
            return 1
        return 3 if self.topic_ids else 2

    def _render(self, ticket):
        """The text with the words of a request, which are escaped: they come from outside."""
        self.ensure_one()
        values = ticket.env["commune.request.answer"]._get_answer_words(ticket)

        def replace(match):
            name = match.group(1)
            return str(escape(values.get(name) or f"[{name} à compléter]"))

        return Markup(VARIABLE.sub(replace, self.body or ""))  # nosec B704: the words are escaped
