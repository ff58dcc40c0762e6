"""Agreements on the portal: no draft, unless the council of the commune is to vote on it."""

from odoo import models
from odoo.fields import Domain

from .agreement import RUNNING

SHOWN = ("deliberated", "signed", "active", "to_renew", "expired", "terminated", "suspended")


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_portal_agreements(self, communes):
        """Agreements of communes that the current account may read, as superuser.

        Those to sign come first."""
        found = self.env["agreement"].search_fetch(
            Domain("commune_id", "in", communes.ids)
            & (Domain("state", "in", SHOWN) | Domain("pack_date", "!=", False)),
            ["state"],
        )
        return found.sudo().sorted(
            lambda a: (
                not (a.state == "draft" or a._waits_for_commune()),
                a.state not in RUNNING,
            )
        )

    def _find_portal_agreement(self, communes, agreement_id):
        return self._get_portal_agreements(communes).filtered(lambda a: a.id == agreement_id)


class Agreement(models.Model):
    _inherit = "agreement"

    def _is_followed_by_communes(self):
        return True  # only the addon's rules open them without a staff group

    def _waits_for_commune(self):
        """Whether the commune has still to sign, whatever the intercommunality has done."""
        self.ensure_one()
        return self.state == "deliberated" and "commune" not in self._get_signed_sides()

    def _is_to_sign_by(self, person):
        """Whether nothing but the signature of this person, in the name of the commune, is waited
        for."""
        self.ensure_one()
        can_sign = self._waits_for_commune() and self._get_signing_mandate(person)
        return bool(can_sign) and not self._get_signing_problem()

    def _get_state_label(self):
        self.ensure_one()
        if self.state == "deliberated" and self._get_signed_sides():
            return dict(self._fields["signature_step"]._description_selection(self.env))[
                self.signature_step
            ]
        if self.state == "deliberated":
            return self.env._("To sign")
        if self._waits_for_vote() and self.commune_deliberation_ref:
            return self.env._("Vote noted")
        if self._waits_for_vote():
            return self.env._("To vote on")
        if self.state == "draft":
            return self.env._("Being prepared")
        if self.state == "expired":
            return self.env._("Come to its end")
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _describe_notice(self):
        return self.env._("%s months", self.notice_months)

    def _describe_period(self):
        """“Du 1er janvier 2027 au 31 décembre 2029”."""
        self.ensure_one()
        day = self.env.company._format_document_date
        if not self.end_date:
            return self.env._("From %s on", day(self.start_date))
        return self.env._(
            "From %(start)s to %(end)s", start=day(self.start_date), end=day(self.end_date)
        )

    def _get_portal_pdf(self):
        """The signed copy, or the very file that is to be signed."""
        self.ensure_one()
        self.check_access("read")
        agreement = self.sudo()  # the file belongs to what was just checked
        content = False if self._get_signed_sides() else agreement.document_id.raw
        return content or agreement._make_pdf()

    def _make_pdf(self):
        lang = self.env.company._get_organisation_lang()
        report = self.env["ir.actions.report"].with_context(lang=lang)
        return report._render_qweb_pdf("commune_relations.agreement_report", self.ids)[0]
