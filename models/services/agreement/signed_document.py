"""Signed document: the text as it was read, by the mayor whom it names."""

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from .agreement import RUNNING
from .template import WORD


class Agreement(models.Model):
    _inherit = "agreement"

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
        index="btree_not_null",
    )
    document_parties = fields.Json(
        string="Parties that sign",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Names of the parties on the signed copy, which a merger or another name leaves as"
        " they were.",
    )
    mayor_changed = fields.Boolean(
        string="Another mayor since",
        compute="_compute_mayor_changed",
        compute_sudo=True,
        groups="base.group_user",
    )

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self._filter_managed()

    def _filter_managed(self):
        """Agreements with communes, the only ones managed by the addon."""
        return self.filtered(lambda one: one.sudo().commune_id)

    @api.depends("state", "document_mayor_id", "commune_id.mayor_id", "signature_step")
    def _compute_mayor_changed(self):
        for agreement in self:
            named = agreement.document_mayor_id
            agreement.mayor_changed = bool(
                agreement.state == "deliberated"
                and "commune" not in agreement._get_signed_sides()
                and named
                and named != agreement.commune_id.mayor_id
            )

    def _freeze_document(self):
        """Freeze the text and the signatory it names, then render the PDF from them."""
        self.ensure_one()
        self = self.sudo()  # nobody types what is signed
        agreement = self.with_context(lang=self.env.company._get_organisation_lang())
        document = agreement.env["commune.agreement.document"]
        signatory = agreement.env["commune.agreement.signatory"]
        text = str(self.body or self._get_template().body or "")
        named = agreement.commune_id.mayor_id if "maire" in WORD.findall(text) else False
        agreement.write(
            {
                "document_body": document._render_body(agreement),
                "document_impact": document._render_impact(agreement),
                "document_parties": document._get_party_names(agreement),
                "document_mayor_id": named and named.id,
                "document_epci_id": signatory._get_epci_mandate(agreement).partner_id.id,
            }
        )
        return super()._freeze_document()

    def _get_signing_problem(self, side="commune"):
        """Why nobody signs this text for a side, as a sentence; empty when it can be signed."""
        self.ensure_one()
        agreement = self.sudo()
        if side in agreement._get_signed_sides():
            return ""
        acts = agreement.env["commune.agreement.acts"]
        if problem := acts._get_acts_problem(agreement) or agreement._get_period_problem():
            return problem
        if agreement.parent_id and agreement.parent_id.state not in RUNNING:
            return self.env._(
                "“%s” is no longer in force: its amendment cannot be signed.",
                agreement.parent_id.name,
            )
        if side == "epci":
            return agreement.env["commune.agreement.signatory"]._get_epci_problem(agreement)
        if agreement.mayor_changed:
            return self.env._(
                "The text names %s, who is no longer the mayor: the intercommunality has to"
                " prepare it again before the signature.",
                agreement.document_mayor_id.name,
            )
        return ""

    def _get_period_problem(self):
        """Why its first or its last day stops a signature today, as a sentence; else empty."""
        today = self.env.company._get_today()
        day = self.env.company._format_document_date
        if self.end_date and self.end_date < today:
            return self.env._(
                "“%(name)s” ended on %(date)s: it can no longer be signed.",
                name=self.name,
                date=day(self.end_date),
            )
        if self.start_date and self.start_date < today and not self.is_retroactive:
            return self.env._(
                "“%(name)s” takes effect on %(date)s, before the signature: the intercommunality"
                " has to prepare it again.",
                name=self.name,
                date=day(self.start_date),
            )
        return ""

    def _check_portal_signature(self, name, read):
        found = super()._check_portal_signature(name, read)
        if problem := self._get_signing_problem():
            raise UserError(problem)
        self.env["commune.agreement.signatory"]._check_single_side(
            self, "commune", found[0].partner_id
        )
        return found

    def _sign(self, side, name, mandate, signature=False):
        if problem := self._get_signing_problem(side):
            raise UserError(problem)
        self.env["commune.agreement.signatory"]._check_single_side(self, side, mandate.partner_id)
        if not self.document_body:  # put to the signature before these words were kept
            agreement = self.with_context(lang=self.env.company._get_organisation_lang())
            document = agreement.env["commune.agreement.document"]
            self.document_body = document._render_body(agreement)
            self.document_impact = document._render_impact(agreement)
        return super()._sign(side, name, mandate, signature)

    def _alert_new_mayor(self):
        """Notify the officer, once, of a text that waits for a former mayor."""
        changed = self.filtered("mayor_changed")
        manager = changed and self.env.company._get_service_manager()

        def prepare(agreement):
            user = agreement.user_id or manager
            words = agreement.with_context(lang=user.lang)
            return {
                "user_id": user.id,
                "summary": words.env._("The mayor has changed: prepare the text again"),
                "note": escape(words._get_signing_problem()),
            }

        changed._schedule_each("agreement_mayor", prepare)
