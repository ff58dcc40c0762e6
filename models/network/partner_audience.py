"""The audiences that a person belongs to: what lists, mailings and invitations filter on."""

from odoo import fields, models
from odoo.fields import Domain

from .audience_members import MEMBER


class ResPartner(models.Model):
    _inherit = "res.partner"

    audience_ids = fields.Many2many(
        "commune.audience",
        string="Audiences",
        compute="_compute_audience_ids",
        search="_search_audience_ids",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help="Audiences to which the person belongs today.",
    )

    audience_titles = fields.Char(
        string="Functions today",
        compute="_compute_audience_titles",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help="“Maire (Aubrive), conseillère communautaire”: what the person is today.",
    )

    def _compute_audience_ids(self):
        members = self.env["commune.audience"].search(Domain.TRUE)._get_members_by_audience()
        for partner in self:
            partner.audience_ids = self.env["commune.audience"].union(
                *(audience for audience, persons in members.items() if partner.id in persons)
            )

    def _search_audience_ids(self, operator, value):
        """Members are computed when the search is made: an audience used in a stored filter is
        never out of date."""
        audiences = self.env["commune.audience"].sudo()
        if operator == "ilike":
            operator, value = "in", audiences.search([("name", "ilike", value)]).ids
        if operator != "in":
            return NotImplemented
        if False in value:
            audiences = audiences.search(Domain.TRUE)
            named = audiences.browse([v for v in value if v]).exists()
            every = {p.id for p in audiences._get_members()} - {p.id for p in named._get_members()}
            return [("id", "not in", list(every))]
        found = audiences.browse(value).exists()._get_members()
        return [("id", "in", [partner.id for partner in found])]

    def _compute_audience_titles(self):
        mandates = self.env["commune.mandate"].search(
            Domain(MEMBER) & Domain("partner_id", "in", self.ids)
        )
        titles = {}
        for mandate in mandates:
            text = f"{mandate.title} ({mandate.commune_id.name})"
            titles.setdefault(mandate.partner_id.id, []).append(text)
        for partner in self:
            partner.audience_titles = ", ".join(titles.get(partner.id, []))
