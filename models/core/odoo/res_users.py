"""What follows when an account changes: each pillar that watches accounts has its lines here."""

from odoo import api, models
from odoo.fields import Domain

from .. import record_changes
from ..message_access import MODULE
from ..record_changes import AFTER, AROUND, BEFORE, Subscriber
from .res_partner import OTHERS, asks_notes

# What opens an account, and for whom.
ACCOUNT = frozenset({"login", "password", "active", "partner_id", "totp_secret"})
# By which another provider of identity (ProConnect…) opens an account, where its module is there.
LINK = ("oauth_provider_id", "oauth_uid")

SUBSCRIBERS = (
    Subscriber(
        "network",
        "create",
        AFTER,
        "_notify_new_accounts",
        "a signatory who gets an account waits before signing",
    ),
    Subscriber(
        "replacement",
        "write",
        BEFORE,
        "_check_agent_file",
        "an agent does not write the file that the coordination keeps",
    ),
    Subscriber(
        "territory",
        "write",
        BEFORE,
        "_forget_own_persons",
        "whose account it is, kept by the process",
        frozenset({"partner_id"}),
    ),
    Subscriber(
        "territory",
        "write",
        AFTER,
        "_cancel_former_links",
        "a new password closes the links sent before",
        frozenset({"password"}),
    ),
    Subscriber(
        "network",
        "write",
        AROUND,
        "_detect_account_changes",
        "a signatory whose account changes waits before signing",
        ACCOUNT | set(LINK),
    ),
)


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        return record_changes.create(self, vals_list, SUBSCRIBERS, super().create)

    def write(self, vals):
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)

    def _has_field_access(self, field, operation):
        """What is closed on a person is closed on the account too."""
        of_person = field.inherited and MODULE in field._modules and not self.env.su
        if of_person and not self.env["res.partner"]._has_field_access(field.base_field, operation):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _search(self, domain, *args, **options):
        """Odoo looks into the contact of an account as superuser: what is noted there would be
        guessed."""
        domain = Domain(domain)
        if not self.env.su and asks_notes(domain) and self.env["res.partner"]._hides_notes():
            domain &= Domain("partner_id", "any", OTHERS)
        return super()._search(domain, *args, **options)

    def _search_company_employee(self, operator, value):
        """Limit searches through the employee file, which few may read.

        An error would not do: Odoo then searches again as superuser.
        """
        if isinstance(value, Domain) and not self.env.su:
            further = any(isinstance(step.value, Domain) for step in value.iter_conditions())
            if further and not self.env["hr.employee"].has_access("read"):
                return Domain.FALSE
        return super()._search_company_employee(operator, value)
