"""Signature of a convention: who, when, and the fingerprint of the text that was read."""

import base64
import hashlib

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...core.attach import PDF, attach_files
from ...core.lengths import LENGTHS
from ...core.row_lock import lock_rows

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
        report = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(lang=self.env.company._get_house_lang())
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
        name = (name or "").strip()[: LENGTHS["signature"]]
        if not name or not signature:
            raise UserError(self.env._("Write your name and draw your signature."))
        if len(signature) > MAX_SIGNATURE:
            raise UserError(self.env._("The image of the signature is too large."))
        self.sudo()._sign(name, mandate, signature)

    def _sign(self, name, mandate, signature):
        """Keep the signature, unless somebody was quicker or the text has moved."""
        self._lock()
        if (self.sign_partner_id, self.sign_name) == (mandate.partner_id, name):
            return  # pressed again: the answer to the first press was lost
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
        """Two presses at once: the second waits, then starts again on what the first left."""
        lock_rows(self)

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

    # The vote of the commune, reported by the commune itself: nobody types it twice.

    def _waits_for_vote(self):
        """Whether the commune may tell that its council has voted."""
        self.ensure_one()
        return self.state == "draft" and bool(self.pack_date)

    def _get_first_vote_day(self):
        """A council may have voted before the papers came, not years before: a year mistyped."""
        self.ensure_one()
        return self.pack_date - relativedelta(years=1)

    def _describe_pack(self):
        self.ensure_one()
        day = self.env.company._format_document_date(self.pack_date)
        return self.env._("Papers sent on %s, to be read by the council:", day)

    def _report_vote(self, reference, day):
        """The commune says under which number, and when, its council has voted.

        :param reference: as typed
        :param day: date of the meeting, as a form sends it (ISO)
        :raise UserError: a sentence for the person who reports
        """
        self.ensure_one()
        place = self.sudo().commune_id
        if place._get_portal_role(self.env.user.partner_id) != "full":
            raise AccessError(self.env._("Only those who act for the commune can tell this."))
        reference = " ".join((reference or "").split())[: LENGTHS["reference"]]
        try:
            date = fields.Date.to_date(day)
        except ValueError:
            date = False
        if not reference or not date:
            raise UserError(self.env._("Write the number and the date of the deliberation."))
        if date > fields.Date.context_today(self):
            raise UserError(self.env._("The council votes first: this date is still to come."))
        agreement = self.sudo()
        agreement._lock()
        if not agreement._waits_for_vote():
            raise UserError(self.env._("This convention is not waiting for the vote any more."))
        if date < agreement._get_first_vote_day():
            raise UserError(self.env._("Check the year: the papers of this vote are more recent."))
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
        self._close_vote_activity()  # told again, with another number: one activity is enough
        self.activity_schedule(
            ACTIVITY,
            user_id=(self.user_id or self.env.company._get_service_manager()).id,
            summary=self.env._("%s has voted: send the convention to sign?", self.commune_id.name),
        )

    def _close_vote_activity(self):
        """Nothing is left to ask once the convention waits for its signature."""
        self.sudo().activity_unlink([ACTIVITY])
