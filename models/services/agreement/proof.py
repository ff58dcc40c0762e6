"""What nobody writes by hand on a convention: its step, its signature, the text that was signed."""

import base64
import io

from markupsafe import escape
from PIL import Image

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .agreement import RUNNING
from .template import WORD

# They follow from the buttons and from the signature on the portal.
PROOFS = {
    "sign_name",
    "sign_title",
    "sign_date",
    "sign_partner_id",
    "signature",
    "paper_signature",
    "document_id",
    "document_sha256",
    "document_body",
    "document_impact",
    "document_mayor_id",
    "version",
    "pack_date",
    "pack_attachment_ids",
}
# What the signed copy says besides its text: written before the signature.
SIGNATURE = {"signature_date", "signatory_id", "delegation_ref", "epci_signatory", "committee_date"}
MAX_PIXELS = 4_000_000  # far above what the widget of a screen draws


class Agreement(models.Model):
    _name = "agreement"
    _inherit = ["agreement", "commune.proof"]

    document_body = fields.Html(
        string="Words that are signed",
        sanitize=False,
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Kept when the text is put to the signature: the signed copy does not change with the"
        " mayor, the prices or the names of the offers.",
    )
    document_impact = fields.Html(
        string="Impact sheet that is signed",
        sanitize=False,
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    document_mayor_id = fields.Many2one(
        "res.partner",
        string="Mayor named in the text",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    mayor_changed = fields.Boolean(
        string="Another mayor since",
        compute="_compute_mayor_changed",
        groups="base.group_user",
    )

    def _filter_proofs(self):
        return self.filtered("commune_id")

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """The text that both sides read before they sign, and what the councils vote on."""
        sent = Domain("pack_date", "!=", False) & Domain(
            "pack_attachment_ids", "in", attachment_ids
        )
        return sent | Domain("document_id", "in", attachment_ids)

    def _get_guarded_threads(self):
        return super()._get_guarded_threads() | self.filtered(lambda one: one.sudo().commune_id)

    @api.model_create_multi
    def create(self, vals_list):
        """A convention starts as a draft: an interface of programs signs nothing either."""
        if not self.env.su:
            for vals in vals_list:
                # An amendment is a copy with its number.
                proofs = any(vals.get(name) for name in PROOFS - {"version"})
                if vals.get("commune_id") and (proofs or vals.get("state", "draft") != "draft"):
                    self._refuse_by_hand()
        return super().create(vals_list)

    def _check_by_hand(self, vals):
        """:raise UserError: the values are those of a gesture"""
        if self.env.su:
            return
        ours = self if vals.get("commune_id") else self.filtered("commune_id")
        if not ours:
            return
        if PROOFS & set(vals):
            self._refuse_by_hand()
        if vals.get("commune_id") and (
            "state" in vals or self.filtered(lambda a: not a.commune_id and a.state != "draft")
        ):
            self._refuse_by_hand()
        other = vals.get("partner_id")
        if other and ours.filtered(lambda a: other != vals.get("commune_id", a.commune_id.id)):
            raise UserError(self.env._("The other party of a convention is its commune."))
        signed = ours.filtered(lambda a: a.sign_date or a.paper_signature)
        if signed and "active" in vals and not vals["active"]:
            raise UserError(
                self.env._(
                    "“%s” is signed: the commune goes on reading it, it is not put away.",
                    signed[0].display_name,
                )
            )
        if signed and SIGNATURE & set(vals):
            raise UserError(
                self.env._(
                    "“%s” is signed: make an amendment to change it.", signed[0].display_name
                )
            )

    def _refuse_by_hand(self):
        raise UserError(self.env._("The step of a convention follows from its buttons."))

    # What is signed: the words as they were read, by the mayor whom they name, with a drawn
    # stroke.

    @api.depends("state", "document_mayor_id", "commune_id.mayor_id")
    def _compute_mayor_changed(self):
        for agreement in self.sudo():
            named = agreement.document_mayor_id
            agreement.mayor_changed = bool(
                agreement.state == "deliberated"
                and named
                and named != agreement.commune_id.mayor_id
            )

    def _freeze_document(self):
        """Keep the words, and whom they name, then make the PDF with them."""
        self.ensure_one()
        agreement = self.sudo().with_context(lang=self._get_document_lang())
        text = str(self.body or self._get_template().body or "")
        named = agreement.commune_id.mayor_id if "maire" in WORD.findall(text) else False
        agreement.write(
            {
                "document_body": agreement._render_body(),
                "document_impact": agreement._render_impact(),
                "document_mayor_id": named and named.id,
            }
        )
        return super()._freeze_document()

    def _get_signing_problem(self):
        """Why nobody signs this text any more, as a sentence; empty when it can be signed."""
        self.ensure_one()
        agreement = self.sudo()
        today = fields.Date.context_today(self)
        if agreement.end_date and agreement.end_date < today:
            return self.env._(
                "“%(name)s” ended on %(date)s: it can no longer be signed.",
                name=agreement.name,
                date=self.env.company._format_document_date(agreement.end_date),
            )
        if agreement.parent_id and agreement.parent_id.state not in RUNNING:
            return self.env._(
                "“%s” is no longer in force: its amendment cannot be signed.",
                agreement.parent_id.name,
            )
        if agreement.mayor_changed:
            return self.env._(
                "The text names %s, who is no longer the mayor: the intercommunality has to"
                " prepare it again before the signature.",
                agreement.document_mayor_id.name,
            )
        return ""

    def _sign(self, name, mandate, signature):
        if not is_drawn(signature):
            raise UserError(self.env._("Write your name and draw your signature."))
        if problem := self._get_signing_problem():
            raise UserError(problem)
        if not self.document_body:  # put to the signature before these words were kept
            agreement = self.with_context(lang=self._get_document_lang())
            self.document_body = agreement._render_body()
            self.document_impact = agreement._render_impact()
        return super()._sign(name, mandate, signature)

    def _alert_new_mayor(self):
        """A text that waits for a former mayor is told to its officer, once."""
        for agreement in self.sudo().filtered("mayor_changed"):
            user = agreement.user_id or self.env.company._get_service_manager()
            agreement = agreement.with_context(lang=user.lang)
            summary = agreement.env._("The mayor has changed: prepare the text again")
            if summary in agreement.activity_ids.mapped("summary"):
                continue
            agreement.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=summary,
                note=escape(agreement._get_signing_problem()),
            )


def is_drawn(signature):
    """Whether an image in base64 holds at least a stroke: a browser can send a blank one."""
    try:
        image = Image.open(io.BytesIO(base64.b64decode(signature, validate=True)))
        if image.width * image.height > MAX_PIXELS:
            return False
        ink = image.convert("RGBA")
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        return False
    paper = Image.new("RGBA", ink.size, "white")
    paper.alpha_composite(ink)
    return paper.convert("L").getextrema()[0] < 255
