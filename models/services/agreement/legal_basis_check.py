"""What a legal basis allows: an error on a new choice, a warning on an earlier one."""

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError

from ...core.window_actions import open_record


class CommuneService(models.Model):
    _inherit = "commune.service"

    @api.constrains("legal_basis_id", "contract_form")
    def _check_basis(self):
        today = self.env.company._get_today()
        for service in self.filtered("legal_basis_id"):
            basis = service.legal_basis_id
            problems = [
                basis._get_closed_sentence(),
                basis._get_form_sentence(service.contract_form),
                *(
                    basis._get_price_sentence(price.offer_id, price)
                    for price in service.offer_ids.price_ids
                    if not price.date_end or price.date_end >= today
                ),
            ]
            if problem := next(filter(None, problems), ""):
                raise ValidationError(problem)


class CommuneServicePrice(models.Model):
    _inherit = "commune.service.price"

    @api.constrains("kind", "offer_id")
    def _check_basis(self):
        for price in self:
            basis = price.offer_id.service_id.legal_basis_id
            if problem := basis._get_price_sentence(price.offer_id, price):
                raise ValidationError(problem)


class Agreement(models.Model):
    _inherit = "agreement"

    basis_warning = fields.Text(
        string="Legal basis to look at",
        compute="_compute_basis_warning",
        groups="base.group_user",
        help="What the legal bases do not allow in this convention.",
    )

    @api.depends(
        "legal_basis_id",
        "contract_form",
        "payment_kind",
        "start_date",
        "offer_ids.price_ids.kind",
        "offer_ids.service_id.legal_basis_id",
    )
    @api.depends_context("lang")
    def _compute_basis_warning(self):
        for agreement in self:
            agreement.basis_warning = "\n".join(agreement._get_basis_problems()) or False

    @api.constrains("legal_basis_id", "contract_form", "payment_kind", "offer_ids")
    def _check_basis(self):
        """An amendment keeps the basis of its agreement: a warning, not an error."""
        for agreement in self.filtered(lambda a: a.state == "draft" and not a.parent_id):
            if problems := agreement._get_basis_problems():
                raise ValidationError(problems[0])

    def _check_ready_to_sign(self):
        result = super()._check_ready_to_sign()
        problems = [] if self.parent_id else self._get_basis_problems()
        if problems:
            raise UserError("\n".join(problems))
        return result

    def _check_bases_read(self):
        """An assembly does not vote under a text that nobody has read.

        :raise RedirectWarning: names the text, and opens its record
        """
        self.ensure_one()
        unread = self._get_bases().filtered(lambda basis: not basis._is_quotable())[:1]
        if not unread:
            return
        message = self.env._(
            "“%(name)s” rests on “%(basis)s”, of which no version was read. Before the vote, your"
            " legal department reads it and writes its name in “Confirmed by”.",
            name=self.display_name,
            basis=unread.display_name,
        )
        title = self.env._("Open: %s", unread.display_name)
        raise RedirectWarning(message, open_record(unread.sudo(False)), title)

    def _get_offer_basis(self, offer):
        """The legal basis of an option: its own, else that of the agreement."""
        return offer.service_id.legal_basis_id or self.legal_basis_id

    def _get_basis_problems(self):
        """Sentences: bases that are not open here, then form, prices or payment not allowed."""
        agreement = self.sudo()
        if not agreement.commune_id:
            return []
        day, payments = agreement._get_price_day(), agreement._get_payments()
        problems = [basis._get_closed_sentence() for basis in agreement._get_bases()]
        problems.append(agreement.legal_basis_id._get_form_sentence(agreement.contract_form))
        for offer in agreement.offer_ids:
            price, basis = offer.price_ids._at(day), agreement._get_offer_basis(offer)
            problems.append(price and basis._get_price_sentence(offer, price))
            problems.append(agreement._get_withheld_sentence(offer, basis))
            problems.append(
                agreement.env["commune.agreement.document"]._get_payment_sentence(
                    agreement, offer, payments[offer]
                )
            )
        return list(dict.fromkeys(filter(None, problems)))

    def _get_withheld_sentence(self, offer, basis):
        """Why what an option costs is not retained on the attribution de compensation."""
        withheld, _invoiced = self.env["commune.agreement.document"]._split_offers(self)
        if offer not in withheld or basis._allows("price_kinds", "compensation"):
            return ""
        return self.env._(
            "“%(offer)s”: its cost is retained on the attribution de compensation for a shared"
            " service only, not under “%(name)s”.",
            offer=offer.display_name,
            name=basis.display_name,
        )
