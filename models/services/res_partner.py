"""Services of a commune: subscriptions, agreements."""

from odoo import fields, models
from odoo.fields import Domain

from ..core.window_actions import open_action
from .agreement.agreement import RUNNING


class ResPartner(models.Model):
    _inherit = "res.partner"

    # That of the addon of agreements, counted with the rights of the user who opens a contact:
    # those who have none could not open it.
    agreements_count = fields.Integer(
        groups="agreement.group_agreement_readonly,commune_relations.group_reader,"
        "commune_relations.group_referent"
    )
    service_count = fields.Integer(
        compute="_compute_service_counts",
        compute_sudo=True,  # counts alone, for readers without this pillar
        string="Services",
        groups="base.group_user",
    )
    agreement_count = fields.Integer(
        compute="_compute_service_counts",
        compute_sudo=True,
        string="Conventions in force",
        groups="base.group_user",
    )

    def _compute_service_counts(self):
        Subscription = self.env["commune.service.subscription"]
        subscriptions = Subscription._read_group(
            Domain("commune_id", "in", self.ids) & Domain("state", "=", "active"),
            ["commune_id"],
            ["service_id:count_distinct"],
        )
        Agreement = self.env["agreement"]
        conventions = Agreement._read_group(
            Domain("commune_id", "in", self.ids)
            & Domain("state", "in", RUNNING)
            # An amendment is a version, not one more agreement.
            & Domain("parent_id", "=", False),
            ["commune_id"],
            ["__count"],
        )
        services, signed = dict(subscriptions), dict(conventions)
        for partner in self:
            partner.service_count = services.get(partner, 0)
            partner.agreement_count = signed.get(partner, 0)

    def action_open_services(self):
        self.ensure_one()
        return open_action(
            self,
            "commune_service_subscription_action",
            [("commune_id", "=", self.id)],
            context={"default_commune_id": self.id},
        )

    def action_open_agreements(self):
        self.ensure_one()
        return open_action(
            self,
            "commune_agreement_action",
            [("commune_id", "=", self.id)],
            context={"default_commune_id": self.id},
        )
