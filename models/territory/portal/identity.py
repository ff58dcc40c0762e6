"""What a portal account may change of its own person: a telephone, a postal address, an e-mail
address that is nobody else's. Never who the person is.

Odoo lets every account write its own name and e-mail address, on its page and by programs. Here
the name signs conventions and votes, and the address tells who writes to us and whose requests
one reads: a councillor must not become the mayor."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..mandate.mandate import PORTAL_ACCESS

IDENTITY = (
    "name",
    "firstname",
    "lastname",
    "civility",
    "is_company",
    "parent_id",
    "company_name",
    "vat",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """A portal account changes itself within limits, whatever door it takes."""
        user = self.env.user
        if user.partner_id in self and user._is_portal():
            for sentence in user.partner_id._get_own_problems(vals).values():
                raise UserError(sentence)
        elif "email" in vals and user.partner_id in self and not user._is_superuser():
            user.partner_id._check_staff_email(vals["email"])
        return super().write(vals)

    def _check_staff_email(self, email):
        """:raise UserError: what one writes in the house would leave in the name of an official"""
        normalized = email_normalize(email)
        holders = self.sudo()._get_holders_of_email(normalized) - self if normalized else self
        if (holders - self)._filter_ours():
            raise UserError(
                self.env._("This address is that of somebody in a commune: write your own.")
            )

    def _get_own_problems(self, vals):
        """{field: sentence} of what the person may not write about oneself; what stays as it is
        is no problem."""
        self.ensure_one()
        person = self.sudo()
        problems = {}
        for name in IDENTITY:
            if name in vals and person._is_changed(name, vals[name]):
                problems[name] = self.env._(
                    "Your name is kept by the intercommunality: ask it to correct it."
                )
        if "email" in vals and person._is_changed("email", vals["email"]):
            problem = person._get_own_email_problem(vals["email"])
            if problem:
                problems["email"] = problem
        return problems

    def _is_changed(self, name, value):
        known = self._fields[name].convert_to_write(self[name], self)
        if isinstance(value, str):
            return value.strip() != (known or "").strip()
        return (value or False) != (known or False)

    def _get_own_email_problem(self, email):
        """Why this cannot become the address of the person; empty when it can.

        The address of a town hall is free for those who act in its name.
        """
        normalized = email_normalize(email)
        if not normalized:
            return self._refuse_email(email).message
        acting = self.held_mandate_ids.filtered_domain(PORTAL_ACCESS).filtered(
            lambda mandate: mandate.portal_role == "full"
        )
        if self._get_holders_of_email(normalized) - self - acting.commune_id:
            return self.env._(
                "This address is already that of somebody else: an account has an address of"
                " one’s own. Ask the intercommunality if it is yours."
            )
        return ""


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_signup_invitation_scope(self):
        """Accounts open by invitation: whoever signs up alone, as Odoo's shops let anybody do,
        would have a name and an address that nobody has checked, those of a mayor for instance."""
        return "b2b"
