"""Options of an agreement that open the replacement service."""

from odoo import api, fields, models
from odoo.fields import Domain

LENDING = "L452-44"  # CGFP: a management centre lends agents, whatever its options are called


class CommuneAgreementClause(models.Model):
    _inherit = "commune.agreement.clause"

    condition = fields.Selection(
        selection_add=[("replacement", "When the replacement service is opened")],
        ondelete={"replacement": "set default"},
    )


class CommuneServiceOffer(models.Model):
    _inherit = "commune.service.offer"

    is_replacement = fields.Boolean(
        string="Opens the replacement service",
        help="A commune whose convention holds this option may ask for an agent.",
    )

    def _get_price_lines(self):
        """The replacement service is billed at its tariffs: those in force today, travel included,
        with the category of agent of each when it has one."""
        self.ensure_one()
        if not self.is_replacement:
            return super()._get_price_lines()
        lines = [tariff._get_public_line() for tariff in self._get_tariffs_today()]
        return lines or super()._get_price_lines()

    def _get_price_sources(self):
        self.ensure_one()
        tariffs = self._get_tariffs_today() if self.is_replacement else ()
        if not tariffs:
            return super()._get_price_sources()
        return list(dict.fromkeys(filter(None, tariffs.mapped("legal_source"))))

    def _get_tariffs_today(self):
        today = self.env.company._get_today()
        tariffs = self.env["commune.replacement.tariff"]._get_in_force(today, today)
        return tariffs.sorted(lambda t: t.category or "")


class Agreement(models.Model):
    _inherit = "agreement"

    opens_replacement = fields.Boolean(
        string="Opens the replacement service", compute="_compute_opens_replacement"
    )

    @api.depends("offer_ids.is_replacement", "before_acts")
    def _compute_opens_replacement(self):
        """Whether one of its options opens the service.

        Agreements signed without options before version 19.0.1.10.0 opened it, and do so until they
        end."""
        for agreement in self:
            offers = agreement.sudo().with_context(active_test=False).offer_ids
            kept = agreement.before_acts and not offers
            agreement.opens_replacement = kept or any(offers.mapped("is_replacement"))

    def _filter_opens_replacement(self):
        """Those whose `opens_replacement` is true, in one query however many they are."""
        signed_before = Domain("before_acts", "=", True) & Domain("offer_ids", "=", False)
        opens = Domain("offer_ids.is_replacement", "=", True) | signed_before
        found = self.with_context(active_test=False).search(Domain("id", "in", self.ids) & opens)
        return self & found


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_conditions(self, agreement):
        """A convention that makes agents available (CGCT, art. L5211-4-1) does not always do so to
        replace somebody: the clauses about replacements follow its options."""
        held = super()._get_conditions(agreement)
        if agreement.opens_replacement or LENDING in agreement._get_bases().mapped("code"):
            held.add("replacement")
        return held
