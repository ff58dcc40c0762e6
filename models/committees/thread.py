"""What the staff writes on a committee and its work is not for the members who read it.

A member reads the session, the decision or his own line on the portal: the messages of the staff
about them go to those to whom they are addressed, by mail.
"""

from odoo import models


def hide_from_portal(record, operations):
    """:param operations: what Odoo asks of the record for each message"""
    return dict.fromkeys(operations, "write") if record.env.user.share else operations


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneAttendance(models.Model):
    _inherit = "commune.attendance"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneDecision(models.Model):
    _inherit = "commune.decision"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)
