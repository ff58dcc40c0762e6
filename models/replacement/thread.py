"""What the staff writes about a replacement is not for the commune or the agent who reads it.

A commune reads its request, its mission, its hours and its statement on the portal: the messages
of the staff about them go to those to whom they are addressed, by mail.
"""

from odoo import models

from ..committees.thread import hide_from_portal


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneReplacementAmendment(models.Model):
    _inherit = "commune.replacement.amendment"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneReplacementTimesheet(models.Model):
    _inherit = "commune.replacement.timesheet"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return hide_from_portal(self, found)
