"""Legal bases of agreements and services: data, since the law changes."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine import pricing
from ....engine.law import article
from ...territory.partner.res_partner import EPCI_KINDS
from ..catalogue.service import CONTRACT_FORMS

# Who may be the other party of the communes; a centre de gestion is no intercommunality.
PARTIES = [*EPCI_KINDS, ("CDG", "Staff management centre (CDG)")]
LISTS = {
    "contract_forms": dict(CONTRACT_FORMS),
    "price_kinds": {key: kind.label for key, kind in pricing.KINDS.items()},
    "epci_kinds": dict(PARTIES),
}


class CommuneLegalBasis(models.Model):
    _name = "commune.legal.basis"
    _description = "Legal basis"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, help="As it is quoted: “L5211-4-2”.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    text = fields.Text(required=True, translate=True, help="What it allows, in a few sentences.")
    citation = fields.Text(
        required=True, help="How it is quoted at the head of a convention, in French."
    )
    quote = fields.Char(
        string="In short", help="How it is quoted in a sentence: “CGCT, art. L. 5211-4-2”."
    )
    obligations = fields.Text(
        translate=True, help="What it asks for: opinion, annex, yearly statement."
    )
    source = fields.Char(required=True, help="Where it was read, and when.")
    version_read = fields.Char(
        string="Version read", help="Version of the text that was read; empty: none was."
    )
    to_confirm = fields.Text(
        string="To be confirmed",
        help="What has still to be confirmed, and by whom. It is never printed on a document.",
    )
    confirmed_by = fields.Char(
        string="Confirmed by",
        help="Legal adviser who read the text in force, and when: “Service juridique, 3"
        " février 2027”. A text of which no version was read is printed only once it is confirmed.",
    )

    # what it asks for and what it allows
    needs_committee = fields.Boolean(
        string="Opinion of the staff committee", help="The CST has to be consulted."
    )
    needs_impact = fields.Boolean(
        string="Impact sheet", help="An impact sheet for the agents is annexed to the convention."
    )
    is_between_others = fields.Boolean(
        string="Not with its communes",
        help="Holds between intercommunalities or between communes: no new convention of the"
        " intercommunality with one of its communes rests on it.",
    )
    contract_forms = fields.Char(
        string="Forms (keys)", help="Keys separated by spaces; empty: all of them."
    )
    price_kinds = fields.Char(
        string="Prices (keys)", help="Keys separated by spaces; empty: all of them."
    )
    epci_kinds = fields.Char(
        string="Open to (keys)", help="Keys separated by spaces; empty: all of them."
    )
    contract_form_names = fields.Char(string="Forms of contract", compute="_compute_allowed")
    price_kind_names = fields.Char(string="Prices", compute="_compute_allowed")
    epci_kind_names = fields.Char(string="Open to", compute="_compute_allowed")
    _code_uniq = models.Constraint("UNIQUE(code)", "This text is already in the list.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for basis in self:
            basis.display_name = f"{basis.code} – {basis.name}" if basis.code else basis.name

    def _is_quotable(self):
        """Whether a document sent out may quote this text: a lawyer has read it."""
        self.ensure_one()
        return bool(self.version_read or self.confirmed_by)

    def _get_title(self):
        """“CGCT, art. L. 5211-4-2 – Service commun”: title in documents."""
        self.ensure_one()
        quote = self.quote or article(self.code)
        return f"{quote[:1].upper()}{quote[1:]} – {self.name}"

    @api.depends(*LISTS)
    @api.depends_context("lang")
    def _compute_allowed(self):
        every = self.env._("All")
        for basis in self:
            for name in LISTS:
                labels = basis._get_labels(name)
                own = [labels.get(key, key) for key in basis._get_keys(name)]
                basis[f"{name[:-1]}_names"] = ", ".join(own) or every

    @api.constrains(*LISTS)
    def _check_lists(self):
        for basis in self:
            for name, known in LISTS.items():
                for key in basis._get_keys(name):
                    if key not in known:
                        raise ValidationError(
                            self.env._(
                                "“%(name)s”: “%(key)s” is not known. Those that are: %(known)s.",
                                name=basis.code,
                                key=key,
                                known=" ".join(known),
                            )
                        )

    def _get_keys(self, name):
        return (self[name] or "").split()

    @api.model
    def _get_labels(self, name):
        """{key: words of the screen} of one of the lists."""
        model, field = {
            "contract_forms": ("commune.service", "contract_form"),
            "price_kinds": ("commune.service.price", "kind"),
            "epci_kinds": ("res.partner", "epci_kind"),
        }[name]
        labels = dict(self.env[model]._fields[field]._description_selection(self.env))
        return {"CDG": self.env._("Staff management centre (CDG)"), **labels}

    def _allows(self, name, key):
        """Whether a form, a price or a kind of intercommunality is open to this text."""
        keys = self._get_keys(name)
        return not (keys and key) or key in keys

    def _get_closed_sentence(self):
        """Why nothing new rests on this text here; empty when it is open, or none is chosen."""
        if self.is_between_others:
            return self.env._(
                "“%s” does not hold between an intercommunality and its communes: choose another"
                " legal basis.",
                self.display_name,
            )
        kind = self.env.company._get_epci().epci_kind
        if self._allows("epci_kinds", kind):
            return ""
        return self.env._(
            "“%(name)s” is not open to this kind of intercommunality (%(kind)s). Open to:"
            " %(open)s.",
            name=self.display_name,
            kind=self._get_labels("epci_kinds")[kind],
            open=self.epci_kind_names,
        )

    def _get_form_sentence(self, form):
        """Why a contract of that form does not rest on this text; empty when it may."""
        if self._allows("contract_forms", form):
            return ""
        return self.env._(
            "“%(name)s” does not go with the form “%(form)s”. Forms: %(allowed)s.",
            name=self.display_name,
            form=self._get_labels("contract_forms")[form],
            allowed=self.contract_form_names,
        )

    def _get_price_sentence(self, offer, price):
        """Why the price of an option does not rest on this text; empty when it may."""
        if self._allows("price_kinds", price.kind):
            return ""
        return self.env._(
            "“%(offer)s”: the price “%(price)s” is not allowed by “%(name)s”. Prices: %(allowed)s.",
            offer=offer.display_name,
            price=self._get_labels("price_kinds")[price.kind],
            name=self.display_name,
            allowed=self.price_kind_names,
        )
