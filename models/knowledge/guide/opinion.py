"""Whether a guide was useful to a person of a commune who read it, and what they miss in it."""

from odoo import fields, models
from odoo.tools import SQL

from ...core.window_actions import open_action


class CommuneGuideOpinion(models.Model):
    _name = "commune.guide.opinion"
    _description = "Opinion on a guide"
    _order = "date desc, id desc"
    _rec_name = "guide_id"

    guide_id = fields.Many2one(
        "commune.guide",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    commune_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade", index=True
    )
    useful = fields.Boolean(readonly=True)
    comment = fields.Text(readonly=True)
    date = fields.Date(readonly=True)
    _person_uniq = models.Constraint(
        "UNIQUE(guide_id, partner_id)", "This person has already given an opinion."
    )


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    useful_count = fields.Integer(
        string="Say that it is useful",
        compute="_compute_opinion_count",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )
    useless_count = fields.Integer(
        string="Say that it is not useful",
        compute="_compute_opinion_count",
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )

    def _compute_opinion_count(self):
        groups = self.env["commune.guide.opinion"]._read_group(
            [("guide_id", "in", self.ids)], ["guide_id", "useful"], ["__count"]
        )
        counts = {(guide, useful): count for guide, useful, count in groups}
        for guide in self:
            guide.useful_count = counts.get((guide, True), 0)
            guide.useless_count = counts.get((guide, False), 0)

    def _give_opinion(self, commune, person, useful, comment=""):
        """Record a person's opinion of the guide, in place of the previous one.

        In SQL: a double click is one opinion. A later click without a comment keeps the comment.
        """
        self.ensure_one()
        self.check_access("read")
        self.env.execute_query(
            SQL(
                """INSERT INTO commune_guide_opinion
                          (guide_id, commune_id, partner_id, useful, comment, date)
                   VALUES (%s, %s, %s, %s, %s, %s)
                   ON CONFLICT (guide_id, partner_id) DO UPDATE
                      SET useful = EXCLUDED.useful, date = EXCLUDED.date,
                          commune_id = EXCLUDED.commune_id,
                          comment = COALESCE(EXCLUDED.comment, commune_guide_opinion.comment)
                   RETURNING id""",
                self.id,
                commune.id,
                person.id,
                bool(useful),
                comment or None,
                self.env.company._get_today(),
            )
        )
        self.env["commune.guide.opinion"].invalidate_model()
        self.invalidate_recordset(["useful_count", "useless_count"])

    def _get_opinion(self, person):
        """The opinion of a person on a guide that a page found as superuser; empty without one."""
        self.ensure_one()
        return self.env["commune.guide.opinion"].search(
            [("guide_id", "=", self.id), ("partner_id", "=", person.id)], limit=1
        )

    def action_open_opinions(self):
        self.ensure_one()
        self.check_access("read")
        domain = [("guide_id", "=", self.id)]
        return open_action(self, "commune_guide_opinion_action", domain)
