"""Who is asked, who may prepare an answer, who may make it official: from the mandates."""

from odoo import models
from odoo.fields import Domain

from ...territory.mandate.mandate import PORTAL_ACCESS


class CommuneSurveyCampaign(models.Model):
    _inherit = "commune.survey.campaign"

    def _get_asked_communes(self):
        """Those of the audiences and of the list, as superuser."""
        self.ensure_one()
        members = self.audience_ids._get_members()
        mandates = self.env["commune.mandate"].union(*members.values())
        communes = mandates.commune_id | self.commune_ids
        return communes.filtered(lambda c: c.is_commune and c.active)

    def _create_targets(self, communes):
        known = self.target_ids.commune_id
        self.env["commune.survey.target"].create(
            [{"campaign_id": self.id, "commune_id": commune.id} for commune in communes - known]
        )

    def _get_mandates(self, communes):
        """Mandates and posts in force that let somebody prepare or validate, as superuser."""
        self.ensure_one()
        Mandate = self.env["commune.mandate"].sudo()
        mandates = Mandate.search_fetch(
            Domain(PORTAL_ACCESS) & Domain("commune_id", "in", communes.ids),
            ["commune_id", "function_id", "partner_id"],
        )
        return mandates.filtered(lambda m: self._lets_prepare(m) or self._lets_validate(m))

    def _lets_prepare(self, mandate):
        functions = self.prepare_function_ids
        return not functions or mandate.function_id in functions

    def _lets_validate(self, mandate):
        functions = self.validate_function_ids
        if mandate.function_id.portal_role != "full":
            return False
        return not functions or mandate.function_id in functions

    def _get_addressees(self, targets):
        """Whom to write to, as superuser, one address once for a commune.

        Members of the audiences first; where there is none, those who act for the commune; where
        nobody can be written to, the town hall.

        :return: list of (target, person or town hall)
        """
        self.ensure_one()
        members = {
            (person, mandate.commune_id)
            for person, mandates in self.audience_ids._get_members().items()
            for mandate in mandates
        }
        mandates = self._get_mandates(targets.commune_id)
        # All of them in one read, before they are looked at commune by commune.
        (mandates.partner_id | targets.commune_id).fetch()
        held_in = mandates.grouped("commune_id")
        nobody = self.env["commune.mandate"]
        pairs = []
        for target in targets:
            held = held_in.get(target.commune_id, nobody)
            chosen = held.partner_id.filtered(lambda p, t=target: (p, t.commune_id) in members)
            if not chosen.filtered("email_normalized"):
                chosen |= held.filtered(lambda m: m.function_id.portal_role == "full").partner_id
            if not chosen.filtered("email_normalized"):
                chosen |= target.commune_id
            pairs += [(target, person) for person in _with_one_address_each(chosen)]
        return pairs


def _with_one_address_each(persons):
    found = {}
    for person in persons:
        if person.email_normalized:
            found.setdefault(person.email_normalized, person)
    return found.values()
