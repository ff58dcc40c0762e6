"""Banner on a guide or answer under review."""

from odoo import api, fields, models
from odoo.fields import Domain

LEFT = Domain("state", "=", "to_review")


class CommuneReview(models.Model):
    _inherit = "commune.review"

    @api.model
    def _get_ids_left(self, model, ids=None):
        """Ids of the things of a model that are to be reviewed; one query, no matter who asks.

        :param ids: those alone; without, all
        """
        domain = LEFT & Domain("res_model", "=", model)
        if ids is not None:
            domain &= Domain("res_id", "in", ids)
        left = self.sudo().search_fetch(domain, ["res_id"])
        return set(left.mapped("res_id"))


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    def _compute_is_under_review(self):
        result = super()._compute_is_under_review()
        left = self.env["commune.review"]._get_ids_left(self._name, self._origin.ids)
        for guide in self.filtered(lambda one: one.state == "published"):
            guide.is_under_review |= guide.id in left
        return result

    def _is_out_of_date(self):
        """Whether its own validity ended: otherwise a text that it rests on has changed."""
        return bool(self.validity_date and self.validity_date < self.env.company._get_today())

    def _search_is_under_review(self, operator, value):
        domain = super()._search_is_under_review(operator, value)
        if domain is NotImplemented:
            return domain
        left = list(self.env["commune.review"]._get_ids_left(self._name))
        touched = Domain("state", "=", "published") & Domain("id", "in", left)
        return Domain(domain) | touched if True in value else Domain(domain) & ~touched


class CommunePublishedAnswer(models.Model):
    _inherit = "commune.published.answer"

    is_under_review = fields.Boolean(string="Under review", compute="_compute_is_under_review")

    @api.depends("state")
    def _compute_is_under_review(self):
        left = self.env["commune.review"]._get_ids_left(self._name)
        for answer in self:
            answer.is_under_review = answer.state == "published" and answer.id in left


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model
    def _get_portal_similar(self, question, commune=None, limit=6):
        similar = super()._get_portal_similar(question, commune, limit)
        left = self.env["commune.review"]._get_ids_left("commune.published.answer")
        return [{**answer, "is_under_review": answer["id"] in left} for answer in similar]
