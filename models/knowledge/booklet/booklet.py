"""A booklet: guides in an order, and the pages that the software draws beside them.

A guide is printed for those for whom it was written: one that is not for all the readers of the
booklet is left out of it.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..guide.audience import HEADS_OF_STAFF

_lt = LazyTranslate(__name__)

AUDIENCES = ("for_elected", "for_dgs", "for_staff")


class CommuneBooklet(models.Model):
    _name = "commune.booklet"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Booklet for the communes"
    _order = "sequence, name, id"
    _readonly_reason = _lt("A booklet is offered and taken back with its buttons.")
    _readonly_fields = frozenset({"is_offered"})

    name = fields.Char(string="Title", required=True)
    subtitle = fields.Char(help="Under the title, on the cover.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    welcome = fields.Html(
        string="Word of welcome", help="The first page: a few words of the president, for example."
    )
    competences = fields.Html(
        string="What the intercommunality does",
        help="Beside the families of topics of which it is in charge.",
    )
    line_ids = fields.One2many("commune.booklet.line", "booklet_id", string="Guides", copy=True)
    has_identity = fields.Boolean(string="Identity card", default=True)
    has_people = fields.Boolean(string="Who’s who", default=True)
    has_calendar = fields.Boolean(string="Calendar", default=True)
    has_services = fields.Boolean(string="Services", default=True)
    has_commune = fields.Boolean(string="Page of the commune", default=True)
    for_elected = fields.Boolean(string="Elected officials", default=True)
    for_dgs = fields.Boolean(string="DGS and secretaries", default=True)
    for_staff = fields.Boolean(string="All agents")
    is_offered = fields.Boolean(
        string="On the portal",
        readonly=True,
        copy=False,
        help="Its readers download it for their commune.",
    )
    left_out = fields.Text(
        string="Left out", compute="_compute_left_out", help="Guides that are not printed, and why."
    )

    def copy_data(self, default=None):
        return [
            {**vals, "name": (default or {}).get("name") or self.env._("%s (copy)", booklet.name)}
            for booklet, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.depends("line_ids.guide_id", *AUDIENCES)
    @api.depends_context("lang")
    def _compute_left_out(self):
        for booklet in self:
            lines = [booklet._describe_left_out(guide) for guide in booklet.line_ids.guide_id]
            booklet.left_out = "\n".join(filter(None, lines))

    def _describe_left_out(self, guide):
        """Why a guide is printed for no commune; empty when it is printed."""
        if guide.state != "published":
            return self.env._("“%s” is not published.", guide.name)
        if not self._covers(guide):
            return self.env._("“%s” is not for all the readers of the booklet.", guide.name)
        return ""

    def _covers(self, guide):
        """Whether anyone who reads the booklet may read the guide. Who heads the administration is
        an agent."""
        audiences = {name for name in AUDIENCES if guide[name]}
        if "for_staff" in audiences:
            audiences.add("for_dgs")
        return {name for name in AUDIENCES if self[name]} <= audiences

    def action_offer(self):
        """Its readers find it on the portal from now on."""
        self.check_access("write")
        for booklet in self:
            if not any(booklet[name] for name in AUDIENCES):
                raise UserError(
                    self.env._("“%s”: say for whom it is before you offer it.", booklet.name)
                )
        self._set({"is_offered": True})

    def action_take_back(self):
        """The portal does not show it any more."""
        self.check_access("write")
        self._set({"is_offered": False})

    @api.model
    def _get_portal_booklets(self, commune, person):
        """What a person of a commune downloads, as superuser: a current mandate there makes the
        person a reader."""
        booklets = self.sudo()
        if not commune.is_commune:
            return booklets.browse()
        functions = commune._get_portal_mandates(person).function_id
        heads = functions.filtered(lambda function: function.code in HEADS_OF_STAFF)
        own = {
            "for_elected": "elected" in functions.mapped("kind"),
            "for_dgs": bool(heads),
            "for_staff": "staff" in functions.mapped("kind"),
        }
        offered = booklets.search([("is_offered", "=", True)])
        return offered.filtered(lambda one: any(one[name] and own[name] for name in AUDIENCES))

    def action_print(self):
        """The window that asks for which communes."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print the booklet"),
            "res_model": "commune.booklet.print",
            "view_mode": "form",
            "target": "new",
            "context": {"default_booklet_id": self.id},
        }


class CommuneBookletLine(models.Model):
    _name = "commune.booklet.line"
    _description = "Guide of a booklet"
    _order = "booklet_id, sequence, id"
    _rec_name = "guide_id"

    booklet_id = fields.Many2one("commune.booklet", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    guide_id = fields.Many2one("commune.guide", required=True, index=True, ondelete="cascade")
    state = fields.Selection(related="guide_id.state")
    audience_label = fields.Char(related="guide_id.audience_label")
    _guide_uniq = models.Constraint(
        "UNIQUE(booklet_id, guide_id)", "This guide is already in the booklet."
    )
