"""Access errors: say how to fix, never name the hidden record.

In developer mode, which any colleague may turn on, Odoo names in its refusal the records that the
rules hide. A line of a case is named by its words, a request by its title.
"""

from odoo import models
from odoo.exceptions import UserError

OURS = ("commune.", "helpdesk.ticket", "agreement")
MOST_NAMED = 6  # by Odoo


class FieldError(UserError):
    """What is wrong with a form, and where the person corrects it.

    :param field: name of the field of the page
    """

    def __init__(self, message, field):
        super().__init__(message)
        self.field = field


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        error = super()._make_access_error(operation, records)
        text = error.args[0]
        if not records._name.startswith(OURS) or f"({records._name}:" not in text:
            return error
        ours = records.exists()
        if hasattr(records, "_filter_managed"):
            ours = ours._filter_managed()
        for record in ours[:MOST_NAMED].sudo():
            text = text.replace(f", {record.display_name} ({record._name}:", f" ({record._name}:")
        # What was read to find the names does not stay where the person reads.
        records.invalidate_recordset()
        error.args = (text, *error.args[1:])
        return error
