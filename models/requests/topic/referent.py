"""Referents: the person who answers on a topic, for which communes, and substitutes."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CommuneTopicReferent(models.Model):
    _name = "commune.topic.referent"
    _description = "Referent of a topic"
    _order = "topic_id, role desc, id"
    _rec_name = "user_id"

    topic_id = fields.Many2one(
        "commune.topic",
        required=True,
        index=True,
        ondelete="cascade",
        help="A topic, or a family for all its topics.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    role = fields.Selection(
        [("holder", "Holder"), ("backup", "Backup")], required=True, default="holder"
    )
    commune_ids = fields.Many2many(
        "res.partner",
        "commune_topic_referent_commune_rel",
        string="Communes",
        domain="[('is_commune', '=', True)]",
        help="Only for these communes; empty with no sector: for all.",
    )
    sector_ids = fields.Many2many("commune.sector", string="Sectors")
    date_start = fields.Date(string="From the")
    date_end = fields.Date(string="Until")
    active = fields.Boolean(default=True)
    is_available = fields.Boolean(
        string="At work today", compute="_compute_is_available", compute_sudo=True
    )
    _period_check = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A referent cannot stop before having begun.",
    )

    @api.depends("user_id")
    def _compute_is_available(self):
        absent = self.user_id._get_absent_users()
        for referent in self:
            referent.is_available = referent.user_id not in absent

    @api.constrains("user_id")
    def _check_user(self):
        for referent in self:
            if referent.user_id.share:
                raise ValidationError(
                    self.env._(
                        "%s has a portal account: a referent is an agent of the intercommunality.",
                        referent.user_id.name,
                    )
                )
