"""Settings of services: default officer of services and agreements; the full brochure."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .agreement.agreement import RUNNING

PREPARED = ("draft", "deliberated")
STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "commune.election.review.mixin"]

    def _get_service_manager(self):
        return self.env["res.users"]._get_organisation_manager()

    def _get_euro(self):
        """Amounts of French local authorities are in euros, whatever the company counts in."""
        # Not `env.ref`, which asks PostgreSQL each time whether the record still exists.
        euro = self.env["ir.model.data"]._xmlid_to_res_id("base.EUR", raise_if_not_found=True)
        return self.env["res.currency"].sudo().browse(euro)

    def _get_left_behind(self):
        managed = Domain("commune_id", "!=", False)
        agreements = self.env["agreement"].sudo()
        under_way = agreements.search_count(managed & Domain("state", "in", PREPARED))
        running = agreements.search_count(managed & Domain("state", "in", RUNNING))
        return {
            **super()._get_left_behind(),
            "services": [
                (self.env._("conventions to vote or to sign"), under_way),
                (self.env._("conventions in force"), running),
            ],
        }

    # the election review of the brochure

    def _get_broadcast_name(self):
        return self.env._("Brochure of the services")

    def _get_broadcast_text(self):
        """The sheets as the brochure prints them, families and options too; in the language of
        the organisation, no matter who asks."""
        report = self.env["report.commune_relations.brochure_document"].sudo()
        report = report.with_context(lang=self._get_organisation_lang())
        services = report._get_services([])
        words = ("name", "summary", "content", "audience", "excluded", "delay", "how_to_ask")
        texts = [service[word] for service in services for word in (*words, "legal_note")]
        texts += [family[word] for family in services.family_id for word in ("name", "description")]
        options = ("name", "description", "price_label")
        texts += [offer[word] for offer in services.offer_ids for word in options]
        return "\n".join(str(text or "") for text in texts)

    def _check_can_broadcast(self):
        if not self.env.user.has_groups(STAFF):
            raise AccessError(self.env._("The staff prints the brochure."))

    def _open_to_look(self):
        return self.env["commune.service"]._get_brochure()
