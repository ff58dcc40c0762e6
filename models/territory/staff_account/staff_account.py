"""Staff accounts: internal accounts with a role of the addon, as the manager sees them.

The manager is not Odoo's administrator: accounts with rights on other applications are out of
reach.
"""

from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.mail_delivery.delivery import HELD, LEFT, LOST
from ..portal.letter import ACCOUNT_KIND, LETTERS

MANAGER = "commune_relations.group_manager"
COORDINATOR = "commune_relations.group_replacement_coordinator"
# From the least to the most: each but the referent has what the one before has.
ROLES = {
    "reader": "commune_relations.group_reader",
    "referent": "commune_relations.group_referent",
    "officer": "commune_relations.group_officer",
    "manager": MANAGER,
}
# Anyone who holds one of them holds rights on accounts.
PROTECTED_GROUPS = ("base.group_system", "base.group_erp_manager")
INVITATION = "mate"
LETTERS[INVITATION] = "commune_relations.mail_template_staff_account_invitation"
STATES = [
    ("active", "Has logged in"),
    ("none", "Not invited"),
    ("held", "Waits for our sender"),
    ("coming", "Invitation in the queue"),
    ("sent", "Invited"),
    ("expired", "Invitation over"),
    ("lost", "Invitation not left"),
]


class ResUsers(models.Model):
    _inherit = "res.users"

    staff_role = fields.Char(
        string="Role among us", compute="_compute_staff_role", compute_sudo=True, groups=MANAGER
    )
    staff_state = fields.Selection(
        STATES,
        string="Invitation",
        compute="_compute_staff_state",
        compute_sudo=True,
        groups=MANAGER,
    )
    is_staff_account_protected = fields.Boolean(
        compute="_compute_staff_role",
        compute_sudo=True,
        groups=MANAGER,
        help="The administrator of Odoo alone, or another manager, changes this account.",
    )

    @api.model
    def _get_staff_groups(self):
        """All groups that the addon gives, as superuser."""
        names = (*ROLES.values(), COORDINATOR)
        groups = self.env["res.groups"].sudo()
        return groups.union(*(groups.env.ref(name) for name in names))

    @api.model
    def _get_staff_domain(self):
        return Domain("share", "=", False) & Domain(
            "all_group_ids", "in", self._get_staff_groups().ids
        )

    def _get_staff_role(self):
        """(role, whether they coordinate the replacement), from the addon's groups."""
        held = self.sudo().all_group_ids
        roles = [role for role, group in ROLES.items() if self.env.ref(group) in held]
        coordinates = self.env.ref(COORDINATOR) in held
        # Coordinators read by their own role.
        if coordinates and roles == ["reader"]:
            roles = []
        role = roles[-1] if roles else False
        return role, coordinates and role != "manager"  # a manager may do it anyway

    def _is_staff_account_protected(self):
        """Whether only the administrator of Odoo may touch this account."""
        self.ensure_one()
        user = self.sudo()
        protected = [self.env.ref(name) for name in PROTECTED_GROUPS]
        return user.share or user._is_superuser() or any(k in user.all_group_ids for k in protected)

    @api.depends("group_ids")
    @api.depends_context("uid", "lang")
    def _compute_staff_role(self):
        for user in self:
            role, coordinates = user._get_staff_role()
            names = [ROLES[role]] if role else []
            names += [COORDINATOR] if coordinates else []
            labels = [self.env.ref(name).name for name in names]
            kept = user._is_staff_account_protected()
            if kept:
                labels.append(self.env._("administrator of Odoo"))
            user.staff_role = ", ".join(labels)
            user.is_staff_account_protected = kept or user == self.env.user

    @api.depends("login_date")
    def _compute_staff_state(self):
        """State of the last invitation: one query for all accounts."""
        letters = self._get_staff_invitations()
        days = timedelta(days=self._get_portal_invitation_days())
        for user in self:
            letter = letters.get(user.id)
            if user.login_date:
                user.staff_state = "active"
            elif not letter:
                user.staff_state = "none"
            elif letter.state == LEFT:
                over = letter.left_at + days < fields.Datetime.now()
                user.staff_state = "expired" if over else "sent"
            else:
                user.staff_state = {HELD: "held", LOST: "lost"}.get(letter.state, "coming")

    def _get_staff_invitations(self):
        """{id: its last invitation}"""
        letters = self.env["commune.letter.delivery"].search(
            [
                ("res_model", "=", "res.users"),
                ("res_id", "in", self.ids),
                ("kind", "=", ACCOUNT_KIND + INVITATION),
            ],
            order="id",
        )
        return {letter.res_id: letter for letter in letters}

    @api.model
    def _describe_accounts(self):
        """How many accounts of Odoo there are, in one sentence."""
        users = self.env["res.users"].sudo().search([("share", "=", False)])
        staff = users.filtered_domain(self._get_staff_domain())
        counts = Counter(user in staff for user in users)
        return self.env._(
            "%(all)s people have an internal account in this Odoo, of whom %(staff)s in our"
            " service. Under a paid subscription, Odoo counts each of them; the communes’ portal is"
            " free.",
            all=len(users),
            staff=counts[True],
        )

    # the invitation: its link is created when the letter is sent, as for communes

    def _is_staff_account_pending(self):
        """A colleague who has not logged in yet, and whose account the manager may touch."""
        user = self.sudo()
        return bool(
            any(user._get_staff_role())
            and user.active
            and not user.login_date
            and not user._is_staff_account_protected()
        )

    def _get_signup_kind(self, name):
        return "signup" if name == INVITATION else super()._get_signup_kind(name)

    def _can_receive_link(self, name):
        if name == INVITATION:
            return self._is_staff_account_pending()
        return super()._can_receive_link(name)

    def _get_staff_link(self):
        """Where the button of the letter leads: a secret for anyone who has no password yet."""
        if self._is_staff_account_pending():
            return self._get_link_place(INVITATION)
        return f"{self.get_base_url()}/odoo"
