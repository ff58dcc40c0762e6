"""Manager actions on staff accounts: the addon's groups, no other right."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize

from ...core.display_notification import display_notification
from ...core.row_lock import lock_rows
from ...core.window_actions import open_dialog
from .staff_account import COORDINATOR, INVITATION, MANAGER, ROLES

QUIET = {"no_reset_password": True, "mail_create_nosubscribe": True}


class ResUsers(models.Model):
    _inherit = "res.users"

    # who may, whom

    @api.model
    def _check_staff_manager(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a manager invites and withdraws colleagues."))

    def _check_staff_account_access(self):
        """:raises AccessError: one of these accounts is not for the manager to change"""
        self._check_staff_manager()
        for user in self.sudo():
            if user == self.env.user:
                raise AccessError(
                    self.env._(
                        "Nobody changes their own role: ask another manager, or the administrator"
                        " of Odoo."
                    )
                )
            if user._is_staff_account_protected() or self.env.company not in user.company_ids:
                raise AccessError(
                    self.env._("The account of %s is kept by the administrator of Odoo.", user.name)
                )
            if not user.active:
                raise UserError(
                    self.env._(
                        "The account of %s is archived: the administrator of Odoo opens it again.",
                        user.name,
                    )
                )

    @api.model
    def _find_staff_account(self, email):
        """Who has this address already.

        :param email: normalized
        :return: (account, person): internal account to give a role to; else contact to open one
            for; both empty when nobody has it
        :raises UserError: the address is that of somebody who cannot be a colleague
        """
        self._check_staff_manager()
        colleagues = self.env["commune.portal.colleague"]
        holders = colleagues._get_holders_of_email(self.env["res.partner"], email)
        users = holders.with_context(active_test=False).user_ids
        if len(users) == 1 and not users.share:
            return users, users.partner_id
        held = holders.with_context(active_test=False).held_mandate_ids
        if (
            users
            or len(holders) > 1
            or holders.is_company
            or held.commune_id.filtered("is_commune")
        ):
            raise UserError(
                self.env._(
                    "%(email)s is already the address of %(who)s. A colleague needs an address of"
                    " their own, that no commune uses.",
                    email=email,
                    who=", ".join(holders.mapped("name")),
                )
            )
        return users, holders

    # actions

    @api.model
    def _add_staff_account(self, values, role, coordinates):
        """Give a role to anyone who has this address, with an account opened if there is none, and
        invite.

        :param values: `firstname`, `lastname`, `email`, `function`; the name and the function of an
            account that exists stay as they are
        :param role: one of ROLES, or empty
        :param coordinates: whether the person coordinates the replacement service
        :return: the account
        """
        email = email_normalize(values.get("email") or "")
        if not email:
            raise UserError(self.env._("“%s” is not an e-mail address.", values.get("email") or ""))
        self._check_staff_manager()
        # Two managers add the same person: the second finds the account of the first.
        lock_rows(self.env.company.sudo())
        user, person = self._find_staff_account(email)
        if not user:
            user = self._create_staff_account(email, person, values)
        user = user.with_env(self.env)
        user._set_staff_role(role, coordinates)
        user._invite_staff_account()
        return user

    @api.model
    def _create_staff_account(self, email, person, values):
        """An account of an employee, without a right yet.

        :param person: as superuser, from `_find_staff_account`; may be empty
        """
        names = {name: (values.get(name) or "").strip() for name in ("firstname", "lastname")}
        if not person and not all(names.values()):
            raise UserError(self.env._("Type the first name and the last name."))
        zone = self.env.company._get_zone_name()
        fresh = {"tz": zone, "lang": self.env["commune.letter"]._choose_lang()}
        if not person:
            job = (values.get("function") or "").strip()
            person = person.create({**names, **fresh, "email": email, "function": job})
        elif not person.tz:
            person.write(fresh)
        company = self.env.company
        users = person.env["res.users"].with_context(**QUIET)
        return users.create(
            {
                "login": email,
                "partner_id": person.id,
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )

    def _set_staff_role(self, role, coordinates):
        """Change only the addon's groups of this account; no role: it leaves the staff."""
        self.ensure_one()
        self._check_staff_account_access()
        if role and role not in ROLES:
            raise UserError(self.env._("Choose a role."))
        before = self._get_staff_role()
        if before == ((role or False), bool(coordinates)):
            return
        named = [ROLES[role]] if role else []
        wanted = self._get_staff_groups().browse()
        for name in [*named, *([COORDINATOR] if coordinates else [])]:
            wanted |= self.env.ref(name)
        staff_groups = self._get_staff_groups()
        links = [Command.unlink(group.id) for group in staff_groups - wanted]
        links += [Command.link(group.id) for group in wanted]
        # An employee only by the addon's role stays an employee.
        employee = self.env.ref("base.group_user")
        user = self.sudo()
        user.write({"group_ids": [Command.link(employee.id), *links]})
        if not wanted and user.all_group_ids & staff_groups:
            raise UserError(
                self.env._(
                    "%s holds our role through another group: the administrator of Odoo takes it"
                    " away.",
                    self.name,
                )
            )
        user._log_staff_role()

    def _log_staff_role(self):
        """Who changed what stays on the contact."""
        self.invalidate_recordset(["staff_role"])
        role = self.staff_role or self.env._("none")
        self.partner_id._message_log(
            body=self.env._("Role in the relations with communes: %s.", role),
            author_id=self.env.user.partner_id.id,
        )

    def _invite_staff_account(self):
        """The letter: a link to choose a password, or what they may do from now on."""
        self._check_staff_account_access()
        accounts = self.sudo()  # a manager writes no account
        for user in accounts:
            if not user._get_staff_role() or not user.partner_id.email_normalized:
                raise UserError(self.env._("%s has no e-mail address.", user.name))
        accounts._send_portal_letter(INVITATION)

    def _withdraw_staff_account(self):
        """Remove the rights of the addon, and cancel an unused invitation."""
        for user in self:
            user._set_staff_role(False, False)
            user._leave_service()
            account = user.sudo()
            if not account.login_date:
                account.partner_id.signup_cancel()

    def _leave_service(self):
        """What this person held in each pillar; each pillar adds its own."""

    # buttons

    def action_add_staff_account(self):
        self._check_staff_manager()
        return open_dialog(self, "commune.staff.account", self.env._("Add a colleague"))

    def action_change_staff_account(self):
        self.ensure_one()
        self._check_staff_account_access()
        title = self.env._("Role of %s", self.name)
        return open_dialog(self, "commune.staff.account", title, default_user_id=self.id)

    def action_invite_staff_account(self):
        self._check_staff_account_access()
        self._invite_staff_account()
        return display_notification(self.env._("The invitation is on its way."))

    def action_withdraw_staff_account(self):
        self._check_staff_account_access()
        self._withdraw_staff_account()
        return display_notification(
            self.env._(
                "Withdrawn: %s. The account of Odoo stays, without our rights.",
                ", ".join(self.mapped("name")),
            )
        )
