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


def find_persons(env, operator, operand):
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
