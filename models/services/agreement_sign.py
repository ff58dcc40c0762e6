"""Signature of a convention: who, when, and the fingerprint of the text that was read."""

import base64
import hashlib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

MAX_NAME = 120
MAX_SIGNATURE = 400_000  # characters of base64: an image drawn in a browser


class Agreement(models.Model):
    _inherit = "agreement"

    document_id = fields.Many2one(
        "ir.attachment",
        string="Text to sign",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    document_sha256 = fields.Char(
        string="Fingerprint of the text",
        readonly=True,
        copy=False,
        help="SHA-256 of the PDF that was read before the signature.",
    )
    signatory_id = fields.Many2one(
        "res.partner",
        string="Signs by delegation",
        copy=False,
        help="Empty: the mayor signs. Otherwise the person to whom the mayor has delegated the"
        " signature (CGCT L2122-18, L2122-19).",
    )
    delegation_ref = fields.Char(
        string="Reference of the delegation", copy=False, help="Order of the mayor, with its date."
    )
    sign_name = fields.Char(string="Signed by", readonly=True, copy=False, tracking=True)
    sign_title = fields.Char(string="As", readonly=True, copy=False)
    sign_date = fields.Datetime(string="Signed on the portal on", readonly=True, copy=False)
    sign_partner_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="restrict", groups="base.group_user"
    )
    signature = fields.Image(
        readonly=True,
        copy=False,
        attachment=True,
        max_width=1024,
        max_height=1024,
        groups="base.group_user",
    )
    epci_signatory = fields.Char(
        string="Signatory of the intercommunality",
        help="Name and function: “Anne EXEMPLE, vice-présidente”.",
    )
    paper_signature = fields.Boolean(readonly=True, copy=False, string="Signed on paper")

    def _freeze_document(self):
        """Make the PDF that both sides read, and keep its fingerprint."""
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo().with_context(lang=self._get_document_lang())
        content, _kind = report._render_qweb_pdf("commune_relations.agreement_report", self.ids)
        document = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.code}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        self.sudo().write(
            {"document_id": document.id, "document_sha256": hashlib.sha256(content).hexdigest()}
        )

    def _get_document_lang(self):
        return self.env.company.sudo().partner_id.lang or self.env.lang

    def _is_document_intact(self):
        """Whether the file is still the one whose fingerprint was taken."""
        self.ensure_one()
        content = self.sudo().document_id.raw or b""
        return hashlib.sha256(content).hexdigest() == self.document_sha256

    def _get_signing_mandate(self, person):
        """The mandate by which a person may sign this convention; empty when there is none."""
        self.ensure_one()
        mandates = self.sudo().commune_id._get_portal_mandates(person)
        full = mandates.filtered(lambda m: m.function_id.portal_role == "full")
        if self.sudo().signatory_id:
            return full[:1] if self.sudo().signatory_id == person else full.browse()
        return full.filtered("function_id.signs_agreements")[:1]

    def _sign_from_portal(self, name, signature):
        """The commune accepts, once, the text that was shown.

        :param name: as typed beside the signature
        :param signature: PNG in base64
        :raise UserError: a sentence for the person who signs
        """
        self.ensure_one()
        person = self.env.user.partner_id
        mandate = self._get_signing_mandate(person)
        if not mandate:
            raise AccessError(self.env._("Only the mayor, or the person named, signs this."))
        mandate._check_may_sign()
        name = (name or "").strip()[:MAX_NAME]
        if not name or not signature:
            raise UserError(self.env._("Write your name and draw your signature."))
        if len(signature) > MAX_SIGNATURE:
            raise UserError(self.env._("The image of the signature is too large."))
        self.sudo()._sign(name, mandate, signature)

    def _sign(self, name, mandate, signature):
        """Keep the signature, unless somebody was quicker or the text has moved."""
        self._lock()
        if self.state != "deliberated":
            raise UserError(self.env._("This convention is not waiting for a signature."))
        if not self._is_document_intact():
            raise UserError(
                self.env._(
                    "The text is no longer the one that was prepared: it cannot be signed."
                    " Please tell the intercommunality."
                )
            )
        self._record_signature(name, mandate, signature)

    def _lock(self):
        """Two presses at once: the second waits, then starts again on what the first left.

        A written row makes PostgreSQL refuse the older snapshot, which Odoo runs again; a lock
        alone would answer “cannot grab a lock”.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE agreement SET write_date = write_date WHERE id = ANY(%s)", self.ids)
        )
        self.invalidate_recordset(["state"])

    def _record_signature(self, name, mandate, signature):
        title = mandate.title
        if self.signatory_id and self.delegation_ref:
            title = self.env._(
                "%(title)s, by delegation (%(reference)s)",
                title=title,
                reference=self.delegation_ref,
            )
        self.write(
            {
                "sign_name": name,
                "sign_title": title,
                "sign_date": fields.Datetime.now(),
                "sign_partner_id": mandate.partner_id.id,
                "signature": signature,
                "signature_date": fields.Date.context_today(self),
                "state": "signed",
            }
        )
        self.message_post(
            body=self.env._(
                "Signed on the portal by %(name)s, %(title)s. Fingerprint of the text: %(hash)s",
                name=name,
                title=title,
                hash=self.document_sha256,
            )
        )
        self._update_states()

    def action_sign_paper(self):
        """Both sides have signed on paper: the officer says when."""
        self.check_access("write")
        for agreement in self:
            agreement._lock()
            agreement._check_state("deliberated")
            if not agreement.signature_date:
                raise UserError(self.env._("Write the date of the signature."))
            agreement.sudo().write({"paper_signature": True, "state": "signed"})
        self._update_states()

    def _get_signature_lines(self):
        """What the signed copy says of the signature: (label, text)."""
        self.ensure_one()
        if not self.sign_date:
            return []
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=self.env.company._get_zone_name()), self.sign_date
        )
        when = self.env._(
            "%(date)s at %(hour)s:%(minute)s (local time)",
            date=self.env.company._format_document_date(moment.date()),
            hour=f"{moment:%H}",
            minute=f"{moment:%M}",
        )
        return [
            (self.env._("Signed by"), f"{self.sign_name}, {self.sign_title}"),
            (self.env._("On"), when),
            (self.env._("Fingerprint (SHA-256) of the text"), self.document_sha256),
        ]

    def _get_signature_uri(self):
        image = self.sudo().signature
        if not image:
            return ""
        raw = image if isinstance(image, bytes) else base64.b64decode(image)
        return f"data:image/png;base64,{raw.decode()}"
