"""Published answers: what was answered once serves all communes, without naming anybody."""

from html import unescape

from lxml.html import fromstring

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, LazyTranslate, html2plaintext

from ....engine.redaction import find_remaining
from ...core.window_actions import open_record

_lt = LazyTranslate(__name__)


class CommunePublishedAnswer(models.Model):
    _name = "commune.published.answer"
    _inherit = ["mail.thread", "commune.readonly.fields.mixin", "commune.findable"]
    _description = "Published answer"
    _order = "date_published desc, id desc"
    _rec_name = "question"
    _readonly_reason = _lt("An answer is published and withdrawn with its buttons.")
    # Opinions of communes are counted by their own method.
    _readonly_fields = frozenset(
        {"author_id", "date_published", "state", "ticket_id", "useful_count", "useless_count"}
    )
    _values_at_creation = {"state": "draft", "ticket_id": None}

    question = fields.Text(required=True, tracking=True)
    answer = fields.Html(required=True)
    topic_id = fields.Many2one(
        "commune.topic",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('parent_id', '!=', False)]",
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        string="Request it comes from",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Withdrawn")],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
        index=True,
    )
    author_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    date_published = fields.Date(string="Published on", readonly=True)
    useful_count = fields.Integer(string="Found useful", readonly=True)
    useless_count = fields.Integer(string="Found useless", readonly=True)
    answer_text = fields.Text(compute="_compute_answer_text", store=True)

    @api.depends("answer")
    def _compute_answer_text(self):
        for answer in self:
            answer.answer_text = html2plaintext(answer.answer or "")

    def write(self, vals):
        result = super().write(vals)
        if {"question", "answer"} & set(vals):
            self.filtered(lambda a: a.state == "published")._check_names()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(answer.state != "draft" for answer in self):
            raise UserError(self.env._("A published answer is withdrawn, not deleted."))

    def action_publish(self):
        self.check_access("write")
        self._check_names()
        for answer in self:
            day = answer.date_published or self.env.company._get_today()
            answer._set({"state": "published", "date_published": day})

    def action_archive(self):
        """Withdraw: communes do not find it any more."""
        self._set({"state": "archived"})

    def action_open_request(self):
        self.ensure_one()
        self.check_access("read")
        return open_record(self.ticket_id, "commune_request_view_form")

    def _check_names(self):
        """Refuse to publish a text that still names a person or a commune."""
        names = self.env["commune.request.answer"]._get_known_names(self.ticket_id)
        for answer in self:
            for text in answer._get_texts():
                remaining = find_remaining(text, names)
                if remaining:
                    raise UserError(
                        self.env._(
                            "“%(name)s” still stands in the text: %(excerpt)s. Remove it before"
                            " you publish.",
                            name=remaining[0].name,
                            excerpt=remaining[0].excerpt,
                        )
                    )

    def _get_texts(self):
        """All texts that may contain a name: a tag may split one, a link may hide one."""
        self.ensure_one()
        inner = fromstring(f"<div>{self.answer or ''}</div>").text_content()
        return [self.question, self.answer_text, inner, unescape(self.answer or "")]

    # “Was this useful?”: one opinion per person on a published answer, which ranks the search.

    def _give_opinion(self, person, useful):
        """Record the opinion of a person on the answer; it replaces the previous one.

        In SQL: a double click is one opinion, and of two persons at once the second, refused by
        PostgreSQL on the line of the answer, is run again by Odoo and counts both.
        """
        self.ensure_one()
        self.check_access("read")
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                """INSERT INTO commune_published_opinion (answer_id, partner_id, useful)
                   VALUES (%s, %s, %s)
                   ON CONFLICT (answer_id, partner_id) DO UPDATE SET useful = EXCLUDED.useful
                   RETURNING id""",
                self.id,
                person.id,
                bool(useful),
            )
        )
        self.env.execute_query(
            SQL(
                """UPDATE commune_published_answer
                      SET useful_count = (SELECT count(*) FROM commune_published_opinion
                                           WHERE answer_id = %(id)s AND useful),
                          useless_count = (SELECT count(*) FROM commune_published_opinion
                                            WHERE answer_id = %(id)s AND NOT useful)
                    WHERE id = %(id)s RETURNING id""",
                id=self.id,
            )
        )
        self.invalidate_recordset(["useful_count", "useless_count"])
        self.env["commune.published.opinion"].invalidate_model()

    def _get_opinions(self, person):
        """{answer id: whether the person found it useful}, of those they gave an opinion on.

        Called as superuser: a person reads no other opinion.
        """
        Opinion = self.env["commune.published.opinion"]
        found = Opinion.search_fetch(
            [("answer_id", "in", self.ids), ("partner_id", "=", person.id)], ["answer_id", "useful"]
        )
        return {opinion.answer_id.id: opinion.useful for opinion in found}
