"""Whether a published answer was useful to a person who read it."""

from odoo import fields, models


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
