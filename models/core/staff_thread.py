"""What the staff writes on a record that communes, agents and members may read."""

from odoo import models


class StaffThread(models.AbstractModel):
    """A discussion of the staff on a record that portal accounts may read.

    Odoo opens the messages of a record to whoever reads it. Here those outside the staff get
    what is addressed to them by mail, and see the rest no more than they could write the record.
    """

    _name = "commune.staff.thread"
    _inherit = ["mail.thread"]
    _description = "Discussion of the staff"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return dict.fromkeys(found, "write") if self.env.user.share else found
