"""A version of a guide: written beside what the communes read, then frozen."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...core.window_actions import go_back

_lt = LazyTranslate(__name__)


class CommuneGuideVersion(models.Model):
    _name = "commune.guide.version"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Version of a guide"
    _order = "guide_id, number desc"
    _readonly_reason = _lt("A version is begun and published with the buttons of its guide.")
    _readonly_fields = frozenset({"guide_id", "number", "state", "date", "user_id"})

    guide_id = fields.Many2one(
        "commune.guide",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(string="Version", required=True, readonly=True)
    state = fields.Selection(
        [("draft", "Being written"), ("published", "Published")],
        required=True,
        default="draft",
        readonly=True,
    )
    name = fields.Char(string="Title", required=True)
    summary = fields.Text()
    body = fields.Html(string="Text")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "commune_guide_version_attachment_rel",
        string="Documents",
        bypass_search_access=True,
    )
    change_text = fields.Text(
        string="What changed", help="The communes read it under the guide, in two sentences."
    )
    date = fields.Date(string="Published on", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Version published by", readonly=True, ondelete="restrict"
    )
    _number_uniq = models.Constraint(
        "UNIQUE(guide_id, number)", "This guide already has a version of this number."
    )
    _draft_uniq = models.UniqueIndex(
        "(guide_id) WHERE state = 'draft'", "A new version of this guide is already begun."
    )

    @api.depends("name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(name)s, version %(number)s", name=version.name, number=version.number
            )

    def write(self, vals):
        if "published" in self.mapped("state"):
            raise UserError(self.env._("A published version stays as it is: write a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if "published" in self.mapped("state"):
            raise UserError(self.env._("A published version stays as it is: write a new one."))

    def action_publish(self):
        """The communes read this version from now on; the guide opens."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("A published version stays as it is: write a new one."))
        if not (self.change_text or "").strip():
            raise UserError(self.env._("Say in a sentence what changed: the communes read it."))
        guide = self.guide_id
        guide._take_version(self.sudo())
        return go_back(guide)

    def action_drop(self):
        """Discard the draft; the published version stays."""
        self.ensure_one()
        self.check_access("write")
        guide = self.guide_id
        self.sudo().unlink()
        return go_back(guide)
