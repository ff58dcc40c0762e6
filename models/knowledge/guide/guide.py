"""Guide for the communes: its content, topics, audience and owner.

Communes read versions only (`version.py`): a guide is written freely until it is published, then by
a new version with a summary of the change.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = [
    ("sheet", "Practical sheet"),
    ("model", "Model document"),
    ("faq", "Questions and answers"),
    ("video", "Video"),
    ("who", "Who does what"),
]
STATES = [("draft", "Draft"), ("published", "Online"), ("archived", "Out of the library")]
# What a version keeps.
CONTENT = ("name", "summary", "body", "attachment_ids")


class CommuneGuide(models.Model):
    _name = "commune.guide"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.findable",
    ]
    _description = "Guide for the communes"
    _order = "name, id"
    _rec_names_search = ["name", "summary"]
    _readonly_reason = _lt("A guide is published and withdrawn with its buttons.")
    _readonly_fields = frozenset({"state", "version", "date_published", "date_revised"})
    _values_at_creation = {"state": "draft"}

    # content
    name = fields.Char(string="Title", required=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="sheet", index=True)
    summary = fields.Text(help="Two lines, in the list: what the reader finds in it.")
    _found_idx = models.Index(
        "USING gin (commune_relations.fold(name) gin_trgm_ops,"
        " commune_relations.fold(summary) gin_trgm_ops)"
    )
    body = fields.Html(string="Text")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "commune_guide_attachment_rel",
        string="Documents",
        help="What the communes download with the guide.",
        bypass_search_access=True,
    )
    legal_text = fields.Char(
        string="Articles that it cites", help="As they are written: “CGCT, art. L. 5217-2”."
    )

    # a video: somewhere else, or a file, with its subtitles
    video_link = fields.Char(string="Link to the video", help="An address that begins by https://")
    video_file = fields.Binary(string="Video", attachment=True)
    video_name = fields.Char(string="Name of the file")
    subtitles_file = fields.Binary(
        string="Subtitles", attachment=True, help="A file .vtt (WebVTT): what is said, with times."
    )
    subtitles_name = fields.Char(string="Name of the subtitles")
    transcript = fields.Text(help="What the video says, for those who cannot hear or see it.")

    # on what, for whom
    topic_ids = fields.Many2many(
        "commune.topic", string="Topics", help="A family: for all its topics."
    )
    service_ids = fields.Many2many("commune.service", string="Services")
    for_elected = fields.Boolean(string="Elected officials", default=True)
    for_dgs = fields.Boolean(string="DGS and secretaries", default=True)
    for_staff = fields.Boolean(string="All agents", default=True)
    population_min = fields.Integer(string="Inhabitants, from")
    population_max = fields.Integer(string="Inhabitants, to", help="0: no limit.")
    local_law = fields.Selection(
        [("general", "General law"), ("alsace_moselle", "Alsace-Moselle law")],
        help="Empty: whatever the law of the commune.",
    )

    # who answers for it
    user_id = fields.Many2one(
        "res.users",
        string="Owner of the guide",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
        ondelete="restrict",
        help="Writes it, and looks it over before its validity ends.",
    )
    contact_id = fields.Many2one(
        "res.users",
        string="Whom to call",
        domain="[('share', '=', False)]",
        ondelete="restrict",
        help="Empty: who answers on the first topic for the commune that reads.",
    )
    validity_date = fields.Date(
        string="Valid until",
        tracking=True,
        help="Notifies the owner a month before; afterwards the communes read that the guide is"
        " under review.",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, tracking=True, index=True
    )
    version = fields.Integer(readonly=True, copy=False)
    date_published = fields.Date(string="Published on", readonly=True, copy=False)
    date_revised = fields.Date(string="Version of", readonly=True, copy=False)

    _population_check = models.Constraint(
        "CHECK(population_max IS NULL OR population_max = 0 OR population_max >= population_min)",
        "The largest population is below the smallest.",
    )

    @api.constrains("video_link")
    def _check_video_link(self):
        for guide in self:
            if guide.video_link and not guide.video_link.startswith("https://"):
                raise ValidationError(
                    self.env._(
                        "“%s” is not the address of a video: it begins by https://.",
                        guide.video_link,
                    )
                )

    @api.constrains("subtitles_name")
    def _check_subtitles(self):
        for guide in self:
            name = guide.subtitles_name or ""
            if guide.subtitles_file and not name.lower().endswith(".vtt"):
                raise ValidationError(
                    self.env._("“%s” is not a file of subtitles: choose a file .vtt.", name)
                )

    @api.constrains("user_id", "contact_id")
    def _check_users(self):
        for user in self.user_id | self.contact_id:
            if user.share:
                raise ValidationError(
                    self.env._(
                        "%s has a portal account: an agent of the intercommunality answers for a"
                        " guide.",
                        user.name,
                    )
                )

    def copy_data(self, default=None):
        return [
            {**vals, "name": (default or {}).get("name") or self.env._("%s (copy)", guide.name)}
            for guide, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _check_record_state(self, vals):
        if set(CONTENT) & set(vals) and "published" in self.mapped("state"):
            raise UserError(
                self.env._(
                    "The communes read this guide: write a new version, which says what changed."
                )
            )
        return super()._check_record_state(vals)

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        """Nobody gets a letter about a guide: what its owner has to do is an activity."""
        return []

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A guide is withdrawn, not deleted."))
