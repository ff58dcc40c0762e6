"""Inviting a person of a commune to the portal: one account, one message in French."""

from collections import Counter
from typing import NamedTuple

from odoo import models
from odoo.fields import Command, Domain
from odoo.tools import email_normalize, formataddr
from odoo.tools.sql import escape_psql

from ..mandate.mandate import PORTAL_ACCESS


class Problem(NamedTuple):
    """Why a person cannot be invited: a code for the programme, a sentence for the user."""

    code: str
    sentence: str


class CommunePortalAccount(models.AbstractModel):
    _name = "commune.portal.account"
    _description = "Accounts of persons of communes on the portal"

    def _get_portal_problems(self, persons):
        """What prevents inviting these persons, in a number of queries that does not grow.

        :return: dict of person to Problem; who is not in it can be invited
        """
        persons = persons.sudo()  # mandates and accounts that the inviter may not open
        self = persons.env[self._name]
        open_to = self._get_open_to_portal(persons)
        users = self._get_accounts_around(persons)
        shared = Counter(email_normalize(person.email) for person in persons)
        problems = {}
        for person in persons:
            problem = (
                self._get_mandate_problem(person, open_to)
                or self._get_account_problem(person, users)
                or self._get_email_problem(persons, person, users, shared)
            )
            if problem:
                problems[person] = problem
        return problems

    def _get_open_to_portal(self, persons):
        """Persons to whom a mandate or a post opens the portal today."""
        return (
            self.env["commune.mandate"]
            .search(Domain(PORTAL_ACCESS) & Domain("partner_id", "in", persons.ids))
            .partner_id
        )

    def _get_accounts_around(self, persons):
        """Accounts of these persons and those that use their e-mail addresses, archived too."""
        emails = {email_normalize(email) for email in persons.mapped("email")} - {False}
        domain = Domain("partner_id", "in", persons.ids) | self._get_account_domain(emails)
        return self.env["res.users"].with_context(active_test=False).search(domain)

    def _get_account_domain(self, emails):
        """Domain on the accounts that use one of these normalised addresses."""
        domain = Domain("partner_id.email_normalized", "in", list(emails))
        for email in emails:
            domain |= Domain("login", "=ilike", escape_psql(email))
        return domain

    def _get_mandate_problem(self, person, open_to):
        if person in open_to:
            return None
        mandates = person.held_mandate_ids
        if mandates.filtered(lambda m: m.state == "current" and m.portal_blocked):
            sentence = self.env._(
                "The access of %s was withdrawn here: give it back first.", person.name
            )
        elif future := mandates.filtered(lambda m: m.state == "future" and m.portal_role):
            sentence = self.env._(
                "The mandate or post of %(person)s begins on %(date)s: invite from that day on.",
                person=person.name,
                date=self.env.company._format_document_date(min(future.mapped("date_start"))),
            )
        else:
            sentence = self.env._("%s holds no function today that opens the portal.", person.name)
        return Problem("no_access", sentence)

    def _get_account_problem(self, person, users):
        account = self._pick_account(person, users)
        if account and account._is_internal():
            return Problem(
                "internal",
                self.env._(
                    "%s has an internal account, which is not invited to the portal.", person.name
                ),
            )
        return None

    def _get_email_problem(self, persons, person, users, shared):
        email = email_normalize(person.email)
        if not (person.email or "").strip():
            return Problem(
                "no_email", self.env._("%s has no e-mail address: type it first.", person.name)
            )
        if not email:
            return Problem(
                "bad_email",
                self.env._(
                    "“%(email)s” is not a valid e-mail address: correct it for %(person)s.",
                    email=person.email,
                    person=person.name,
                ),
            )
        others = users.filtered(
            lambda u: (
                u.partner_id.id != person.id
                and (
                    u.login.lower() == email
                    or (u.active and u.partner_id.email_normalized == email)
                )
            )
        )
        if not others and shared[email] == 1:
            return None
        who = others[:1].partner_id.name or ", ".join(
            (persons - person).filtered(lambda p: email_normalize(p.email) == email).mapped("name")
        )
        return Problem(
            "taken",
            self.env._(
                "%(email)s is also the address of %(other)s: an account opens with an address"
                " of one’s own, %(person)s needs another one.",
                email=email,
                other=who,
                person=person.name,
            ),
        )

    def _pick_account(self, person, users):
        """The account of this person among these, one in use before an archived one."""
        return users.filtered(lambda u: u.partner_id.id == person.id).sorted(
            lambda u: (not u.active, u.id)
        )[:1]

    def _invite_to_portal(self, partners):
        """Open the account of each person, or open it again, and send the invitation.

        The caller has checked that it may, and that `_get_portal_problems` finds nothing.
        """
        persons = partners.sudo()  # no user makes an account
        self = persons.env[self._name]
        users = self._get_accounts_around(persons)
        accounts = self.env["res.users"]
        for person in persons:
            accounts |= self._open_portal_account(person, self._pick_account(person, users))
            person._message_log(
                body=self.env._("Invited to the portal, by e-mail to %s.", person.email),
                author_id=self.env.user.partner_id.id,
            )
        accounts._send_portal_letter("signup")

    def _open_portal_account(self, person, user):
        """The active portal account of this person, made from `user` (which may be empty)."""
        login = email_normalize(person.email)
        portal = self.env.ref("base.group_portal")
        if not user:
            self._speak_french(person)
            return user.with_context(no_reset_password=True).create(
                {
                    "login": login,
                    "partner_id": person.id,
                    "company_id": self.env.company.id,
                    "company_ids": [Command.set(self.env.company.ids)],
                    "group_ids": [Command.set(portal.ids)],
                    "tz": person.tz or self.env.company._get_zone_name(),
                }
            )
        values = {}
        if not user.active:
            values["active"] = True
        if portal not in user.all_group_ids:
            values["group_ids"] = [Command.set(portal.ids)]
        # The first address was wrong; a login of another kind was chosen by somebody.
        if user.login != login and email_normalize(user.login) and not user.login_date:
            values["login"] = login
        if values:
            user.write(values)
        return user

    def _speak_french(self, person):
        """Anyone who has no account has chosen no language: French, where it is installed."""
        french = self.env["res.lang"]._get_data(code="fr_FR")
        if french and not (person.lang or "").startswith("fr"):
            person.lang = "fr_FR"


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_portal_invitation_days(self):
        """How many days the link of an invitation lasts."""
        hours = (
            self.env["ir.config_parameter"].sudo().get_param("auth_signup.signup.validity.hours")
        )
        return max(1, int(hours or 144) // 24)

    def _get_password_link_hours(self):
        """How many hours the link for a forgotten password lasts."""
        hours = self.env["ir.config_parameter"].sudo()
        return int(hours.get_param("auth_signup.reset_password.validity.hours", 4))

    def _get_last_inviter(self):
        """The account that sent the last invitation of this one; empty when nobody did."""
        letters = self.env["commune.letter.delivery"]
        domain = [
            ("res_model", "=", "res.users"),
            ("res_id", "=", self.id),
            ("kind", "=", "account_signup"),
        ]
        return letters.search(domain, order="id desc", limit=1).create_uid

    def _is_somebody(self):
        """Whether a person who works or sits somewhere is behind this account."""
        return bool(self) and self.active and not self._is_superuser() and not self._is_public()

    def _describe_inviter(self, inviter):
        """`Madame Claire AUBRY (secrétaire, Aubrive) vous invite…`, or the organisation alone.

        :param inviter: account (res.users) that sends the invitation; may be empty
        """
        company = self.company_id
        if not inviter._is_somebody():
            _within, head = company._name_in_text(company._get_organisation_name())
            return self.env._("%s opens its communes’ portal to you.", head)
        name = self._name_person(inviter.partner_id)
        held = inviter.with_env(self.env)._get_portal_invitation_titles()[:1]
        who = f"{name} ({', '.join(filter(None, held[0]))})" if held else name
        return self.env._(
            "%(person)s invites you to the communes’ portal %(of_organisation)s.",
            person=who,
            of_organisation=company._get_organisation_genitive(),
        )

    def _get_invitation_reply(self, inviter):
        """Where an answer to the invitation goes: to the person who sent it. The letter itself
        leaves from the address of the organisation, whose domain is the one that may send it.

        :param inviter: account (res.users) that sends the invitation
        :return: `Claire AUBRY <claire@aubrive.example>`, or the address of the organisation
        """
        person = inviter.partner_id
        if inviter._is_somebody() and person.email_normalized:
            return formataddr((person.name, person.email_normalized))
        return self.company_id._get_organisation_email()

    def _get_portal_invitation_purpose(self):
        """What the person will do there, in one sentence."""
        return self.env._("You follow there what concerns your commune.")

    def _get_portal_invitation_titles(self):
        """Pairs (“Maire”, “Aubrive”), communes first: why this person is invited."""
        self.ensure_one()
        mandates = self.env["commune.mandate"].search(
            Domain(PORTAL_ACCESS) & Domain("partner_id", "=", self.partner_id.id)
        )
        return [
            (mandate.title, mandate.commune_id.brand_name or mandate.commune_id.name)
            for mandate in mandates.sorted(lambda m: m.commune_id.is_epci)
        ]
