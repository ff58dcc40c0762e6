"""“Was this useful?”: one opinion per person on a published answer, which ranks the search."""

from odoo import fields, models
from odoo.tools import SQL


class CommunePublishedOpinion(models.Model):
    _name = "commune.published.opinion"
    _description = "Opinion on a published answer"
    _rec_name = "answer_id"

    answer_id = fields.Many2one(
        "commune.published.answer", required=True, index=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    useful = fields.Boolean(readonly=True)

    _person_uniq = models.Constraint(
        "UNIQUE(answer_id, partner_id)", "This person has already given an opinion."
    )


class CommunePublishedAnswer(models.Model):
    _inherit = "commune.published.answer"

    def _give_opinion(self, person, useful):
        """Keep what a person thinks of the answer, in place of what they thought before.

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
        """{answer id: whether the person found it useful}, of those they gave an opinion on."""
        found = (
            self.env["commune.published.opinion"]
            .sudo()
            .search_fetch(
                [("answer_id", "in", self.ids), ("partner_id", "=", person.id)],
                ["answer_id", "useful"],
            )
        )
        return {opinion.answer_id.id: opinion.useful for opinion in found}
