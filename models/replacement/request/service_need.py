"""A replacement that nobody could do is a need: it feeds the ideas of new services."""

from odoo import fields, models

# Reasons that reveal a missing offer; the others teach nothing about what to develop.
MISSING = ("skill", "software", "no_agent", "distance")


class CommuneServiceNeed(models.Model):
    _inherit = "commune.service.need"

    replacement_request_id = fields.Many2one(
        "commune.replacement.request",
        string="Replacement request",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    _replacement_uniq = models.UniqueIndex(
        "(replacement_request_id) WHERE replacement_request_id IS NOT NULL",
        "This request of replacement already feeds an idea.",
    )


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    service_need_ids = fields.One2many(
        "commune.service.need", "replacement_request_id", string="Need noted"
    )

    def _feed_service_project(self):
        """Note once, under the post that was to be held, what nobody could do."""
        for request in self.sudo():
            if request.unfilled_reason not in MISSING or request.service_need_ids:
                continue
            project = (
                self.env["commune.service.project"]
                .with_user(self.env.user)
                ._feed("replacement", request.post or request.name, request.commune_id)
            )
            need = project.sudo().need_ids.filtered(lambda n: not n.replacement_request_id)
            need.sorted("id")[-1:].replacement_request_id = request
