"""What portal accounts may change of their own contact: telephone, addresses; no identity.

An e-mail address must not be that of another person. Odoo lets every account write its own name and
e-mail address, on its page and by RPC. Here the name signs agreements and votes, and the address
identifies who writes and whose requests one reads: a councillor must not become the mayor.
"""

from contextlib import suppress

from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.tools import email_normalize, email_normalize_all

from ....engine.text.phone import is_whole
from ...core.odoo.res_partner import IDENTITY
from ..mandate.mandate import PORTAL_ACCESS


def list_addresses(*texts):
    """Every address at which a mail to these texts arrives: Odoo writes to each, and takes a domain
    with accents and the same in ASCII (`xn--…`) for two."""
    found = set()
    for email in email_normalize_all(", ".join(text for text in texts if text)):
        local, _at, domain = email.rpartition("@")
        found.add(email)
        with suppress(UnicodeError):  # no domain at all: nobody is written to there
            plain = domain.encode("idna")
            found |= {f"{local}@{plain.decode()}", f"{local}@{plain.decode('idna')}"}
    return found


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _check_own_changes(self, vals):
        """Limit what an account of a commune changes of itself, by any entry point.

        Other accounts cannot take the address of a person of a commune.
        """
        user = self.env.user
        if user._get_own_person_id() not in self.ids:
            return
        accounts = self.env["commune.portal.account"].sudo()
        if user._is_portal():
            for sentence in accounts._get_own_problems(user.partner_id, vals).values():
                raise UserError(sentence)
        elif not user._is_superuser():
            typed = (vals.get(name) for name in ("email", "email_normalized"))
            if problem := accounts._get_borrowed_email_problem(user.partner_id, *typed):
                raise UserError(problem)


class CommunePortalAccount(models.AbstractModel):
    _inherit = "commune.portal.account"

    def _is_email_of_communes(self, partners, *typed):
        """Whether a commune, or a person who holds or held a mandate, other than these records, is
        written to at one of the addresses of these texts."""
        colleagues = self.env["commune.portal.colleague"]
        holders = partners.browse()
        for email in list_addresses(*typed):
            holders |= colleagues._get_holders_of_email(partners, email)
        return bool((holders - partners)._filter_managed())

    def _get_borrowed_email_problem(self, partners, *typed):
        """Why one may not write with these addresses: what leaves would be in the name of an
        official. Empty when one may."""
        if not self._is_email_of_communes(partners, *typed):
            return ""
        return self.env._("This address is that of somebody in a commune: write your own.")

    def _get_own_problems(self, person, vals):
        """{field: sentence} of values that a person may not write about oneself; unchanged values
        pass. Third-party customers may write anything but an address of the organisation.

        :param person: of the current user, as superuser
        """
        person.ensure_one()
        problems = {}
        if not self.env.user._get_commune_accounts():
            changed = "email" in vals and self._is_changed(person, "email", vals["email"])
            problem = changed and self._get_borrowed_email_problem(person, vals["email"])
            return {"email": problem} if problem else {}
        for name in IDENTITY:
            if name in vals and self._is_changed(person, name, vals[name]):
                problems[name] = self.env._(
                    "Your name is kept by the intercommunality: ask it to correct it."
                )
        if "email" in vals and self._is_changed(person, "email", vals["email"]):
            problem = self._get_own_email_problem(person, vals["email"])
            if problem:
                problems["email"] = problem
        phone = vals.get("phone")
        if phone and self._is_changed(person, "phone", phone) and not is_whole(phone):
            problems["phone"] = self.env["res.users"]._get_phone_problem()
        return problems

    def _is_changed(self, person, name, value):
        known = person._fields[name].convert_to_write(person[name], person)
        if isinstance(value, str):
            return value.strip() != (known or "").strip()
        return (value or False) != (known or False)

    def _get_own_email_problem(self, person, email):
        """Why this cannot become the address of the person; empty when it can.

        The address of a town hall is free for those who act in its name.
        """
        colleagues = self.env["commune.portal.colleague"]
        normalized = email_normalize(email)
        if not normalized:
            return colleagues._get_invalid_email_outcome(email).message
        acting = person.held_mandate_ids.filtered_domain(PORTAL_ACCESS).filtered(
            lambda mandate: mandate.portal_role == "full"
        )
        holders = colleagues._get_holders_of_email(person, normalized)
        if holders - person - acting.commune_id:
            return self.env._(
                "This address is already that of somebody else: an account has an address of"
                " one’s own. Ask the intercommunality if it is yours."
            )
        return ""


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_phone_problem(self):
        """Why a telephone number is not taken."""
        return self.env._(
            "This number cannot be dialled: ten digits in France; for another country, begin with +"
            " and its code."
        )

    def _comes_for_communes(self):
        """Anyone who holds a mandate or a post of a commune, or has held one.

        Called as superuser: a mandate that is over is not read by who held it.
        """
        person = self.partner_id
        return super()._comes_for_communes() or bool(person._filter_known().held_mandate_ids)

    @api.model
    @tools.ormcache("self.env.uid")
    def _get_own_person_id(self):
        """The contact of anyone who acts: each change of an address asks it."""
        return self.env.user.partner_id.id

    def _forget_own_persons(self, vals):
        """An administrator gives an account to another person."""
        self.env.registry.clear_cache()

    @api.model
    def _signup_create_user(self, values):
        """Accounts of communes open by invitation: free sign-up, where a shop allows it, must not
        take the address of a mayor unchecked."""
        typed = (values.get("email"), values.get("login"))
        accounts, nobody = self.env["commune.portal.account"], self.env["res.partner"]
        if "partner_id" not in values and accounts._is_email_of_communes(nobody, *typed):
            raise UserError(
                self.env._("No account opens here with this address: ask us for an invitation.")
            )
        return super()._signup_create_user(values)


class MergePartners(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Accounts move to the contact that stays by SQL."""
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        self.env.registry.clear_cache()
        return result
