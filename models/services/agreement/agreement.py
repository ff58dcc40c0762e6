"""Agreements between the intercommunality and a commune, on OCA's `agreement`.

Fields, states, what is read-only once signed, and the error message."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...core.row_lock import lock_rows
from ...core.window_actions import open_record

_lt = LazyTranslate(__name__)

STATES = [
    ("draft", "Draft"),
    ("deliberated", "Deliberated"),
    ("signed", "Signed by both sides"),
    ("active", "In force"),
    ("to_renew", "To renew"),
    ("expired", "Expired"),
    ("terminated", "Terminated"),
    ("suspended", "Suspended"),
]
RUNNING = ("active", "to_renew")
RENEW_MONTHS = 6  # before the end, the agreement is to renew
ALERTS = (6, 3)  # months before the end, the longest first
SIGNED = ("signed", "active", "to_renew", "expired", "terminated", "suspended")
# Content of the signed text.
FROZEN = {
    "name",
    "code",
    "commune_id",
    "legal_basis_id",
    "contract_form",
    "template_id",
    "payment_kind",
    "body",
    "offer_ids",
    "forecast",
    "forecast_ids",
    "impact_ids",
    "impact_organisation",
    "impact_conditions",
    "impact_pay",
    "impact_rights",
    "notice_months",
    "start_date",
    "end_date",
    "is_retroactive",
    "retroactive_reason",
    "commune_deliberation_ref",
    "commune_deliberation_date",
    "epci_deliberation_ref",
    "epci_deliberation_date",
    "commune_opinion_body",
    "commune_opinion_date",
    "commune_opinion",
    "epci_opinion_date",
    "epci_opinion",
    "epci_signatory_id",
    "parent_id",
}
# Content of the signed copy besides its text: written before that side signs.
SIGNATURE = {
    "commune": {"commune_signature_date", "signatory_id", "delegation_ref"},
    "epci": {"epci_signature_date", "epci_signatory"},
}


class Agreement(models.Model):
    _name = "agreement"
    _inherit = [
        "agreement",
        "commune.letter",
        "commune.letter.document.mixin",
        "commune.signing.delay.mixin",
        "commune.proof",
        "commune.dedicated.form.mixin",
    ]
    _own_screen = "commune_agreement_action"
    _order = "start_date desc nulls first, id desc"
    # They follow from the buttons and from the signature on the portal.
    _readonly_reason = _lt("The step of a convention follows from its buttons.")
    _values_at_creation = {
        "state": "draft",
        "version": None,
    }  # an amendment is a copy with its number
    _readonly_fields = frozenset(
        {
            "state",
            "sign_name",
            "sign_title",
            "sign_date",
            "sign_partner_id",
            "signature",
            "paper_signature",
            "epci_sign_name",
            "epci_sign_title",
            "epci_sign_date",
            "epci_sign_partner_id",
            "epci_signature",
            "epci_paper_signature",
            "signature_date",
            "before_acts",
            "document_epci_id",
            "document_id",
            "document_sha256",
            "document_body",
            "document_impact",
            "document_parties",
            "document_mayor_id",
            "version",
            "pack_date",
            "pack_attachment_ids",
            "signing_changed_at",
        }
    )

    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, tracking=True, copy=False, index=True
    )
    commune_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
        tracking=True,
        help="Empty: an agreement that has nothing to do with the communes.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        tracking=True,
        groups="base.group_user",
    )

    # basis and contents
    legal_basis_id = fields.Many2one("commune.legal.basis", ondelete="restrict", tracking=True)
    legal_basis = fields.Char(
        related="legal_basis_id.code", string="Code of the legal basis", store=True
    )
    contract_form = fields.Selection("_get_contract_forms", string="Form")
    template_id = fields.Many2one("commune.agreement.template", ondelete="restrict")
    offer_ids = fields.Many2many(
        "commune.service.offer",
        "agreement_offer_rel",
        string="Options chosen",
        tracking=True,
    )
    subscription_ids = fields.One2many(
        "commune.service.subscription", "agreement_id", string="Subscriptions"
    )
    forecast = fields.Text(
        string="Forecast of use",
        help="Written into the convention: forecast of use of the services (CGCT D5211-16).",
    )
    notice_months = fields.Integer(string="Notice (months)", default=3)

    # versions
    parent_id = fields.Many2one(
        "agreement", string="Amends", index="btree_not_null", ondelete="restrict", copy=False
    )
    amendment_ids = fields.One2many("agreement", "parent_id", string="Amendments")
    version = fields.Integer(default=0, readonly=True, copy=False, aggregator=None)
    _agreement_period_check = models.Constraint(
        "CHECK(end_date IS NULL OR start_date IS NULL OR end_date >= start_date)",
        "A convention cannot end before it starts.",
    )
    _notice_check = models.Constraint(
        "CHECK(notice_months >= 0)", "A notice is a positive number of months."
    )
    _version_uniq = models.UniqueIndex(
        "(parent_id, version) WHERE parent_id IS NOT NULL",
        "This amendment already exists.",
    )

    @api.model
    def _get_contract_forms(self):
        return self.env["commune.service"]._fields["contract_form"]._description_selection(self.env)

    @api.model
    def _prepare_parties(self, vals_list):
        """The commune is the other party, and the number comes from the sequence."""
        self.check_access("create")  # before the sequence is consumed: a refusal would leave a gap
        for vals in vals_list:
            if vals.get("commune_id"):
                vals["partner_id"] = vals["commune_id"]
                vals["code"] = vals.get("code") or self._get_next_code()

    @api.model
    def _get_next_code(self):
        return self.env["ir.sequence"]._next_of_year("commune.agreement")

    def copy(self, default=None):
        if self.commune_id and not (default or {}).get("code"):
            default = {**(default or {}), "code": self._get_next_code()}
        return super().copy(default)

    def _with_commune_as_party(self, vals):
        if vals.get("commune_id"):
            vals = {**vals, "partner_id": vals["commune_id"]}
        return vals

    @api.model
    def _begins_with_commune(self, vals):
        return vals.get("commune_id", self.default_get(["commune_id"]).get("commune_id"))

    @api.model
    def _check_start(self, vals):
        return super()._check_start(vals) if self._begins_with_commune(vals) else None

    @api.model
    def _keep_own_start(self, vals):
        return super()._keep_own_start(vals) if self._begins_with_commune(vals) else vals

    def _check_user_write(self, vals):
        managed = self if vals.get("commune_id") else self.filtered("commune_id")
        return super(Agreement, managed)._check_user_write(vals) if managed else None

    def _check_record_state(self, vals):
        if vals.get("commune_id") and self.filtered(
            lambda a: not a.commune_id and a.state != "draft"
        ):
            self._raise_user_write()
        other = vals.get("partner_id")
        if "partner_id" in vals and self.filtered(
            lambda a: other != vals.get("commune_id", a.commune_id.id)
        ):
            raise UserError(self.env._("The other party of a convention is its commune."))
        signed = self.filtered(lambda a: a._get_signed_sides())
        if signed and "active" in vals and not vals["active"]:
            raise UserError(
                self.env._(
                    "“%s” is signed: the commune goes on reading it, it is not put away.",
                    signed[0].display_name,
                )
            )
        for side, names in SIGNATURE.items():
            fixed = self.filtered(lambda a, side=side: side in a._get_signed_sides())
            if fixed and names & set(vals):
                fixed._raise_signed()

    def _raise_signed(self):
        raise UserError(
            self.env._("“%s” is signed: make an amendment to change it.", self[0].display_name)
        )

    def _check_frozen(self, vals):
        """What was signed does not change: an amendment does. Steps follow from the buttons."""
        if "state" in vals:
            return
        managed = self.filtered("commune_id")
        signed = managed.filtered(lambda a: a.state in SIGNED)
        if signed and set(vals) & FROZEN:
            signed._raise_signed()
        out = managed.filtered(lambda a: a.state == "deliberated")
        if out and set(vals) & FROZEN:
            raise UserError(
                self.env._(
                    "The text of “%s” is waiting for its signature: take it back to draft to"
                    " change it.",
                    out[0].display_name,
                )
            )

    @api.constrains("is_template", "commune_id")
    def _check_template(self):
        if self.filtered(lambda a: a.is_template and a.commune_id):
            raise ValidationError(self.env._("A template is not signed by a commune."))

    def _filter_proofs(self):
        return self.filtered("commune_id")

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        """The text that both sides read before they sign, and what the councils vote on."""
        sent = Domain("pack_date", "!=", False) & Domain(
            "pack_attachment_ids", "in", attachment_ids
        )
        return sent | Domain("document_id", "in", attachment_ids)

    @api.depends("code", "name", "commune_id.name")
    def _compute_display_name(self):
        managed = self.filtered("commune_id")
        blank = (self - managed).filtered(lambda a: not a.code and not a.name)
        blank.display_name = False  # the screen then shows “New”
        result = super(Agreement, self - managed - blank)._compute_display_name()
        for agreement in managed:
            # Until it is saved, an agreement has no number.
            known = filter(None, (agreement.code, agreement.name))
            agreement.display_name = " – ".join(known) or False
        return result

    @api.onchange("commune_id")
    def _onchange_commune_id(self):
        if self.commune_id and not self.name:
            self.name = self.env._("Convention of services with %s", self.commune_id.name)

    @api.onchange("offer_ids")
    def _onchange_offer_ids(self):
        """Default form and basis from the first service chosen."""
        service = self.offer_ids[:1].service_id
        self.contract_form = self.contract_form or service.contract_form
        self.legal_basis_id = self.legal_basis_id or service.legal_basis_id

    def action_amend(self):
        """A new version: the signed one stays as it is until the amendment is in force."""
        self.ensure_one()
        self.check_access("write")
        origin = self.parent_id or self
        lock_rows(origin)  # two amendments at once: the second sees the one being prepared
        if self.state not in RUNNING:
            raise UserError(self.env._("Only a convention in force is amended."))
        versions = origin.amendment_ids.mapped("version")
        if origin.amendment_ids.filtered(lambda a: a.state in ("draft", "deliberated")):
            raise UserError(self.env._("An amendment is already being prepared."))
        number = max(versions, default=0) + 1
        amendment = self.copy(
            {
                "parent_id": origin.id,
                "version": number,
                "code": f"{origin.code}-A{number}",
                "name": self.env._(
                    "Amendment %(number)s – %(name)s", number=number, name=origin.name
                ),
                "commune_deliberation_ref": False,
                "commune_deliberation_date": False,
                "epci_deliberation_ref": False,
                "epci_deliberation_date": False,
                "signature_date": False,
                "start_date": False,
                "is_retroactive": False,
                "retroactive_reason": False,
            }
        )
        return amendment._get_form_action()

    def _has_own_screen(self):
        return bool(self.commune_id)

    def _get_form_action(self):
        return open_record(self, "agreement_view_form_commune")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_commune(self):
        if self.filtered("commune_id"):
            raise UserError(self.env._("A convention with a commune is archived, not deleted."))

    def _get_letter_person(self):
        return self.commune_id

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["partner_id"]

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Hide the staff's messages on an agreement from portal readers."""
        result = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if self.env.user.share:
            result.update(dict.fromkeys(self._filter_managed(), "write"))
        return result
