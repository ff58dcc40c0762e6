"""Clauses of agreements: a template is a list of them, and some are compulsory."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .template import check_words

# Condition under which a template's clause appears in a text.
CONDITIONS = [
    ("always", "Always"),
    ("basis", "When its legal basis is in the convention"),
    ("invoiced", "When something is invoiced each year"),
    ("withheld", "When something is retained on the attribution de compensation"),
    ("free", "When nothing is paid"),
    ("population", "When a price follows the population"),
    ("planning", "When an option is about planning permissions"),
    ("impact", "When an impact sheet is annexed"),
]

PERMITS = "URB-ADS"  # topic of the services that prepare planning permissions


class CommuneAgreementClause(models.Model):
    """An article of agreements; its text has the same placeholders as a template."""

    _name = "commune.agreement.clause"
    _description = "Clause of conventions"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(string="Title", required=True)
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_style=False,
        help="Words between braces are replaced by those of the convention.",
    )
    sequence = fields.Integer(
        default=100, help="Place in every text: a model lists its clauses in this order."
    )
    active = fields.Boolean(default=True)
    is_numbered = fields.Boolean(
        string="Article", default=True, help="Otherwise it has neither number nor title."
    )
    condition = fields.Selection(CONDITIONS, required=True, default="always")
    is_compulsory = fields.Boolean(
        string="Compulsory everywhere", help="No convention is signed without it."
    )
    basis_ids = fields.Many2many(
        "commune.legal.basis",
        "commune_clause_basis_rel",
        string="Compulsory for",
        help="Legal bases under which no convention is signed without it.",
    )
    basis_codes = fields.Char(
        string="Compulsory for (in short)",
        compute="_compute_basis_codes",
        help="In short, as a card shows them: “CGCT, art. L. 5211-4-2”.",
    )
    template_ids = fields.Many2many(
        "commune.agreement.template", "commune_template_clause_rel", string="Texts"
    )
    _code_uniq = models.Constraint("UNIQUE(code)", "This clause is already in the list.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for clause in self:
            clause.display_name = f"{clause.code} – {clause.name}" if clause.code else clause.name

    @api.depends("basis_ids.quote", "basis_ids.code")
    def _compute_basis_codes(self):
        for clause in self:
            clause.basis_codes = " ; ".join(b.quote or b.code for b in clause.basis_ids)

    @api.constrains("body")
    def _check_words(self):
        check_words(self)

    def _assemble(self):
        """The clauses in their order, articles numbered from 1."""
        parts, number = [], 0
        for clause in self.sorted(lambda c: (c.sequence, c.code or "")):
            if clause.is_numbered:
                number += 1
                parts.append(Markup("<h2>Article %s – %s</h2>") % (number, clause.name))
            parts.append(Markup(clause.body or ""))  # nosec B704: sanitized by its field
        return Markup("\n").join(parts)

    def _holds_for(self, held, bases):
        """Those that apply under these conditions."""
        return self.filtered(
            lambda c: c.condition in held or (c.condition == "basis" and c.basis_ids & bases)
        )


class CommuneAgreementTemplate(models.Model):
    _inherit = "commune.agreement.template"

    clause_ids = fields.Many2many(
        "commune.agreement.clause", "commune_template_clause_rel", string="Clauses"
    )
    body = fields.Html(compute="_compute_body", store=True, readonly=False, precompute=True)

    @api.depends(
        "clause_ids.sequence",
        "clause_ids.code",
        "clause_ids.name",
        "clause_ids.body",
        "clause_ids.is_numbered",
    )
    def _compute_body(self):
        """All its clauses; a text without clauses is the one that was typed."""
        for template in self:
            clauses = template.clause_ids
            template.body = clauses._assemble() if clauses else template.body


class Agreement(models.Model):
    _inherit = "agreement"

    clause_warning = fields.Text(
        string="Clauses that the text lacks",
        compute="_compute_clause_warning",
        groups="base.group_user",
        help="For a text of its own: titles of compulsory clauses that are not found in it.",
    )

    @api.depends("body", "template_id", "legal_basis_id", "offer_ids", "payment_kind", "state")
    def _compute_clause_warning(self):
        drafts = self.filtered(lambda a: a.state == "draft" and a.commune_id and not a.parent_id)
        (self - drafts).clause_warning = False
        for agreement in drafts:
            missing = (
                self.env["commune.agreement.document"]
                ._get_missing_clauses(agreement)
                .mapped("name")
            )
            agreement.clause_warning = ", ".join(missing) or False

    def _check_ready_to_sign(self):
        """Warn the officer of an unusual text, not an error; an amendment changes articles."""
        super()._check_ready_to_sign()
        if self.parent_id or self.body or not self._get_template().clause_ids:
            return
        missing = self.env["commune.agreement.document"]._get_missing_clauses(self)
        if missing:
            raise UserError(
                self.env._(
                    "The text “%(text)s” lacks clauses that its legal bases ask for: %(names)s."
                    " Add them to the text, or choose another one.",
                    text=self._get_template().name,
                    names=", ".join(missing.mapped("name")),
                )
            )


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_model_text(self, agreement):
        """The text of the template, with the clauses that apply to this agreement."""
        template = agreement._get_template()
        if not template.clause_ids:
            return template.body
        return template.clause_ids._holds_for(
            self._get_conditions(agreement), agreement._get_bases()
        )._assemble()

    def _get_conditions(self, agreement):
        """Conditions of clauses that hold for this agreement."""
        agreement.ensure_one()
        agreement = agreement.sudo()
        day = agreement._get_price_day()
        prices = self.env["commune.service.price"].union(
            *(offer.price_ids._at(day) for offer in agreement.offer_ids)
        )
        withheld, invoiced = self._split_offers(agreement)
        held = {
            "invoiced": invoiced,
            "withheld": withheld,
            "free": not (withheld or invoiced),
            "population": prices._is_by_population(),
            "planning": PERMITS in agreement.offer_ids.service_id.topic_id.mapped("code"),
            "impact": agreement._has_impact_sheet(),
        }
        return {"always", *(name for name, value in held.items() if value)}

    def _get_missing_clauses(self, agreement):
        """Compulsory clauses of its legal bases that its text lacks; in a typed text, whose title
        is not found."""
        agreement = agreement.sudo()  # also asked by readers of the form, who open no clause
        bases = agreement._get_bases()
        clauses = agreement.env["commune.agreement.clause"].search(Domain.TRUE)
        asked = clauses.filtered(lambda c: c.is_compulsory or c.basis_ids & bases)
        asked = asked._holds_for(self._get_conditions(agreement), bases)
        template = agreement._get_template()
        if template.clause_ids and not agreement.body:
            return asked - template.clause_ids
        typed = str(agreement.body or template.body or "").casefold()
        return asked.filtered(lambda c: c.is_numbered and c.name.casefold() not in typed)
