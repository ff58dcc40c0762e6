"""The portal account behind a mandate or a post: invited, used, withdrawn."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...core.display_notification import display_notification

PORTAL_STATES = [
    ("none", "No account"),
    ("invited", "Invited"),
    ("lost", "Invitation not received"),
    ("active", "Active"),
]


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    portal_role = fields.Selection(related="function_id.portal_role", string="Portal")
    portal_state = fields.Selection(
        PORTAL_STATES,
        string="Portal account",
        compute="_compute_portal_state",
        search="_search_portal_state",
        compute_sudo=True,
        groups="base.group_user",
        help="Invited: the person has not chosen a password yet. Invitation not received:"
        " the mail server of the person refused it. Active: has logged in.",
    )
    portal_login_date = fields.Datetime(
        string="Last connection",
        compute="_compute_portal_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    portal_blocked = fields.Boolean(
        string="Access withdrawn",
        readonly=True,
        copy=False,
        help="This mandate or post does not open the portal any more, although it goes on."
        " The other communes of the person are not concerned.",
    )
    portal_blocked_by_id = fields.Many2one(
        "res.partner",
        string="Withdrawn by",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    portal_blocked_date = fields.Datetime(string="Withdrawn on", readonly=True, copy=False)

    def _filter_opening(self):
        """Those that open the portal today: `PORTAL_ACCESS`, of which Odoo makes a plan at each
        call, while a page of the portal asks some twenty times."""
        today = self.env.company._get_today()  # a caller chooses the time zone of the context
        return self.filtered(
            lambda one: (
                one.active
                and one.function_id.portal_role
                and not one.portal_blocked
                and (not one.date_start or one.date_start <= today)
                and (not one.date_end or one.date_end > today)
            )
        )

    @api.depends("partner_id.user_ids.active", "partner_id.user_ids.portal_letter_lost")
    def _compute_portal_state(self):
        """Two queries, whatever the number of mandates."""
        accounts, lost = {}, set()
        for person, is_lost, found in self.env["res.users"]._read_group(
            [("partner_id", "in", self.partner_id.ids)],
            ["partner_id", "portal_letter_lost"],
            ["id:recordset"],
        ):
            accounts[person] = accounts.get(person, found.browse()) | found
            if is_lost:
                lost.add(person)
        users = self.env["res.users"].union(*accounts.values())
        logins = dict(
            self.env["res.users.log"]._read_group(
                [("create_uid", "in", users.ids)], ["create_uid"], ["create_date:max"]
            )
        )
        for mandate in self:
            account = accounts.get(mandate.partner_id, users.browse())
            latest = max((logins[user] for user in account if user in logins), default=False)
            mandate.portal_login_date = latest
            invited = "lost" if mandate.partner_id in lost else "invited"
            mandate.portal_state = "active" if latest else invited if account else "none"

    @api.model
    def _search_portal_state(self, operator, value):
        # Odoo asks for the groups of stored fields alone.
        self._check_field_access(self._fields["portal_state"], "read")
        if operator != "in":
            return NotImplemented
        account = Domain("active", "=", True)
        used = account & Domain("log_ids", "!=", False)
        refused = account & Domain("portal_letter_lost", "=", True)
        has, logged, lost = (
            Domain("partner_id", "any!", Domain("user_ids", "any!", domain))
            for domain in (account, used, refused)
        )
        invited = has & ~logged
        domains = {"none": ~has, "active": logged}
        domains |= {"invited": invited & ~lost, "lost": invited & lost}
        return Domain.OR(domains[state] for state in value if state in domains)

    # buttons of the staff

    def action_portal_invite(self):
        """Create the portal accounts of these persons and send the invitations, or send them
        again; a list of what will be done comes first when there are several persons."""
        self.check_access("write")
        persons = self.partner_id
        if len(persons) > 1:
            wizard = self.env["commune.portal.invite"].create(
                {"partner_ids": [fields.Command.set(persons.ids)]}
            )
            return wizard._open()
        if self and all(self.mapped("portal_blocked")):
            raise UserError(
                self.env._("The access of %s was withdrawn here: give it back first.", persons.name)
            )
        problem = self.env["commune.portal.account"]._get_portal_problems(persons).get(persons)
        if problem:
            raise UserError(problem.sentence)
        self.env["commune.portal.account"]._invite_to_portal(persons)
        return display_notification(
            self.env._(
                "Invitation sent to %(person)s, %(email)s.",
                person=persons.name,
                email=persons.email,
            )
        )

    def action_portal_withdraw(self):
        """Take the access to the portal from these mandates, which go on."""
        self.check_access("write")
        self._set_portal_blocked(True, self.env.user.partner_id)

    def action_portal_restore(self):
        """Give back the access that was withdrawn."""
        self.check_access("write")
        self._set_portal_blocked(False, self.env.user.partner_id)

    @api.model
    def _check_no_withdrawal(self, vals_list):
        """:raise AccessError: a mandate begins with an access that somebody else has withdrawn"""
        names = ("portal_blocked", "portal_blocked_by_id", "portal_blocked_date")
        given = [vals.get(name) for vals in vals_list for name in names]
        given += [self.env.context.get(f"default_{name}") for name in names]
        if any(given):
            self._check_withdrawal({})

    def _check_withdrawal(self, _vals):
        """:raise AccessError: an access is withdrawn without its trace"""
        if not self.env.su:
            raise AccessError(
                self.env._("An access is withdrawn and given back by its buttons, which note who.")
            )

    def _set_portal_blocked(self, blocked, author):
        """Withdraw or give back the access of these mandates and note it on their communes.

        :param author: the person (res.partner) who decides it
        """
        mandates = self.filtered(lambda m: m.portal_blocked != blocked)
        mandates.check_access("write")
        mandates.sudo().write(  # with who decided it, and when: see `_check_withdrawal`
            {
                "portal_blocked": blocked,
                "portal_blocked_by_id": blocked and author.id,
                "portal_blocked_date": blocked and fields.Datetime.now(),
            }
        )
        for place, held in mandates.grouped("commune_id").items():
            names = ", ".join(held.partner_id.sudo().mapped("name"))
            if blocked:
                body = self.env._(
                    "Portal access of %(names)s withdrawn by %(author)s.",
                    names=names,
                    author=author.name,
                )
            else:
                body = self.env._(
                    "Portal access of %(names)s given back by %(author)s.",
                    names=names,
                    author=author.name,
                )
            place._message_log(body=body, author_id=author.id)
