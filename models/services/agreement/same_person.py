"""One person does not sign for both sides under two contacts; two persons may bear one name."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize_all

from ....engine.text import same_name
from .agreement import SIGNED


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _is_same_person(self, other):
        """Whether both are surely one person: one contact, or an address or a login of both."""
        self.ensure_one()
        return self == other or bool(self._get_identities() & other._get_identities())

    def _is_namesake(self, other):
        """“Anne AUBRY” and “Aubry, Anne”."""
        return same_name(self.name or "", other.name or "")

    def _get_identities(self):
        """Addresses and logins of a person, accounts that are closed included."""
        person = self.sudo().with_context(active_test=False)
        logins = person.user_ids.mapped("login")
        known = person.known_email_ids.filtered(lambda one: not one.is_domain).mapped("value")
        addresses = email_normalize_all(", ".join([person.email or "", *logins, *known]))
        return {*addresses, *(login.casefold() for login in logins)}


class Agreement(models.Model):
    _inherit = "agreement"

    namesake_reason = fields.Text(
        string="Two persons of one name",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Whoever signs for one side bears the name of whoever signs for the other: how you"
        " know that these are two persons. Kept in the thread, with your name and the date.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        agreements = super().create(vals_list)
        if not self.env.su:
            agreements.sudo().filtered("namesake_reason").with_env(
                self.env
            )._check_namesake_author()
        return agreements

    def _check_as_it_stands(self, vals):
        if "namesake_reason" in vals:
            if signed := self.filtered(lambda a: a.state in SIGNED):
                signed._refuse_signed()
            self._check_namesake_author()
        return super()._check_as_it_stands(vals)

    def _check_namesake_author(self):
        """:raise UserError: whoever signs does not say so of himself or herself"""
        me = self.env.user.partner_id
        for agreement in self:
            persons = agreement._get_commune_signatory() | agreement._get_epci_mandate().partner_id
            if any(me._is_same_person(p) or me._is_namesake(p) for p in persons):
                raise UserError(self.env._("A colleague who does not sign it writes this."))

    def _find_double(self, person, others):
        """Which of these persons is that one, under this contact or another; empty when none."""
        return next((one for one in others if self._is_one_person(person, one)), others.browse())

    def _is_one_person(self, person, other):
        """Whether two contacts stand for one person, as far as this convention knows.

        :param other: may be empty
        """
        if not other:
            return False
        if person._is_same_person(other):
            return True
        return person._is_namesake(other) and not self.sudo().namesake_reason
