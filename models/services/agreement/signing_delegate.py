"""Delegates who may sign: both sides are notified (decision 012).

For the intercommunality the delegation is on the mandate (epci_signatory.py), for the commune on
the agreement."""

from odoo import api, models
from odoo.fields import Domain

from ...territory.mandate.subscribers import DELEGATION

FOR_COMMUNE = ("commune_id", "signatory_id", "delegation_ref")


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    @api.model
    def _get_signing_domain(self):
        """Add those who sign agreements without acting for the place on the portal."""
        delegated = Domain("sign_delegation_ref", "!=", False)
        signs = Domain("function_id.signs_agreements", "=", True)
        return super()._get_signing_domain() | delegated | signs

    def _log_new_delegations(self, vals_list):
        self.filtered("sign_delegation_ref")._log_delegation()

    def _detect_delegation_changes(self, vals):
        """Restart the signing delay of new delegates, as of new mandates, and log it."""
        before = {mandate: [mandate[name] for name in DELEGATION] for mandate in self}
        yield
        changed = self.filtered(lambda m: [m[name] for name in DELEGATION] != before[m])
        if changed:
            changed._start_signing_clock()
            changed._log_delegation()

    def _log_delegation(self):
        for mandate in self.sudo():
            kind = "delegation" if mandate.sign_delegation_ref else "delegation_ended"
            mandate._log_mandate_changes(kind, signs=True)


class Agreement(models.Model):
    _inherit = "agreement"

    def _notify_new_signatories(self, vals_list):
        self.env["commune.agreement.signatory"]._notify_signatories(self, {})

    def _detect_signatory_changes(self, vals):
        before = {one: [one[name] for name in FOR_COMMUNE] for one in self}
        former = {one: one.signatory_id for one in self}
        yield
        changed = self.filtered(lambda a: [a[name] for name in FOR_COMMUNE] != before[a])
        self.env["commune.agreement.signatory"]._notify_signatories(changed, former)


class CommuneAgreementSignatory(models.AbstractModel):
    _inherit = "commune.agreement.signatory"

    def _notify_signatories(self, agreements, former):
        """Notify the mayor and the other signatories of a new delegate, who waits.

        :param former: agreement -> the person named before
        """
        for agreement in agreements.sudo().filtered("commune_id"):
            named, before = agreement.signatory_id, former.get(agreement)
            if named:
                agreement._start_signing_clock()
                self._log_signatory(agreement, named, "delegation")
            if before and before != named:
                self._log_signatory(agreement, before, "delegation_ended")

    def _log_signatory(self, agreement, person, kind):
        held = agreement.commune_id._get_portal_mandates(person)
        mandate = held.filtered(lambda m: m.function_id.portal_role == "full")[:1]
        if not mandate.function_id.signs_agreements:  # the mayor needs no delegation
            mandate._log_mandate_changes(kind)
