"""Separation of duties: nobody acts for both sides of what opposes them.

One person is recognised under one contact or two. Every signature, acceptance and check asks here;
docs/access-matrix.md lists them, and those where the sides are not opposed."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

from ...territory.mandate.mandate import CURRENT


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _find_same_person(self, others):
        """Which of these contacts is surely this person: the same contact, or an address or a
        login of both; empty when none.

        :param self: one contact, or none
        """
        if not self or not others:
            return others.browse()
        if self in others:
            return self
        own = self._get_identities()
        return next((other for other in others if own & other._get_identities()), others.browse())

    def _check_single_side(self, others, problem):
        """:raise UserError: one of these persons, who act for one side, acts for the other too

        :param others: who acts for the other side
        :param problem: the sentence of the refusal, which names who else can act
        """
        if any(person._find_same_person(others) for person in self):
            raise UserError(problem)

    def _get_acting_persons(self):
        """Who holds a mandate or a post of these places today, as superuser."""
        held = Domain(CURRENT) & Domain("commune_id", "in", self.ids)
        return self.env["commune.mandate"].sudo().search(held).partner_id

    def _get_identities(self):
        """Addresses and logins of a person, accounts that are closed included."""
        self.ensure_one()
        person = self.sudo().with_context(active_test=False)
        logins = person.user_ids.mapped("login")
        known = person.known_email_ids.filtered(lambda one: not one.is_domain).mapped("value")
        addresses = email_normalize_all(", ".join([person.email or "", *logins, *known]))
        return {*addresses, *(login.casefold() for login in logins)}
