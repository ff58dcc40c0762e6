"""The messages of a record are read one by one, never guessed by a search on the record."""

from odoo import models

# Odoo searches through them without the rights of messages: a mayor who reads a commune would
# find, letter after letter, what the notes of the staff say about it.
UNGUARDED = frozenset({"message_ids", "website_message_ids"})
MODULE = "commune_relations"


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _has_field_access(self, field, operation):
        if (
            field.name in UNGUARDED
            and not self.env.su
            and self.env.user.share
            and self._is_followed_by_communes()
        ):
            return False
        return super()._has_field_access(field, operation)

    def _is_followed_by_communes(self):
        """Whether the person at hand, without a place in the staff, reads records of this model
        for a commune. Models of Odoo that we open to communes say so themselves."""
        return self._original_module == MODULE
