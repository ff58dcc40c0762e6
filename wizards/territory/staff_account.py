"""A colleague: their name, their address, their role; an account of Odoo is proposed again."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...models.core.display_notification import display_notification


class CommuneStaffAccount(models.TransientModel):
    """The accounts of Odoo are for its administrators; the manager gives the addon's roles here,
    and changes nothing else of an account."""

    _name = "commune.staff.account"
    _description = "Colleague of the service"

    user_id = fields.Many2one("res.users", string="Colleague")
    firstname = fields.Char(string="First name")
    lastname = fields.Char(string="Last name")
    email = fields.Char()
    function = fields.Char(string="Job title")
    role = fields.Selection(
        [
            ("reader", "Reader: sees everything, changes nothing"),
            ("referent", "Department referent: the requests of their teams"),
            ("officer", "Officer: the daily work with the communes"),
            ("manager", "Manager: the daily work, the configuration, the colleagues"),
        ],
    )
    coordinates = fields.Boolean(
        string="Coordinates the replacement service",
        help="Agents, missions, hours and statements; reads the rest.",
    )
    known_id = fields.Many2one("res.users", compute="_compute_known")
    known_text = fields.Text(compute="_compute_known")
    accounts_text = fields.Text(compute="_compute_accounts_text")

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        values = super().default_get(fields)
        user = self.env["res.users"].browse(values.get("user_id"))
        if user:
            values["role"], values["coordinates"] = user._get_staff_role()
        return values

    @api.depends("email", "user_id")
    def _compute_known(self):
        """Existing holder of this address, shown before saving."""
        for colleague in self:
            colleague.known_id, colleague.known_text = False, False
            email = email_normalize(colleague.email or "")
            if colleague.user_id or not email:
                continue
            try:
                user, person = self.env["res.users"]._find_staff_account(email)
            except UserError as error:
                colleague.known_text = str(error)
                continue
            colleague.known_id = user
            colleague.known_text = colleague._describe_known_account(user, person)

    def _describe_known_account(self, user, person):
        if user:
            return self.env._(
                "%s already has an account in this Odoo: it receives the role, and keeps its"
                " name, its password and its other rights.",
                user.name,
            )
        if person:
            return self.env._("%s is already among the contacts: no second one.", person.name)
        return False

    def _compute_accounts_text(self):
        self.accounts_text = self.env["res.users"]._describe_accounts()

    def action_save(self):
        """Add a colleague or change a role: the account is checked by its own methods."""
        self.ensure_one()
        self.check_access("write")
        if not self.role and not self.coordinates:
            raise UserError(self.env._("Choose a role."))
        users = self.env["res.users"]
        if self.user_id:
            self.user_id._set_staff_role(self.role, self.coordinates)
            user, sentence = self.user_id, self.env._("The role was changed.")
        else:
            names = ("firstname", "lastname", "email", "function")
            values = {name: self[name] for name in names}
            user = users._add_staff_account(values, self.role, self.coordinates)
            sentence = self.env._("%s is added; the invitation is on its way.", user.name)
        self._assign_staff_account(user)
        return display_notification(sentence)

    def _assign_staff_account(self, user):
        """Where the colleague works; each pillar adds its own."""
