"""Signature of an agreement: who, when, and the fingerprint of the text that was read."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.text import after_comma
from ...core.attach import PDF, attach_files
from ...core.row_lock import lock_rows
from ...core.text_limits import LENGTHS
from ...territory.partner.selectable import check_selectable
from .drawn_signature import has_stroke

PREFIX = {"commune": "", "epci": "epci_"}  # of the fields of each side
STEPS = [
    ("none", "Waits for both signatures"),
    ("commune", "Signed by the commune, waits for the intercommunality"),
    ("epci", "Signed by the intercommunality, waits for the commune"),
    ("both", "Signed by both sides"),
]
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
        index="btree_not_null",
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
        domain="[('held_mandate_ids.commune_id', '=', commune_id)]",
        help="Empty: the mayor signs. Otherwise the person to whom the mayor has delegated the"
        " signature (CGCT L2122-18, L2122-19).",
        index="btree_not_null",
    )
    delegation_ref = fields.Char(
        string="Reference of the delegation", copy=False, help="Order of the mayor, with its date."
    )
    sign_name = fields.Char(string="Signed by", readonly=True, copy=False, tracking=True)
    sign_title = fields.Char(string="As", readonly=True, copy=False)
    sign_date = fields.Datetime(string="Signed on the portal on", readonly=True, copy=False)
    sign_partner_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
        index="btree_not_null",
    )
    signature = fields.Image(
        readonly=True,
        copy=False,
        attachment=True,
        max_width=1024,
        max_height=1024,
        groups="base.group_user",
    )
    paper_signature = fields.Boolean(readonly=True, copy=False, string="Signed on paper")
    signature_step = fields.Selection(
        STEPS, string="Signatures", compute="_compute_signature_step", store=True
    )

    @api.constrains("signatory_id", "commune_id")
    def _check_signatory(self):
        check_selectable(self, "signatory_id")

    @api.depends("sign_date", "paper_signature", "epci_sign_date", "epci_paper_signature")
    def _compute_signature_step(self):
        for agreement in self:
            sides = agreement._get_signed_sides()
            agreement.signature_step = "both" if len(sides) > 1 else min(sides, default="none")

    def _get_signed_sides(self):
        """Which of “commune” and “epci” have signed, on the portal, in the office or on paper."""
        self.ensure_one()
        signs = ("sign_date", "paper_signature")
        return {side for side, prefix in PREFIX.items() if any(self[prefix + n] for n in signs)}

    def _freeze_document(self):
        """Make the PDF that both sides read, and keep its fingerprint, as superuser."""
        self.ensure_one()
        lang = self.env.company._get_organisation_lang()
        report = self.env["ir.actions.report"].with_context(lang=lang)
        content, _kind = report._render_qweb_pdf("commune_relations.agreement_report", self.ids)
        document = attach_files(self, [(f"{self.code}.pdf", content, PDF)])
        self.write(
            {"document_id": document.id, "document_sha256": hashlib.sha256(content).hexdigest()}
        )

    def _is_document_intact(self):
        """Whether the file is still the one whose fingerprint was taken."""
        self.ensure_one()
        content = self.document_id.raw or b""
        return hashlib.sha256(content).hexdigest() == self.document_sha256

    def _get_signing_mandate(self, person):
        """The mandate by which a person may sign this agreement; empty when there is none."""
        self = self.sudo()  # also asked by a link, without an account
        self.ensure_one()
        mandates = self.commune_id._get_portal_mandates(person)
        full = mandates.filtered(lambda m: m.function_id.portal_role == "full")
        if self.signatory_id:
            return full[:1] if self.signatory_id == person else full.browse()
        return full.filtered("function_id.signs_agreements")[:1]

    def _check_portal_signature(self, name, read):
        """Checks of the confirmation page, repeated on signature.

        :param name: as typed
        :param read: fingerprint of the text that the person ticked as read
        :return: (mandate, name as shown on the document)
        :raise UserError: a sentence for the person who signs
        """
        self.ensure_one()
        person = self.env.user.partner_id
        mandate = self._get_signing_mandate(person)
        if not mandate:
            raise AccessError(self.env._("Only the mayor, or the person named, signs this."))
        mandate._check_can_sign(self)
        if self.sudo().sign_partner_id != person:
            self._check_waits_for("commune")
        return mandate, mandate._check_signing_act(name, read, self.document_sha256)

    def _sign_from_portal(self, name, read):
        """The commune accepts, once, the text that was read: see `_check_portal_signature`."""
        mandate, name = self._check_portal_signature(name, read)
        self.sudo()._sign("commune", name, mandate)

    def _sign_in_office(self, mandate, name, signature):
        """The intercommunality accepts it.

        :param name: as typed beside the signature
        :param signature: PNG in base64
        """
        mandate._check_can_sign(self)
        name = (name or "").strip()[: LENGTHS["signature"]]
        if len(signature or "") > MAX_SIGNATURE:
            raise UserError(self.env._("The image of the signature is too large."))
        if not name or not has_stroke(signature or ""):
            raise UserError(self.env._("Write your name and draw your signature."))
        self.sudo()._sign("epci", name, mandate, signature)

    def _check_waits_for(self, side):
        if self.state != "deliberated" or side in self._get_signed_sides():
            raise UserError(self.env._("This convention is not waiting for a signature."))

    def _sign(self, side, name, mandate, signature=False):
        """Keep the signature, unless somebody was quicker or the text has moved."""
        self._lock()
        signed = self[f"{PREFIX[side]}sign_partner_id"], self[f"{PREFIX[side]}sign_name"]
        if signed == (mandate.partner_id, name):
            return  # pressed again: the answer to the first press did not arrive
        self._check_waits_for(side)
        mandate._check_own_name(name)
        if not self._is_document_intact():
            raise UserError(
                self.env._(
                    "The text is no longer the one that was prepared: it cannot be signed."
                    " Please tell the intercommunality."
                )
            )
        self._record_signature(side, name, mandate, signature)

    def _lock(self):
        """Two presses at once: the second waits, then starts again on what the first left."""
        lock_rows(self)

    def _record_signature(self, side, name, mandate, signature):
        signatory = self.env["commune.agreement.signatory"]
        title, prefix = signatory._get_signing_title(self, side, mandate), PREFIX[side]
        self.write(
            {
                f"{prefix}sign_name": name,
                f"{prefix}sign_title": title,
                f"{prefix}sign_date": fields.Datetime.now(),
                f"{prefix}sign_partner_id": mandate.partner_id.id,
                f"{prefix}signature": signature,
                f"{side}_signature_date": self.env.company._get_today(),
            }
        )
        words = {"name": name, "title": after_comma(title), "hash": self.document_sha256}
        if side == "commune":
            text = self.env._(
                "Signed on the portal by %(name)s, %(title)s. Fingerprint of the text: %(hash)s",
                **words,
            )
        else:
            text = self.env._(
                "Signed for the intercommunality by %(name)s, %(title)s. Fingerprint of the text:"
                " %(hash)s",
                **words,
            )
        signatory._send_signed_copy(self, side, text)

    def _settle_signatures(self, signer=None):
        """Bring into force once both sides have signed; else notify the other side.

        :param signer: who has just signed here, and receives a letter of his or her own
        """
        both = self.filtered(lambda a: a.signature_step == "both")
        for agreement in both.sudo():
            days = [agreement[f"{side}_signature_date"] for side in PREFIX]
            agreement.write({"state": "signed", "signature_date": max(days), "before_acts": False})
        both._finish_asked("agreement_epci_sign")
        self.env["commune.agreement.signatory"]._ask_epci_signature(self - both)
        both._update_states()
        self.env["commune.agreement.pack"]._write_to_acting_people(
            both, "mail_template_agreement_signed", but=signer
        )

    def action_sign_paper(self):
        """Record a signature on paper, dated by the officer, for sides not signed here."""
        self.check_access("write")
        signatory = self.env["commune.agreement.signatory"]
        for agreement in self:
            agreement._lock()
            agreement._check_state("deliberated")
            sides = [
                side
                for side in PREFIX
                if agreement[f"{side}_signature_date"] and side not in agreement._get_signed_sides()
            ]
            if not sides:
                raise UserError(self.env._("Write the date of the signature."))
            self.env["commune.agreement.acts"]._check_acts_done(agreement)
            signed = agreement.sudo()  # nobody types the fields of a signature
            for side in sides:
                signed.write(signatory._prepare_paper_signature(signed, side))
        self._settle_signatures()


class CommuneAgreementSignatory(models.AbstractModel):
    _inherit = "commune.agreement.signatory"

    def _get_signing_title(self, agreement, side, mandate):
        if side == "epci":
            return mandate._get_signing_capacity()
        if agreement.signatory_id and agreement.delegation_ref:
            return self.env._(
                "%(title)s, by delegation (%(reference)s)",
                title=mandate.title,
                reference=agreement.delegation_ref,
            )
        return mandate.title

    def _prepare_paper_signature(self, agreement, side):
        """Values recorded for a signature on paper: a later mayor or president has not signed.

        :raise UserError: the same person signs for the other side, or nobody knows who signs
        """
        agreement.ensure_one()
        signatories = self._get_paper_signatories(agreement, side)
        self._check_single_side(agreement, side, signatories, agreement.epci_signatory)
        prefix = PREFIX[side]
        values = {f"{prefix}paper_signature": True}
        if len(signatories) == 1:
            values[f"{prefix}sign_partner_id"] = signatories.id
        if side == "commune":
            values["sign_name"] = self.env["commune.agreement.document"]._name_commune_signatory(
                agreement
            )
        return values


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_signature_lines(self, agreement):
        """Signature lines of the signed copy: (label, text)."""
        agreement.ensure_one()
        labels = {
            "commune": self.env._("Signed for the commune by"),
            "epci": self.env._("Signed for the intercommunality by"),
        }
        lines = []
        for side, prefix in PREFIX.items():
            if agreement[f"{prefix}sign_date"]:
                title = after_comma(agreement[f"{prefix}sign_title"])
                person = f"{agreement[f'{prefix}sign_name']}, {title}"
                moment = self._describe_signing_datetime(agreement[f"{prefix}sign_date"])
                lines += [(labels[side], person), (self.env._("On"), moment)]
        if lines:
            label = self.env._("Fingerprint (SHA-256) of the text")
            lines.append((label, agreement.document_sha256))
        return lines

    def _describe_signing_datetime(self, moment):
        return self.env._("%s (local time)", self.env["commune.letter"]._format_datetime(moment))

    def _get_signature_box(self, agreement, side):
        """Content of the signature box of a side; empty while it has not signed.

        dict(name, title, date, image, paper)"""
        agreement.ensure_one()
        prefix = PREFIX[side]
        if side not in agreement._get_signed_sides():
            return {}
        return {
            "name": agreement[f"{prefix}sign_name"]
            or (side == "epci" and agreement.epci_signatory)
            or "",
            "title": agreement[f"{prefix}sign_title"] or "",
            "date": self.env.company._format_document_date(agreement[f"{side}_signature_date"]),
            "image": self._get_signature_uri(agreement, side),
            "paper": bool(agreement[f"{prefix}paper_signature"]),
        }

    def _get_signature_uri(self, agreement, side="commune"):
        image = agreement[f"{PREFIX[side]}signature"]
        if not image:
            return ""
        raw = image if isinstance(image, bytes) else base64.b64decode(image)
        return f"data:image/png;base64,{raw.decode()}"
