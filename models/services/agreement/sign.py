"""Signature of an agreement: who, when, and the fingerprint of the text that was read."""

import base64
import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....engine.text import after_comma
from ...core.attach import PDF, attach_files
from ...core.date_input import read_day
from ...core.field_error import FieldError
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
ACTIVITY = "commune_relations.mail_activity_type_agreement_vote"


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
        """Make the PDF that both sides read, and keep its fingerprint."""
        self.ensure_one()
        report = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(lang=self.env.company._get_organisation_lang())
        )
        content, _kind = report._render_qweb_pdf("commune_relations.agreement_report", self.ids)
        document = attach_files(self, [(f"{self.code}.pdf", content, PDF)])
        self.sudo().write(
            {"document_id": document.id, "document_sha256": hashlib.sha256(content).hexdigest()}
        )

    def _is_document_intact(self):
        """Whether the file is still the one whose fingerprint was taken."""
        self.ensure_one()
        content = self.sudo().document_id.raw or b""
        return hashlib.sha256(content).hexdigest() == self.document_sha256

    def _get_signing_mandate(self, person):
        """The mandate by which a person may sign this agreement; empty when there is none."""
        self.ensure_one()
        mandates = self.sudo().commune_id._get_portal_mandates(person)
        full = mandates.filtered(lambda m: m.function_id.portal_role == "full")
        if self.sudo().signatory_id:
            return full[:1] if self.sudo().signatory_id == person else full.browse()
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
        title, prefix = self._get_signing_title(side, mandate), PREFIX[side]
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
        self._send_signed_copy(side, text)

    def _get_signing_title(self, side, mandate):
        if side == "epci":
            return mandate._get_signing_capacity()
        if self.signatory_id and self.delegation_ref:
            return self.env._(
                "%(title)s, by delegation (%(reference)s)",
                title=mandate.title,
                reference=self.delegation_ref,
            )
        return mandate.title

    def _settle_signatures(self, signer=None):
        """Bring into force once both sides have signed; else notify the other side.

        :param signer: who has just signed here, and receives a letter of his or her own
        """
        both = self.filtered(lambda a: a.signature_step == "both")
        for agreement in both.sudo():
            days = [agreement[f"{side}_signature_date"] for side in PREFIX]
            agreement.write({"state": "signed", "signature_date": max(days), "before_acts": False})
        both._finish_asked("agreement_epci_sign")
        (self - both)._ask_epci_signature()
        both._update_states()
        both._write_to_acting_people("mail_template_agreement_signed", but=signer)

    def action_sign_paper(self):
        """Record a signature on paper, dated by the officer, for sides not signed here."""
        self.check_access("write")
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
            agreement._check_acts_done()
            for side in sides:
                agreement.sudo().write(agreement._prepare_paper_signature(side))
        self._settle_signatures()

    def _prepare_paper_signature(self, side):
        """Values recorded for a signature on paper: a later mayor or president has not signed.

        :raise UserError: the same person signs for the other side, or nobody knows who signs
        """
        self.ensure_one()
        signatories = self._get_paper_signatories(side)
        self._check_single_side(side, signatories, self.epci_signatory)
        prefix = PREFIX[side]
        values = {f"{prefix}paper_signature": True}
        if len(signatories) == 1:
            values[f"{prefix}sign_partner_id"] = signatories.id
        if side == "commune":
            values["sign_name"] = self._name_commune_signatory()
        return values

    def _get_signature_lines(self):
        """Signature lines of the signed copy: (label, text)."""
        self.ensure_one()
        labels = {
            "commune": self.env._("Signed for the commune by"),
            "epci": self.env._("Signed for the intercommunality by"),
        }
        lines = []
        for side, prefix in PREFIX.items():
            if self[f"{prefix}sign_date"]:
                title = after_comma(self[f"{prefix}sign_title"])
                person = f"{self[f'{prefix}sign_name']}, {title}"
                moment = self._describe_signing_datetime(self[f"{prefix}sign_date"])
                lines += [(labels[side], person), (self.env._("On"), moment)]
        if lines:
            label = self.env._("Fingerprint (SHA-256) of the text")
            lines.append((label, self.document_sha256))
        return lines

    def _describe_signing_datetime(self, moment):
        return self.env._("%s (local time)", self.env["commune.letter"]._format_datetime(moment))

    def _get_signature_box(self, side):
        """Content of the signature box of a side; empty while it has not signed.

        dict(name, title, date, image, paper)"""
        self.ensure_one()
        agreement, prefix = self.sudo(), PREFIX[side]
        if side not in agreement._get_signed_sides():
            return {}
        return {
            "name": agreement[f"{prefix}sign_name"]
            or (side == "epci" and agreement.epci_signatory)
            or "",
            "title": agreement[f"{prefix}sign_title"] or "",
            "date": self.env.company._format_document_date(agreement[f"{side}_signature_date"]),
            "image": self._get_signature_uri(side),
            "paper": bool(agreement[f"{prefix}paper_signature"]),
        }

    def _get_signature_uri(self, side="commune"):
        image = self.sudo()[f"{PREFIX[side]}signature"]
        if not image:
            return ""
        raw = image if isinstance(image, bytes) else base64.b64decode(image)
        return f"data:image/png;base64,{raw.decode()}"

    # The vote of the commune, reported by the commune itself: nobody types it twice.

    def _waits_for_vote(self):
        """Whether the commune may report the vote of its council."""
        self.ensure_one()
        return self.state == "draft" and bool(self.pack_date)

    def _get_first_vote_day(self):
        """Earliest plausible vote: it may precede the documents, not by years (a typing error)."""
        self.ensure_one()
        return self.pack_date - relativedelta(years=1)

    def _describe_pack(self):
        self.ensure_one()
        day = self.env.company._format_document_date(self.pack_date)
        return self.env._("Papers sent on %s, to be read by the council:", day)

    def _report_vote(self, reference, day, transmitted="", published=""):
        """Record the vote of the council, as the commune reports it: number and date.

        Then, on the same page, when the deliberation was transmitted to the State and published.

        :param reference: as typed
        :param day: date of the meeting, as a form sends it (ISO); the others may come later
        :raise UserError: a sentence for the person who reports; a `FieldError` when it is about one
            field of the page
        """
        self.ensure_one()
        place = self.sudo().commune_id
        if place._get_portal_role(self.env.user.partner_id) != "full":
            raise AccessError(self.env._("Only those who act for the commune can tell this."))
        reference = " ".join((reference or "").split())[: LENGTHS["reference"]]
        typed = {"date": day, "transmitted": transmitted, "published": published}
        for name, text in typed.items():
            if problem := self.env.company._get_day_problem(text):
                raise FieldError(problem, name)
        date, sent, published_on = map(read_day, typed.values())
        if not reference or not date:
            missing = self.env._("Write the number and the date of the deliberation.")
            raise FieldError(missing, "date" if reference else "reference")
        if date > self.env.company._get_today():
            still = self.env._("The council votes first: this date is still to come.")
            raise FieldError(still, "date")
        agreement = self.sudo().with_context(commune_words=True)
        agreement._lock()
        if not agreement._waits_for_vote():
            raise UserError(self.env._("This convention is not waiting for the vote any more."))
        if date < agreement._get_first_vote_day():
            old = self.env._("Check the year: the papers of this vote are more recent.")
            raise FieldError(old, "date")
        acts = {"commune_transmission_date": sent, "commune_publication_date": published_on}
        agreement.write({name: value for name, value in acts.items() if value})
        agreement._record_vote(reference, date)

    def _record_vote(self, reference, date):
        same = self.commune_deliberation_ref == reference and self.commune_deliberation_date == date
        if same:  # pressed twice
            return
        self.write({"commune_deliberation_ref": reference, "commune_deliberation_date": date})
        text = self.env._(
            "The council of %(commune)s has voted: deliberation %(vote)s, told on the portal by"
            " %(person)s.",
            commune=self.commune_id.name,
            vote=self._describe_deliberation("commune"),
            person=self.env.user.name,
        )
        self.message_post(body=text)
        self._close_vote_activity()  # reported again, with another number: one activity is enough
        self.activity_schedule(
            ACTIVITY,
            user_id=(self.user_id or self.env.company._get_service_manager()).id,
            summary=self.env._("%s has voted: send the convention to sign?", self.commune_id.name),
        )

    def _close_vote_activity(self):
        """Close the activity that asks for the vote, once the agreement waits for its signature."""
        self.sudo().activity_unlink([ACTIVITY])
