"""Notes of the staff in a field of Odoo, on records that every employee reads."""

from odoo import fields


class StaffNotes(fields.Html):
    """Read and exported empty by those who have no role here, and without a refusal: a list of
    contacts opens, those of other applications with their notes."""

    def convert_to_read(self, value, record, use_display_name=True):
        value = super().convert_to_read(value, record, use_display_name)
        return False if value and self._is_hidden(record) else value

    def convert_to_export(self, value, record):
        value = super().convert_to_export(value, record)
        return "" if value and self._is_hidden(record) else value

    def _is_hidden(self, record):
        contact = record.partner_id if record._name == "res.users" else record
        return contact._hides_notes() and bool(contact._filter_managed())
