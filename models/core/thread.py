"""What the staff writes on a record that communes, agents and members may read."""

from odoo import models
from odoo.fields import Domain

# Odoo searches these fields without the access rules of messages: a mayor who reads a commune could
# find, letter by letter, the content of the staff's notes.
UNGUARDED = frozenset({"message_ids", "website_message_ids"})
MODULE = "commune_relations"


class StaffThread(models.AbstractModel):
    """A discussion of the staff on a record that portal accounts may read.

    Odoo opens the messages of a record to anyone who reads it. Here those outside the staff get
    what is addressed to them by mail, and see the rest no more than they could write the record.
    """

    _name = "commune.staff.thread"
    _inherit = ["mail.thread"]
    _description = "Discussion of the staff"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return dict.fromkeys(found, "write") if self.env.user.share else found


def _find_persons(env, operator, operand):
    """(operator, operand) on persons, found with the rights of the current user.

    Odoo evaluates any condition on followers and members as superuser: by successive guesses,
    anybody could read any field of any record that a path leads to.
    """
    if env.su or operator not in ("any", "in", "=", "ilike", "like", "=like", "=ilike"):
        return operator, operand
    persons = env["res.partner"]
    if operator == "any":
        return "in", persons._search(operand)
    if operator in ("in", "=") and not isinstance(operand, str):
        values = operand if hasattr(operand, "__iter__") else [operand]
        if all(isinstance(value, int) for value in values):
            return operator, operand
    return "in", persons._search(Domain("display_name", operator, operand))


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _search_message_partner_ids(self, operator, operand):
        return super()._search_message_partner_ids(*_find_persons(self.env, operator, operand))

    def _has_field_access(self, field, operation):
        if (
            field.name in UNGUARDED
            and not self.env.su
            and self.env.user.share
            and self._is_followed_by_communes()
        ):
            return False
        if not self.env.su and self._is_of_other_work(field):
            return False
        return super()._has_field_access(field, operation)

    def _is_of_other_work(self, field):
        """Whether the field adds lines of the addon that the user cannot read to an Odoo record.

        A user who reads all fields of a customer or of an event must not get an access error
        because of the addon's fields.
        """
        return bool(
            field.type in ("one2many", "many2many")
            and MODULE in field._modules
            and self._original_module != MODULE
            and not self.env[field.comodel_name].has_access("read")
        )

    def copy_data(self, default=None):
        """A copy by a user who cannot read the addon's lines contains none of them."""
        left = dict.fromkeys(self._get_left_out_of_copies(), ())
        if not left:
            return super().copy_data(default)
        copies = super().copy_data({**(default or {}), **left})
        return [copied and {n: v for n, v in copied.items() if n not in left} for copied in copies]

    def copy_translations(self, new, excluded=()):
        return super().copy_translations(new, [*excluded, *self._get_left_out_of_copies()])

    def _get_left_out_of_copies(self):
        if self.env.su:
            return []
        copied = (field for field in self._fields.values() if field.copy)
        return [field.name for field in copied if self._is_of_other_work(field)]

    def _is_followed_by_communes(self):
        """Whether the user, without a staff role, reads records of this model for a commune.

        Odoo models opened to communes override it.
        """
        return self._original_module == MODULE


class MailGroup(models.Model):
    _inherit = "mail.group"

    def _search_member_partner_ids(self, operator, operand):
        return super()._search_member_partner_ids(*_find_persons(self.env, operator, operand))


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_field_access(self, field, operation):
        """What is closed on a person is closed on the account too."""
        of_person = field.inherited and MODULE in field._modules and not self.env.su
        if of_person and not self.env["res.partner"]._has_field_access(field.base_field, operation):
            return False
        return super()._has_field_access(field, operation)

    def _search_company_employee(self, operator, value):
        """Limit searches through the employee file, which few may read.

        An error would not do: Odoo then searches again as superuser.
        """
        if isinstance(value, Domain) and not self.env.su:
            further = any(isinstance(step.value, Domain) for step in value.iter_conditions())
            if further and not self.env["hr.employee"].has_access("read"):
                return Domain.FALSE
        return super()._search_company_employee(operator, value)


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def _search_employee_id(self, operator, operand):
        if operator == "any" and not self.env.su:
            operator, operand = "in", self.env["hr.employee"].search(operand).ids
        return super()._search_employee_id(operator, operand)
